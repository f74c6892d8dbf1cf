package dev.singleflight.shared;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.errorprone.annotations.ThreadSafe;
import java.io.IOException;

/**
 * Values as JSON by Jackson: records, and what else Jackson can do.
 *
 * <pre>{@code
 * Codec<User> users = JsonCodec.of(User.class);
 * Codec<List<User>> lists = JsonCodec.of(new TypeReference<List<User>>() {});
 * }</pre>
 *
 * <p>It is strict: of a record all components have to be there, and nothing after the value, so
 * that a payload of another kind is refused rather than read as a value of nulls. Properties that
 * are not known are ignored, as a later version may have added them. Types of {@code java.time}
 * need Jackson's module for them: bring a mapper of your own.
 *
 * @param <V> the type of values
 */
@ThreadSafe
@SuppressWarnings("Immutable") // Jackson's readers and writers are immutable once they are made
public final class JsonCodec<V> implements Codec<V> {

  private final ObjectReader reader;
  private final ObjectWriter writer;

  private JsonCodec(JsonMapper mapper, JavaType type) {
    this.reader = mapper.readerFor(type);
    this.writer = mapper.writerFor(type);
  }

  /** Returns a codec of a class. */
  public static <V> JsonCodec<V> of(Class<V> type) {
    JsonMapper mapper = strict();
    return new JsonCodec<>(
        mapper, mapper.constructType(requireNonNull(type, "type must not be null")));
  }

  /** Returns a codec of a generic type. */
  public static <V> JsonCodec<V> of(TypeReference<V> type) {
    JsonMapper mapper = strict();
    return new JsonCodec<>(
        mapper, mapper.constructType(requireNonNull(type, "type must not be null")));
  }

  /** Returns a codec with a mapper of one's own, which is used as it is. */
  public static <V> JsonCodec<V> of(JsonMapper mapper, TypeReference<V> type) {
    requireNonNull(mapper, "mapper must not be null");
    return new JsonCodec<>(
        mapper, mapper.constructType(requireNonNull(type, "type must not be null")));
  }

  private static JsonMapper strict() {
    return JsonMapper.builder()
        .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .build();
  }

  @Override
  public byte[] encode(V value) throws JsonProcessingException {
    return writer.writeValueAsBytes(value);
  }

  @Override
  public V decode(byte[] payload) throws IOException {
    return reader.readValue(payload);
  }
}
