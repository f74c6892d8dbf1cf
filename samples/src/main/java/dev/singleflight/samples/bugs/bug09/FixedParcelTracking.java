package dev.singleflight.samples.bugs.bug09;

import dev.singleflight.SingleflightGroup;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Says where a parcel is.
 *
 * <p>The loader asks whether there is a last stop, and says what it means that there is none.
 */
public final class FixedParcelTracking {
  private final SingleflightGroup<String, String> lookups = SingleflightGroup.create();
  private final Carrier carrier;

  public FixedParcelTracking(Carrier carrier) {
    this.carrier = carrier;
  }

  public String whereabouts(String parcel) throws IOException {
    return lookups.execute(
        parcel,
        number -> {
          Stop stop = carrier.lastStop(number);
          return stop == null ? "not yet scanned" : stop.depot();
        });
  }

  /** The carrier's tracking service. */
  public interface Carrier {
    @Nullable Stop lastStop(String parcel) throws IOException;
  }

  /** Where a parcel was scanned. */
  public record Stop(String depot) {}
}
