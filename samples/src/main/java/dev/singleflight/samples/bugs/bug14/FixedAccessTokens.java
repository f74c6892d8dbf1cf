package dev.singleflight.samples.bugs.bug14;

import dev.singleflight.SingleflightGroup;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;

/**
 * Gets the tokens with which this service calls its partners.
 *
 * <p>The loader that needs another try makes it itself, inside the flight that it already leads,
 * and gives up after some. It never goes back through the group.
 */
public final class FixedAccessTokens {
  private static final int ATTEMPTS = 3;

  private final SingleflightGroup<String, Token> requests = SingleflightGroup.create();
  private final Issuer issuer;
  private final Clock clock;

  public FixedAccessTokens(Issuer issuer, Clock clock) {
    this.issuer = issuer;
    this.clock = clock;
  }

  public Token token(String partner) throws IOException {
    return requests.execute(partner, this::request);
  }

  private Token request(String partner) throws IOException {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Token token = issuer.issue(partner);
      if (token.expiry().isAfter(clock.instant())) {
        return token;
      }
    }
    throw new IOException("No valid token from " + partner + " in " + ATTEMPTS + " attempts");
  }

  /** The partner's authorization server. */
  public interface Issuer {
    Token issue(String partner) throws IOException;
  }

  /** What a partner lets us in with. */
  public record Token(String value, Instant expiry) {}
}
