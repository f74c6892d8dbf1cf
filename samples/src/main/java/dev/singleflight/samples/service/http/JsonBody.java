package dev.singleflight.samples.service.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;

/** What a request brings as JSON. */
public final class JsonBody {
  private JsonBody() {}

  /**
   * Reads a record whose constructor checks what it is made of.
   *
   * @throws BadRequestResponse if the body is no JSON, or not of that type, or if the constructor
   *     throws an {@link IllegalArgumentException}, whose message is then the answer's
   */
  public static <T> T read(Context context, Class<T> type) {
    try {
      return context.bodyAsClass(type);
    } catch (Exception e) {
      // Javalin lets pass what Jackson throws, though it declares nothing.
      if (e instanceof JsonProcessingException malformed) {
        throw new BadRequestResponse(words(malformed));
      }
      throw e;
    }
  }

  /** Returns what the record has to say, or else Jackson. */
  private static String words(JsonProcessingException malformed) {
    return malformed.getCause() instanceof IllegalArgumentException refused
        ? String.valueOf(refused.getMessage())
        : malformed.getOriginalMessage();
  }
}
