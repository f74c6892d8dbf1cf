package dev.singleflight.samples.bugs.bug01;

import dev.singleflight.SingleflightLoader;
import java.io.IOException;
import java.time.Duration;

/**
 * Says which town a postcode belongs to.
 *
 * <p>A town is kept for a day: whoever asks again gets it from memory, and who asks at the same
 * moment shares one request.
 */
public final class FixedPostcodes {
  private final SingleflightLoader<String, String> towns;

  public FixedPostcodes(Register register) {
    this.towns =
        SingleflightLoader.newBuilder()
            .maximumSize(50_000)
            .expireAfterWrite(Duration.ofDays(1))
            .build(register::query);
  }

  public String getTown(String postcode) {
    return towns.get(postcode);
  }

  /** A remote service. */
  public interface Register {
    String query(String postcode) throws IOException;
  }
}
