package dev.singleflight.samples.bugs.bug14;

import dev.singleflight.SingleflightGroup;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;

/**
 * Gets the tokens with which this service calls its partners.
 *
 * <p>When the partner answers with a token that has expired on the way, the loader starts again
 * from the top. But there the key's flight is its own, which would wait for itself: every caller
 * fails with a {@link dev.singleflight.RecursiveLoadException}, and without that check they would
 * hang.
 */
public final class BuggyAccessTokens {
  private final SingleflightGroup<String, Token> requests = SingleflightGroup.create();
  private final Issuer issuer;
  private final Clock clock;

  public BuggyAccessTokens(Issuer issuer, Clock clock) {
    this.issuer = issuer;
    this.clock = clock;
  }

  public Token token(String partner) throws IOException {
    // flagged: SingleflightRecursiveLoad
    return requests.execute(partner, this::request);
  }

  private Token request(String partner) throws IOException {
    Token token = issuer.issue(partner);
    if (token.expiry().isBefore(clock.instant())) {
      return token(partner);
    }
    return token;
  }

  /** The partner's authorization server. */
  public interface Issuer {
    Token issue(String partner) throws IOException;
  }

  /** What a partner lets us in with. */
  public record Token(String value, Instant expiry) {}
}
