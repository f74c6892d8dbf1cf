package dev.singleflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What callers may write: that it compiles is most of the test. */
@Timeout(60)
final class OverloadsTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  private final SingleflightGroup<String, Object> group = SingleflightGroup.create();
  private final SingleflightGroup<Integer, CharSequence> numbers = SingleflightGroup.create();

  @Test
  void lambdas() throws TimeoutException {
    assertThat(group.execute("k", key -> key.length())).isEqualTo(1);
    assertThat(group.execute("k", () -> 2)).isEqualTo(2);
    assertThat(group.execute("k", key -> key.length(), LONG)).isEqualTo(1);
    assertThat(group.execute("k", () -> 2, LONG)).isEqualTo(2);
    assertThat(group.executeShared("k", key -> key.length()).value()).isEqualTo(1);
    assertThat(group.executeShared("k", () -> 2).value()).isEqualTo(2);
    assertThat(group.executeAsync("k", key -> key.length()).join()).isEqualTo(1);
    assertThat(group.executeAsync("k", () -> 2).join()).isEqualTo(2);
  }

  @Test
  void methodReferences() throws TimeoutException {
    assertThat(group.execute("k", String::length)).isEqualTo(1);
    assertThat(group.execute("k", this::ofKey)).isEqualTo("k!");
    assertThat(group.execute("k", this::ofNothing)).isEqualTo("nothing");
    assertThat(group.execute("k", UUID::randomUUID)).isInstanceOf(UUID.class);
    assertThat(group.execute("k", this::ofKey, LONG)).isEqualTo("k!");
    assertThat(group.execute("k", this::ofNothing, LONG)).isEqualTo("nothing");
    assertThat(group.executeShared("k", this::ofNothing).value()).isEqualTo("nothing");
    assertThat(group.executeAsync("k", this::ofKey).join()).isEqualTo("k!");
    assertThat(group.executeAsync("k", this::ofNothing).join()).isEqualTo("nothing");
  }

  @Test
  void statementsThatAlwaysThrow() {
    assertThatThrownBy(
            () ->
                group.execute(
                    "k",
                    key -> {
                      throw new IOException(key);
                    }))
        .isInstanceOf(IOException.class);
  }

  @Test
  void loadersOfMoreGeneralKeysAndMoreSpecialValues() {
    Loader<Object, String, RuntimeException> loader = key -> "v" + key;
    ThrowingSupplier<String, RuntimeException> supplier = () -> "s";
    assertThat(numbers.execute(1, loader)).isEqualTo("v1");
    assertThat(numbers.execute(1, supplier)).isEqualTo("s");
    assertThat(numbers.executeAsync(1, loader).join()).isEqualTo("v1");
  }

  @Test
  void checkedExceptionIsTheLoadersOwn() {
    try {
      assertThat(group.execute("k", this::readFile)).isNull();
    } catch (IOException e) {
      assertThat(e).hasMessage("k");
    }
  }

  private String readFile(String key) throws IOException {
    throw new IOException(key);
  }

  private String ofKey(String key) {
    return key.toLowerCase(Locale.ROOT) + "!";
  }

  private String ofNothing() {
    return "nothing";
  }
}
