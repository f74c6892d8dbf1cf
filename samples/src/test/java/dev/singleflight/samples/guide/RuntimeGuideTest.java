package dev.singleflight.samples.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.singleflight.LoadException;
import dev.singleflight.SingleflightGroup;
import dev.singleflight.SingleflightLoader;
import dev.singleflight.TenantLoader;
import dev.singleflight.samples.guide.RuntimeExamples.Database;
import dev.singleflight.samples.guide.RuntimeExamples.User;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The guide shows code that is compiled and run, and names the meters that there are. */
@Timeout(60)
final class RuntimeGuideTest {
  private static final Path PAGE = Path.of("../docs/runtime.md");
  private static final Path EXAMPLES =
      Path.of("src/test/java/dev/singleflight/samples/guide/RuntimeExamples.java");
  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern METER = Pattern.compile("`(singleflight\\.[a-z.]+)`");

  private final Store store = new Store();
  private final RuntimeExamples examples = new RuntimeExamples(store);

  @Test
  void examplesOfThePageAreThoseThatRun() throws IOException {
    String source = flat(Files.readString(EXAMPLES));
    List<String> blocks =
        BLOCK.matcher(Files.readString(PAGE)).results().map(block -> block.group(1)).toList();
    assertThat(blocks).hasSizeGreaterThan(8);
    assertThat(blocks).allSatisfy(block -> assertThat(source).contains(flat(block)));
  }

  @Test
  void optionsOfThePageAreThoseThatThereAre() throws IOException {
    String page = Files.readString(PAGE);
    assertThat(
            Stream.of(SingleflightGroup.Builder.class, SingleflightLoader.Builder.class)
                .flatMap(builder -> Arrays.stream(builder.getDeclaredMethods()))
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .map(Method::getName)
                .filter(name -> !name.equals("build")))
        .isNotEmpty()
        .allSatisfy(option -> assertThat(page).contains("`" + option + "`"));
  }

  @Test
  void metersOfThePageAreThoseThatThereAre() throws IOException {
    MeterRegistry registry = new SimpleMeterRegistry();
    SingleflightLoader<Long, User> users =
        SingleflightLoader.newBuilder().build(id -> store.find(id));
    TenantLoader<String, Long, User> tenants =
        SingleflightLoader.newBuilder().buildPerTenant((tenant, id) -> store.findOf(tenant, id));
    RuntimeExamples.monitored(registry, users, tenants);
    assertThat(users.get(1L).name()).isEqualTo("user 1");
    assertThat(
            registry
                .get("singleflight.gets")
                .tags("group", "users", "result", "miss")
                .functionCounter()
                .count())
        .isEqualTo(1);

    List<String> named =
        METER.matcher(Files.readString(PAGE)).results().map(name -> name.group(1)).toList();
    assertThat(named)
        .hasSameElementsAs(
            registry.getMeters().stream()
                .map(Meter::getId)
                .map(Meter.Id::getName)
                .distinct()
                .toList());
  }

  @Test
  void groupLoadsEachTimeAndLoaderOnce() throws Exception {
    assertThat(examples.now(1)).isEqualTo(examples.now(1));
    assertThat(store.finds).isEqualTo(2);
    assertThat(examples.cached(1)).isSameAs(examples.cached(1));
    assertThat(store.finds).isEqualTo(3);
    assertThat(examples.later(1).get()).isEqualTo(examples.now(1));
  }

  @Test
  void tenantsDoNotShare() {
    assertThat(examples.ofTenant("acme", 1).name()).isEqualTo("user 1 of acme");
    assertThat(examples.ofTenant("umbrella", 1).name()).isEqualTo("user 1 of umbrella");
  }

  @Test
  void callerGivesUpInTime() {
    store.answers = false;
    assertThatThrownBy(() -> examples.inTime(1)).isInstanceOf(TimeoutException.class);
  }

  @Test
  void writeIsReadAfterwards() throws IOException {
    assertThat(examples.cached(1).name()).isEqualTo("user 1");
    examples.rename(1, "Ada");
    assertThat(examples.cached(1).name()).isEqualTo("Ada");
  }

  @Test
  void permanentFailureIsCachedAndATransientOneIsNot() {
    SingleflightLoader<Long, User> users = RuntimeExamples.rememberingThatThereIsNone(store);
    store.failure = new FileNotFoundException("1");
    assertThatThrownBy(() -> users.get(1L)).isInstanceOf(LoadException.class);
    assertThatThrownBy(() -> users.get(1L)).hasCause(store.failure);
    assertThat(store.finds).isEqualTo(1);
    store.failure = new IOException("out of reach");
    assertThatThrownBy(() -> users.get(2L)).hasCause(store.failure);
    assertThatThrownBy(() -> users.get(2L)).hasCause(store.failure);
    assertThat(store.finds).isEqualTo(3);
  }

  @Test
  void loaderThatRefreshesIsBuilt() {
    assertThat(RuntimeExamples.neverWaitingTwice(store).get(1L).name()).isEqualTo("user 1");
  }

  @Test
  void retryIsPartOfTheLoad() {
    Retry retry =
        Retry.of(
            "test",
            RetryConfig.custom().maxAttempts(3).intervalFunction(IntervalFunction.of(1)).build());
    SingleflightLoader<Long, User> users = RuntimeExamples.retrying(store, retry);
    store.failure = new IOException("out of reach");
    assertThatThrownBy(() -> users.get(1L)).hasCause(store.failure);
    assertThat(store.finds).isEqualTo(3);
    assertThat(users.stats().loads()).isEqualTo(1);
  }

  @Test
  void groupOnAPoolLoadsThere() {
    ExecutorService pool = Executors.newSingleThreadExecutor(task -> new Thread(task, "pool"));
    try {
      SingleflightGroup<Long, User> group = RuntimeExamples.onAPool(pool);
      assertThat(group.execute(1L, id -> new User(id, Thread.currentThread().getName())).name())
          .isEqualTo("pool");
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void listenerIsTold() {
    RecordingLogger logger = new RecordingLogger();
    SingleflightGroup<Long, User> group = RuntimeExamples.listenedTo(logger);
    assertThatThrownBy(
            () ->
                group.execute(
                    1L,
                    id -> {
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");
    assertThat(logger.message).startsWith("User 1 failed after PT").endsWith(" for 1");
  }

  private static String flat(String text) {
    return text.lines().map(String::strip).collect(Collectors.joining("\n")).strip();
  }

  private static final class Store implements Database {
    private final Map<Long, String> names = new HashMap<>();
    int finds;
    boolean answers = true;
    IOException failure = new IOException();

    @Override
    public synchronized User find(long id) throws IOException {
      finds++;
      try {
        while (!answers) {
          wait();
        }
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      if (failure.getMessage() != null) {
        throw failure;
      }
      return new User(id, names.getOrDefault(id, "user " + id));
    }

    @Override
    public User findOf(String tenant, long id) {
      return new User(id, "user " + id + " of " + tenant);
    }

    @Override
    public synchronized void rename(long id, String name) {
      names.put(id, name);
    }
  }

  private static final class RecordingLogger implements System.Logger {
    String message = "";

    @Override
    public String getName() {
      return "test";
    }

    @Override
    public boolean isLoggable(Level level) {
      return true;
    }

    @Override
    public void log(Level level, java.util.ResourceBundle bundle, String text, Throwable thrown) {
      message = text;
    }

    @Override
    public void log(Level level, java.util.ResourceBundle bundle, String text, Object... params) {
      message = text;
    }
  }
}
