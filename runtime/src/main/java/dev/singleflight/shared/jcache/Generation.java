package dev.singleflight.shared.jcache;

import com.google.errorprone.annotations.Immutable;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What has to be the same when a cell is read as when it was written. One that the cache has lost
 * is replaced by one that never was.
 *
 * @param id never used twice
 * @param origin who began it by an invalidation, or null if it had to begin with
 */
@Immutable
record Generation(String id, @Nullable String origin) {

  static Generation first() {
    return new Generation(UUID.randomUUID().toString(), null);
  }

  static Generation after(String origin) {
    return new Generation(UUID.randomUUID().toString(), origin);
  }

  String text() {
    return new Texts.Writer().add(id).add(origin == null ? "-" : "+" + origin).text();
  }

  static Generation of(String text) {
    Texts.Reader in = new Texts.Reader(text);
    String id = in.next();
    String origin = in.next();
    return new Generation(id, origin.startsWith("+") ? origin.substring(1) : null);
  }
}
