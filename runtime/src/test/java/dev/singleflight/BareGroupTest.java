package dev.singleflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A group needs nothing but the JDK at run time. */
@Timeout(60)
final class BareGroupTest {

  /** Loads the project's own classes, and nothing else that is not the JDK's. */
  private static URLClassLoader withoutLibraries() {
    URL[] own = {location(SingleflightGroup.class), location(BareGroupTest.class)};
    return new URLClassLoader(own, ClassLoader.getPlatformClassLoader());
  }

  private static URL location(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }

  /** What a user of groups does; run by another class loader than this test. */
  public static final class Use implements Callable<String> {
    @Override
    public String call() throws Exception {
      SingleflightGroup<String, String> group =
          SingleflightGroup.newBuilder()
              .name("bare")
              .maxInFlight(2)
              .maxJoinAge(Duration.ofSeconds(1))
              .interruptAbandoned()
              .listener(new FlightListener<String>() {})
              .build();
      String value =
          group.execute("k", key -> key + 1)
              + group.execute("k", () -> "2", Duration.ofSeconds(10))
              + group.executeAsync("k", () -> "3").join()
              + group.executeShared("k", () -> "4").value();
      group.forget("k");
      return value + SingleflightGroup.<String, String>create().execute("k", () -> "5");
    }
  }

  /** What needs the libraries: shows that they are really not there. */
  public static final class UseOfALoader implements Callable<String> {
    @Override
    public String call() {
      SingleflightLoader<String, String> loader = SingleflightLoader.newBuilder().build(key -> key);
      return loader.get("k");
    }
  }

  @Test
  void groupLoadsNoLibrary() throws Exception {
    try (URLClassLoader loader = withoutLibraries()) {
      assertThat(call(Use.class, loader)).isEqualTo("k12345");
    }
  }

  @Test
  void loaderNeedsCaffeine() throws Exception {
    try (URLClassLoader loader = withoutLibraries()) {
      assertThatThrownBy(() -> call(UseOfALoader.class, loader))
          .isInstanceOf(NoClassDefFoundError.class)
          .hasMessageContaining("caffeine");
    }
  }

  private static Object call(Class<?> use, ClassLoader loader) throws Exception {
    Class<?> other = Class.forName(use.getName(), true, loader);
    assertThat(other).isNotSameAs(use);
    return ((Callable<?>) other.getConstructor().newInstance()).call();
  }
}
