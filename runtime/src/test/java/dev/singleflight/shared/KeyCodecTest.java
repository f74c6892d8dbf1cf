package dev.singleflight.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Texts of keys: back again, and never the same for two. */
final class KeyCodecTest {

  record Inner(String text, @Nullable Long number) {}

  record Key(
      @Nullable String text,
      Inner inner,
      int number,
      short small,
      byte tiny,
      char letter,
      boolean flag,
      @Nullable UUID id,
      @Nullable DayOfWeek day) {}

  record Pair(@Nullable String one, @Nullable String other) {}

  record Dated(java.time.LocalDate date) {}

  private static <K> void assertBack(KeyCodec<K> codec, List<K> keys) {
    Set<String> texts = new HashSet<>();
    for (K key : keys) {
      String text = codec.encode(key);
      assertThat(codec.decode(text)).isEqualTo(key);
      assertThat(texts.add(text)).as(text).isTrue();
    }
  }

  @Test
  void simpleKeysComeBack() {
    assertBack(KeyCodec.strings(), List.of("", "a", "ä€\ud83d\ude00", "\ud83d", "\u0000"));
    assertBack(KeyCodec.longs(), List.of(0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE));
    assertBack(KeyCodec.integers(), List.of(0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE));
    assertBack(KeyCodec.uuids(), List.of(new UUID(0, 0), new UUID(-1, 1)));
    assertBack(KeyCodec.enums(DayOfWeek.class), List.of(DayOfWeek.values()));
  }

  @Test
  void recordsComeBack() {
    Inner inner = new Inner("i", 1L);
    UUID id = new UUID(1, 2);
    assertBack(
        KeyCodec.records(Key.class),
        List.of(
            new Key("t", inner, 1, (short) 2, (byte) 3, 'c', true, id, DayOfWeek.MONDAY),
            new Key("t", inner, 1, (short) 2, (byte) 3, 'c', false, id, DayOfWeek.MONDAY),
            new Key(null, new Inner("", null), -1, (short) -2, (byte) -3, ':', true, null, null)));
  }

  @Test
  void textsThatReadAlikeAreDifferent() {
    assertBack(
        KeyCodec.records(Pair.class),
        List.of(
            new Pair("a", "bc"),
            new Pair("ab", "c"),
            new Pair("", "abc"),
            new Pair("1:a", ""),
            new Pair("", "1:a"),
            new Pair(null, ""),
            new Pair("", null),
            new Pair(null, null),
            new Pair("-", null),
            new Pair(null, "-"),
            new Pair("null", null)));
  }

  @Test
  void componentWithoutATextIsRefusedByName() {
    assertThatThrownBy(() -> KeyCodec.records(Dated.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("component date")
        .hasMessageContaining("LocalDate")
        .hasMessageContaining("KeyCodec");
  }

  @Test
  void textOfNoRecordIsRefused() {
    KeyCodec<Pair> codec = KeyCodec.records(Pair.class);
    for (String text : List.of("", "1:a", "1:a1:b1:c", "9:a", "x:a1:b", "-1:a-", "1:a1:b ", "ab")) {
      assertThatThrownBy(() -> codec.decode(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(Pair.class.getName());
    }
  }

  @Test
  void anyTextIsWellFormedOnceItIsEncoded() {
    List<String> texts =
        List.of("", "a", "\u0000", "\u0000\u0000", "\ud83d", "\ude00", "\ud83d\ude00", "\ud83dx");
    Set<String> encoded = new HashSet<>();
    for (String text : texts) {
      String one = WellFormed.encode(text);
      byte[] bytes = TierEngineContract.bytes(one);
      assertThat(new String(bytes, java.nio.charset.StandardCharsets.UTF_8)).isEqualTo(one);
      assertThat(WellFormed.decode(one)).isEqualTo(text);
      assertThat(encoded.add(one)).isTrue();
    }
  }
}
