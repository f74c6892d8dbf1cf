package test;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;

/** Sums that are meant to stand for what they were made of, and hashes that are not. */
class Checksums {
  interface Weaver {
    String weave(String name, byte[] text);
  }

  private final Map<Object, String> woven = new ConcurrentHashMap<>();
  private final Weaver weaver;

  Checksums(Weaver weaver) {
    this.weaver = weaver;
  }

  String summed(String name, byte[] text) {
    CRC32 sum = new CRC32();
    sum.update(text);
    // STRICT: Diagnostic contains: is a 32-bit hash of 'text'
    return woven.computeIfAbsent(name + "-" + sum.getValue(), k -> weaver.weave(name, text));
  }

  String hashed(String name, String text) {
    return woven.computeIfAbsent(
        // BUG: Diagnostic contains: is a 32-bit hash of 'text'
        name + "-" + text.hashCode(), k -> weaver.weave(name, text.getBytes()));
  }
}
