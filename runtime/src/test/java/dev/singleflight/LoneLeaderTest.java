package dev.singleflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A leader that nobody follows looks once for followers; one comes just then. */
@Timeout(60)
final class LoneLeaderTest {

  private final FlightTable<Object, Object> table = new FlightTable<>(new GroupOptions<>());
  private final GatedLoader<Object> loader = GatedLoader.returning("v");

  /** Does something between the check whether a flight can be joined and the joining. */
  private static final class Interrupting extends Waiter {
    private final Runnable meanwhile;

    Interrupting(Runnable meanwhile) {
      this.meanwhile = meanwhile;
    }

    @Override
    int kind() {
      meanwhile.run();
      return FUTURE;
    }

    @Override
    boolean isGone() {
      return true;
    }
  }

  /** Does something when the leader unmaps its flight, which it has then marked as ending. */
  private static final class Held {
    volatile Runnable hook = () -> {};

    @Override
    @SuppressWarnings("SingleflightUnstableKey") // it is the same object all the time
    public int hashCode() {
      hook.run();
      return 1;
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }
  }

  @Test
  void whoIsMissedIsTold() {
    Call<Object> leader = Call.start(() -> table.execute("k", loader));
    loader.awaitBegun();
    Flight<Object, Object> flight = Objects.requireNonNull(table.mapped("k"));
    Waiter late =
        new Interrupting(
            () -> {
              loader.open();
              assertThat(leader.get()).isEqualTo("v");
            });
    assertThat(flight.join(late)).isFalse();
    assertThat(table.size()).isZero();
  }

  @Test
  void whoIsSeenIsWaitedFor() {
    Held key = new Held();
    Call<Object> leader = Call.start(() -> table.execute(key, loader));
    loader.awaitBegun();
    Flight<Object, Object> flight = Objects.requireNonNull(table.mapped(key));
    CountDownLatch ending = new CountDownLatch(1);
    Waiter inTime =
        new Interrupting(
            () -> {
              Thread joining = Thread.currentThread();
              key.hook =
                  () -> {
                    if (Thread.currentThread() != joining) {
                      ending.countDown();
                      Call.awaitTrue(() -> flight.waiters() != null);
                    }
                  };
              loader.open();
              Call.awaitTrue(() -> ending.getCount() == 0);
            });
    assertThat(flight.join(inTime)).isTrue();
    Call.awaitTrue(() -> flight.outcome() != null);
    assertThat(Objects.requireNonNull(flight.outcome()).get()).isEqualTo("v");
    assertThat(leader.get()).isEqualTo("v");
  }

  @Test
  void endedFlightIsNeitherJoinedNorForgotten() {
    Call<Object> leader = Call.start(() -> table.execute("k", loader));
    loader.awaitBegun();
    Flight<Object, Object> flight = Objects.requireNonNull(table.mapped("k"));
    loader.open();
    assertThat(leader.get()).isEqualTo("v");
    assertThat(flight.join(new ThreadWaiter())).isFalse();
    assertThat(flight.sealIfUnshared()).isFalse();
    assertThat(flight.outcome()).isNull();
  }
}
