package dev.singleflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@SuppressWarnings("SingleflightCapturedRequest") // which thread-locals a load sees is tested here
@Timeout(60)
final class LoadContextTest {

  private static final ThreadLocal<@Nullable String> TRACE = new ThreadLocal<>();

  private static final class Carrying implements LoadContext {
    final AtomicInteger wrapped = new AtomicInteger();

    @Override
    public Runnable wrap(Runnable load) {
      wrapped.incrementAndGet();
      String trace = TRACE.get();
      return () -> {
        TRACE.set(trace);
        try {
          load.run();
        } finally {
          TRACE.remove();
        }
      };
    }
  }

  private final Carrying context = new Carrying();

  private static SingleflightGroup<String, @Nullable Object> group(LoadContext context) {
    return SingleflightGroup.newBuilder().loadContext(context).build();
  }

  @Test
  void detachedLoadHasItsLeadersContext() throws Exception {
    SingleflightGroup<String, @Nullable Object> group = group(context);
    TRACE.set("leader's");
    try {
      assertThat(group.executeAsync("k", () -> TRACE.get()).get()).isEqualTo("leader's");
      assertThat(group.execute("k", () -> TRACE.get(), Duration.ofDays(1))).isEqualTo("leader's");
    } finally {
      TRACE.remove();
    }
  }

  @Test
  void followersAreNotAskedForTheirs() {
    SingleflightGroup<String, @Nullable Object> group = group(context);
    GatedLoader<@Nullable Object> loader = GatedLoader.doing(key -> TRACE.get());
    var leader = group.executeAsync("k", loader);
    TRACE.set("follower's");
    var follower = group.executeAsync("k", loader);
    TRACE.remove();
    loader.open();
    assertThat(leader.join()).isNull();
    assertThat(follower.join()).isNull();
    assertThat(context.wrapped).hasValue(1);
  }

  @Test
  void loadOnItsLeadersOwnThreadNeedsNone() {
    assertThat(group(context).execute("k", () -> "v")).isEqualTo("v");
    assertThat(context.wrapped).hasValue(0);
  }

  @Test
  void loadThatWaitsForItsTurnHasItsLeadersContext() throws Exception {
    SingleflightGroup<String, @Nullable Object> group =
        SingleflightGroup.newBuilder().maxInFlight(1).loadContext(context).build();
    GatedLoader<@Nullable Object> first = GatedLoader.returning("v");
    Call<@Nullable Object> holder = Call.start(() -> group.execute("first", first));
    first.awaitBegun();
    Call<@Nullable Object> queued =
        Call.start(
                () -> {
                  TRACE.set("queued one's");
                  return group.execute("second", () -> TRACE.get());
                })
            .awaitWaiting();
    first.open();
    assertThat(queued.get()).isEqualTo("queued one's");
    assertThat(holder.get()).isEqualTo("v");
  }

  @Test
  void whatItThrowsFailsTheFlight() {
    assertThatThrownBy(
            () ->
                group(
                        load -> {
                          throw new IllegalStateException("no context");
                        })
                    .executeAsync("k", () -> "v")
                    .join())
        .hasRootCauseMessage("no context");
    assertThatThrownBy(
            () ->
                group(
                        load ->
                            () -> {
                              throw new IllegalStateException("no context there");
                            })
                    .executeAsync("k", () -> "v")
                    .join())
        .hasRootCauseMessage("no context there");
  }

  @Test
  void taskThatDoesNotRunTheLoadFailsTheFlight() {
    assertThatThrownBy(() -> group(load -> () -> {}).executeAsync("k", () -> "v").join())
        .hasRootCauseInstanceOf(IllegalStateException.class)
        .hasMessageContaining("without having run the load");
  }

  @Test
  void taskThatRunsTheLoadTwiceRunsItOnce() {
    AtomicInteger runs = new AtomicInteger();
    assertThat(
            group(
                    load ->
                        () -> {
                          load.run();
                          load.run();
                        })
                .executeAsync("k", runs::incrementAndGet)
                .join())
        .isEqualTo(1);
    assertThat(runs).hasValue(1);
  }
}
