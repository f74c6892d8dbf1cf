package dev.singleflight.shared;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Values as the engine keeps them: a byte that tells what follows, and what the codec makes of a
 * value. What cannot be read or written is counted and logged here, and is nobody's failure.
 */
final class Payloads<V extends @Nullable Object> {

  private static final byte VALUE = 1;
  private static final byte NULL = 2;

  /** A value that was read. */
  record Read<V extends @Nullable Object>(V value) {}

  private final Codec<V> codec;
  private final TierContext context;

  Payloads(Codec<V> codec, TierContext context) {
    this.codec = codec;
    this.context = context;
  }

  /** Returns the payload of a value, or null if the codec has none for it. */
  byte @Nullable [] write(TierKey key, V value) {
    if (value == null) {
      return new byte[] {NULL};
    }
    try {
      byte[] encoded = codec.encode(value);
      byte[] payload = new byte[encoded.length + 1];
      payload[0] = VALUE;
      System.arraycopy(encoded, 0, payload, 1, encoded.length);
      return payload;
    } catch (Exception | LinkageError | StackOverflowError e) {
      context.counters().badPayloads.increment();
      context
          .warnings()
          .warn("encode", () -> "the value of " + key + " cannot be encoded, nor shared", e);
      return null;
    }
  }

  /** Returns what a payload holds, or null if that cannot be told. */
  @SuppressWarnings("NullAway") // a null is written only if V may be
  @Nullable Read<V> read(TierKey key, byte[] payload) {
    try {
      if (payload.length == 1 && payload[0] == NULL) {
        return new Read<>(null);
      }
      if (payload.length == 0 || payload[0] != VALUE) {
        throw new IllegalArgumentException("not a payload of this library");
      }
      V value = codec.decode(Arrays.copyOfRange(payload, 1, payload.length));
      if (value == null) {
        throw new IllegalArgumentException("the codec has made a null of it");
      }
      return new Read<>(value);
    } catch (Exception | LinkageError | StackOverflowError e) {
      context.counters().badPayloads.increment();
      context
          .warnings()
          .warn("decode", () -> "what is there for " + key + " cannot be decoded; it is loaded", e);
      return null;
    }
  }
}
