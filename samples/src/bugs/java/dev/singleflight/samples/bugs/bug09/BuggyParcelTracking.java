package dev.singleflight.samples.bugs.bug09;

import dev.singleflight.SingleflightGroup;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Says where a parcel is.
 *
 * <p>A parcel that was never scanned has no last stop. The loader asks that stop for its name all
 * the same, and everybody who waits for the parcel gets a {@link NullPointerException} in place of
 * "not yet scanned", all at the same moment and with the same trace.
 */
public final class BuggyParcelTracking {
  private final SingleflightGroup<String, String> lookups = SingleflightGroup.create();
  private final Carrier carrier;

  public BuggyParcelTracking(Carrier carrier) {
    this.carrier = carrier;
  }

  public String whereabouts(String parcel) throws IOException {
    return lookups.execute(
        parcel,
        number -> {
          Stop stop = carrier.lastStop(number);
          // flagged: SingleflightLoaderNullDereference
          return stop.depot();
        });
  }

  /** The carrier's tracking service. */
  public interface Carrier {
    @Nullable Stop lastStop(String parcel) throws IOException;
  }

  /** Where a parcel was scanned. */
  public record Stop(String depot) {}
}
