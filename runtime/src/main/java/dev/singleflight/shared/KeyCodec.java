package dev.singleflight.shared;

import static java.util.Objects.requireNonNull;

import java.util.UUID;
import java.util.function.Function;

/**
 * Turns keys into text, and back: the text is part of what the engine knows the value by, and what
 * other processes are told when it is invalidated.
 *
 * <p><b>It has to be injective</b>: equal keys have the same text, others another, for as long as
 * the tier's {@linkplain SharedTier.Builder#schemaVersion schema version} stays the same. Used by
 * any number of threads at once; quick, and throws nothing for keys that there are.
 *
 * @param <K> the type of keys
 */
public interface KeyCodec<K> {

  /** Returns the text of a key. */
  String encode(K key);

  /**
   * Returns the key of a text.
   *
   * @throws IllegalArgumentException if that is of no key
   */
  K decode(String text);

  /** Returns a codec of two functions. */
  static <K> KeyCodec<K> of(Function<? super K, String> encode, Function<String, K> decode) {
    requireNonNull(encode, "encode must not be null");
    requireNonNull(decode, "decode must not be null");
    return new KeyCodec<>() {
      @Override
      public String encode(K key) {
        return encode.apply(key);
      }

      @Override
      public K decode(String text) {
        return decode.apply(text);
      }
    };
  }

  /** Returns a codec of strings: they are their own text. */
  static KeyCodec<String> strings() {
    return of(key -> key, text -> text);
  }

  /** Returns a codec of integers. */
  static KeyCodec<Integer> integers() {
    return of(key -> Integer.toString(key), Integer::valueOf);
  }

  /** Returns a codec of longs. */
  static KeyCodec<Long> longs() {
    return of(key -> Long.toString(key), Long::valueOf);
  }

  /** Returns a codec of UUIDs. */
  static KeyCodec<UUID> uuids() {
    return of(UUID::toString, UUID::fromString);
  }

  /** Returns a codec of an enum's constants, by their names. */
  static <E extends Enum<E>> KeyCodec<E> enums(Class<E> type) {
    requireNonNull(type, "type must not be null");
    return of(Enum::name, text -> Enum.valueOf(type, text));
  }

  /**
   * Returns a codec of a record whose components are strings, UUIDs, enums, booleans, integers of
   * any size, or such records themselves; components, but not the key, may be null.
   *
   * @throws IllegalArgumentException if a component is of another type; the message names it
   */
  static <R extends Record> KeyCodec<R> records(Class<R> type) {
    return new RecordKeyCodec<>(requireNonNull(type, "type must not be null"));
  }
}
