package dev.singleflight;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway") // passes null on purpose
final class ArgumentsTest {

  private final SingleflightGroup<String, String> group = SingleflightGroup.create();
  private final Loader<String, String, RuntimeException> noLoader = null;
  private final ThrowingSupplier<String, RuntimeException> noSupplier = null;

  @Test
  void nullKey() {
    String message = "key must not be null";
    assertNull(message, () -> group.execute(null, key -> key));
    assertNull(message, () -> group.execute(null, () -> "v"));
    assertNull(message, () -> group.execute(null, key -> key, Duration.ZERO));
    assertNull(message, () -> group.execute(null, () -> "v", Duration.ZERO));
    assertNull(message, () -> group.executeShared(null, key -> key));
    assertNull(message, () -> group.executeShared(null, () -> "v"));
    assertNull(message, () -> group.executeAsync(null, key -> key));
    assertNull(message, () -> group.executeAsync(null, () -> "v"));
    assertNull(message, () -> group.forget(null));
    assertNull(message, () -> group.forgetUnshared(null));
  }

  @Test
  void nullLoader() {
    String message = "loader must not be null";
    assertNull(message, () -> group.execute("k", noLoader));
    assertNull(message, () -> group.execute("k", noSupplier));
    assertNull(message, () -> group.execute("k", noLoader, Duration.ZERO));
    assertNull(message, () -> group.execute("k", noSupplier, Duration.ZERO));
    assertNull(message, () -> group.executeShared("k", noLoader));
    assertNull(message, () -> group.executeShared("k", noSupplier));
    assertNull(message, () -> group.executeAsync("k", noLoader));
    assertNull(message, () -> group.executeAsync("k", noSupplier));
  }

  @Test
  void otherNulls() {
    assertNull("timeout must not be null", () -> group.execute("k", key -> key, null));
    assertNull("timeout must not be null", () -> group.execute("k", () -> "v", null));
    assertNull("name must not be null", () -> SingleflightGroup.newBuilder().name(null));
    assertNull("executor must not be null", () -> SingleflightGroup.newBuilder().executor(null));
  }

  @Test
  void negativeNumberOfFollowers() {
    assertThatIllegalArgumentException().isThrownBy(() -> new SharedResult<>("v", true, -1));
  }

  private static void assertNull(
      String message, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatNullPointerException().isThrownBy(call).withMessage(message);
  }
}
