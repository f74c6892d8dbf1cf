package dev.singleflight.shared;

/**
 * Turns values into bytes for the tier, and back.
 *
 * <p>What either method throws reaches no caller of a loader: a payload that cannot be decoded is
 * as good as none, and a value that cannot be encoded is not shared; both are counted, and logged
 * as a warning. Nulls never get here. Used by any number of threads at once.
 *
 * <p>Processes of different versions meet in a tier. Change the tier's {@linkplain
 * SharedTier.Builder#schemaVersion schema version} with what a payload means.
 *
 * @param <V> the type of values
 */
public interface Codec<V> {

  /** Returns the bytes of a value; they must not be changed afterwards. */
  byte[] encode(V value) throws Exception;

  /** Returns the value of bytes that {@link #encode} has made, perhaps in another process. */
  V decode(byte[] payload) throws Exception;
}
