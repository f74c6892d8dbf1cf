package dev.singleflight.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.singleflight.SingleflightGroup;
import io.micrometer.context.ContextRegistry;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a detached load of a group sees: its leader's context, or nobody's. */
@Timeout(60)
final class SnapshotInGroupTest {

  private static final ThreadLocal<@Nullable String> TRACE = new ThreadLocal<>();

  private final ExecutorService pool = Executors.newSingleThreadExecutor();
  private final CountDownLatch open = new CountDownLatch(1);

  @BeforeEach
  void register() {
    ContextRegistry.getInstance()
        .registerThreadLocalAccessor("test.trace", TRACE::get, TRACE::set, TRACE::remove);
  }

  @AfterEach
  void unregister() {
    pool.shutdown();
    ContextRegistry.getInstance().removeThreadLocalAccessor("test.trace");
    TRACE.remove();
  }

  @Test
  void detachedLoadSeesItsLeaderAndNoFollower() throws Exception {
    SingleflightGroup<String, String> group =
        SingleflightGroup.newBuilder()
            .executor(pool)
            .loadContext(SnapshotLoadContext.ofKeys("test.trace"))
            .build();
    TRACE.set("leader");
    CompletableFuture<String> leader = group.executeAsync("k", this::seen);
    TRACE.set("follower");
    CompletableFuture<String> follower = group.executeAsync("k", this::seen);
    TRACE.remove();
    open.countDown();
    assertThat(leader.get()).isEqualTo("leader");
    assertThat(follower.get()).isEqualTo("leader");

    assertThat(group.execute("k", this::seen)).as("of a leader that has none").isEqualTo("null");
    assertThat(pool.submit(this::seen).get()).as("left on the thread").isEqualTo("null");
  }

  @Test
  void withoutItNothingIsCarriedOver() throws Exception {
    SingleflightGroup<String, String> group = SingleflightGroup.newBuilder().executor(pool).build();
    open.countDown();
    TRACE.set("leader");
    assertThat(group.execute("k", this::seen)).isEqualTo("null");
  }

  private String seen() {
    try {
      assertThat(open.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return String.valueOf(TRACE.get());
  }
}
