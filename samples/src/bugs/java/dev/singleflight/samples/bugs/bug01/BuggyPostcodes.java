package dev.singleflight.samples.bugs.bug01;

import dev.singleflight.SingleflightGroup;
import java.io.IOException;

/**
 * Says which town a postcode belongs to.
 *
 * <p>Customers who ask for the same postcode at the same moment share one request. The next one, a
 * second later, makes another: the register is asked as often as there are customers.
 */
public final class BuggyPostcodes {
  private final SingleflightGroup<String, String> lookups = SingleflightGroup.create();
  private final Register register;

  public BuggyPostcodes(Register register) {
    this.register = register;
  }

  public String getTown(String postcode) throws IOException {
    // flagged: SingleflightUncachedResult
    return lookups.execute(postcode, register::query);
  }

  /** A remote service. */
  public interface Register {
    String query(String postcode) throws IOException;
  }
}
