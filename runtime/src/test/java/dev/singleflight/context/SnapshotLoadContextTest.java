package dev.singleflight.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.context.ThreadLocalAccessor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a load sees of its leader, on a thread that has seen other work before. */
final class SnapshotLoadContextTest {

  private static final ThreadLocal<@Nullable String> TRACE = new ThreadLocal<>();
  private static final ThreadLocal<@Nullable String> USER = new ThreadLocal<>();

  private final ExecutorService pool = Executors.newSingleThreadExecutor();

  @BeforeEach
  void register() {
    ContextRegistry.getInstance()
        .registerThreadLocalAccessor(new Accessor("test.trace", TRACE))
        .registerThreadLocalAccessor(new Accessor("test.user", USER));
  }

  @AfterEach
  void unregister() {
    pool.shutdown();
    ContextRegistry.getInstance().removeThreadLocalAccessor("test.trace");
    ContextRegistry.getInstance().removeThreadLocalAccessor("test.user");
    TRACE.remove();
    USER.remove();
  }

  @Test
  void loadSeesTheLeadersValuesAndLeavesTheThreadAsItWas() throws Exception {
    TRACE.set("leader");
    assertThat(seenBy(SnapshotLoadContext.of())).isEqualTo("leader null");
    assertThat(onPool()).isEqualTo("null null");
  }

  @Test
  void valuesAreThoseOfTheMomentWhenTheFlightStarted() throws Exception {
    TRACE.set("then");
    String[] seen = new String[1];
    Runnable task = SnapshotLoadContext.of().wrap(() -> seen[0] = here());
    TRACE.set("now");
    pool.submit(task).get();
    assertThat(seen[0]).isEqualTo("then null");
  }

  @Test
  void loadSeesNothingOfWhatOtherWorkLeftOnItsThread() throws Exception {
    pool.submit(() -> USER.set("somebody else")).get();
    TRACE.set("leader");
    assertThat(seenBy(SnapshotLoadContext.of())).isEqualTo("leader null");
    assertThat(onPool()).isEqualTo("null somebody else");
  }

  @Test
  void keysThatAreNotNamedAreNotCarried() throws Exception {
    pool.submit(() -> USER.set("somebody else")).get();
    TRACE.set("leader");
    USER.set("leader's identity");
    assertThat(seenBy(SnapshotLoadContext.ofKeys("test.trace"))).isEqualTo("leader null");
    assertThat(onPool()).isEqualTo("null somebody else");
  }

  @Test
  void factoryDecides() throws Exception {
    pool.submit(() -> USER.set("the thread's own")).get();
    TRACE.set("leader");
    ContextSnapshotFactory keeping = ContextSnapshotFactory.builder().build();
    assertThat(seenBy(SnapshotLoadContext.of(keeping))).isEqualTo("leader the thread's own");
  }

  @Test
  void threadIsCleanAfterALoadThatThrows() throws Exception {
    TRACE.set("leader");
    AtomicBoolean ran = new AtomicBoolean();
    Runnable task =
        SnapshotLoadContext.of()
            .wrap(
                () -> {
                  ran.set(true);
                  throw new IllegalStateException("from the load");
                });
    assertThatThrownBy(() -> pool.submit(task).get()).hasMessageContaining("from the load");
    assertThat(ran).isTrue();
    assertThat(onPool()).isEqualTo("null null");
  }

  @Test
  @SuppressWarnings("NullAway") // what happens to null is what is tested
  void nullIsRefused() {
    assertThatThrownBy(() -> SnapshotLoadContext.of(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("factory must not be null");
  }

  private String seenBy(SnapshotLoadContext context) throws Exception {
    String[] seen = new String[1];
    pool.submit(context.wrap(() -> seen[0] = here())).get();
    return seen[0];
  }

  private String onPool() throws Exception {
    return pool.submit(SnapshotLoadContextTest::here).get();
  }

  private static String here() {
    return TRACE.get() + " " + USER.get();
  }

  private record Accessor(String key, ThreadLocal<@Nullable String> local)
      implements ThreadLocalAccessor<String> {
    @Override
    public @Nullable String getValue() {
      return local.get();
    }

    @Override
    public void setValue(String value) {
      local.set(value);
    }

    @Override
    public void setValue() {
      local.remove();
    }
  }
}
