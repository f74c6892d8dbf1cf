package dev.singleflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Those who are awake wake the others, whoever gives up on the way. */
@Timeout(60)
final class WakeupTest {

  private final SingleflightGroup<String, Object> group = SingleflightGroup.create();

  @Test
  void everyFollowerIsWoken() {
    // In less time than a waiter takes to doubt that it will be woken.
    long start = System.nanoTime();
    int rounds = 20;
    for (int round = 0; round < rounds; round++) {
      GatedLoader<Object> loader = GatedLoader.returning("v");
      Call<Object> leader = Call.start(() -> group.execute("k", loader));
      loader.awaitBegun();
      List<Call<Object>> followers = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        followers.add(Call.start(() -> group.execute("k", loader)));
      }
      followers.forEach(Call::awaitWaiting);
      loader.open();
      followers.forEach(follower -> assertThat(follower.get()).isEqualTo("v"));
      assertThat(leader.get()).isEqualTo("v");
    }
    assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(rounds));
  }

  /** The one that the leader wakes is the one that came last. */
  @Test
  void whoGivesUpAtTheEndStillWakesTheOthers() {
    Flight<String, Object> flight = newFlight();
    List<Call<Object>> parked = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      parked.add(park(flight));
    }
    ThreadWaiter leaving = new ThreadWaiter();
    assertThat(flight.join(leaving)).isTrue();
    // Claims this thread, which does not wait any more when it comes to know.
    flight.succeed("v", false);
    assertThat(parked).allMatch(Call::isWaitingForFlight);
    leaving.leave(flight);
    parked.forEach(call -> assertThat(call.get()).isEqualTo("v"));
  }

  /** The first to wait looks now and then whether the leader lives; another has to after it. */
  @Test
  void whenTheGuardLeavesAnotherLooksAfterTheLeader() {
    FlightTable<String, Object> table = new FlightTable<>(new GroupOptions<>());
    GatedLoader<Object> life = GatedLoader.returning("done");
    Call<Object> dying = Call.start(() -> life.load("k"));
    Flight<String, Object> flight = new Flight<>(table, "k", dying.thread, null);
    Call<Object> guard = park(flight);
    Call<Object> second = park(flight);
    Call<Object> third = park(flight);
    guard.thread.interrupt();
    assertThat(guard.failure()).isInstanceOf(CancellationException.class);
    third.thread.interrupt();
    assertThat(third.failure()).isInstanceOf(CancellationException.class);
    life.open();
    assertThat(second.failure()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whoHasLeftIsPassedOver() {
    Flight<String, Object> flight = newFlight();
    ThreadWaiter left = new ThreadWaiter();
    assertThat(flight.join(left)).isTrue();
    Call<Object> parked = park(flight);
    left.leave(flight);
    flight.succeed("v", false);
    assertThat(parked.get()).isEqualTo("v");
  }

  private static Flight<String, Object> newFlight() {
    FlightTable<String, Object> table = new FlightTable<>(new GroupOptions<>());
    return new Flight<>(table, "k", Thread.currentThread(), null);
  }

  private static Call<Object> park(Flight<String, Object> flight) {
    return Call.start(
            () -> {
              ThreadWaiter waiter = new ThreadWaiter();
              assertThat(flight.join(waiter)).isTrue();
              return waiter.await(flight).get();
            })
        .awaitWaiting();
  }
}
