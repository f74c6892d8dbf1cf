package dev.singleflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class CoalescingTest {

  private final SingleflightGroup<String, Object> group = SingleflightGroup.create();

  @Test
  void hundredCallersShareOneLoad() {
    Object value = new Object();
    GatedLoader<Object> loader = GatedLoader.returning(value);
    List<Call<Object>> calls = new ArrayList<>();
    calls.add(Call.start(() -> group.execute("k", loader)));
    loader.awaitBegun();
    for (int i = 1; i < 100; i++) {
      calls.add(Call.start(() -> group.execute("k", loader)));
    }
    calls.subList(1, 100).forEach(Call::awaitWaiting);

    assertThat(group.inFlight()).isEqualTo(1);
    loader.open();

    assertThat(calls).allSatisfy(call -> assertThat(call.get()).isSameAs(value));
    assertThat(loader.runs()).isEqualTo(1);
    assertThat(group.inFlight()).isZero();
  }

  @Test
  void equalKeysShareThoughTheyAreNotTheSame() {
    SingleflightGroup<Key, String> keyed = SingleflightGroup.create();
    GatedLoader<String> loader = GatedLoader.returning("v");
    Call<String> leader = Call.start(() -> keyed.execute(new Key("k"), loader));
    loader.awaitBegun();
    Call<String> follower = Call.start(() -> keyed.execute(new Key("k"), key -> "other"));
    follower.awaitWaiting();
    loader.open();
    assertThat(List.of(leader.get(), follower.get())).containsOnly("v");
  }

  @Test
  void differentKeysDoNotWaitForEachOther() {
    GatedLoader<Object> loader = GatedLoader.returning("slow");
    Call<Object> slow = Call.start(() -> group.execute("slow", loader));
    loader.awaitBegun();

    assertThat(group.execute("fast", key -> key)).isEqualTo("fast");
    assertThat(slow.isDone()).isFalse();

    loader.open();
    assertThat(slow.get()).isEqualTo("slow");
  }

  @Test
  void keysWithOneHashCodeDoNotWaitForEachOther() {
    SingleflightGroup<Key, String> keyed = SingleflightGroup.create();
    List<GatedLoader<String>> loaders = new ArrayList<>();
    List<Call<String>> calls = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Key key = new Key("k" + i);
      GatedLoader<String> loader = GatedLoader.returning(key.name());
      loaders.add(loader);
      calls.add(Call.start(() -> keyed.execute(key, loader)));
    }
    loaders.forEach(GatedLoader::awaitBegun);
    assertThat(keyed.inFlight()).isEqualTo(20);
    loaders.forEach(GatedLoader::open);
    for (int i = 0; i < 20; i++) {
      assertThat(calls.get(i).get()).isEqualTo("k" + i);
    }
  }

  @Test
  void followersAreWokenRatherThanLeftToLook() {
    Flight<Object, Object> flight =
        new Flight<>(new FlightTable<>(new GroupOptions<>()), "k", Thread.currentThread(), null);
    Call<Object> follower =
        Call.start(
                () -> {
                  assertThat(flight.join(new ThreadWaiter())).isTrue();
                  Outcome<Object> outcome;
                  while ((outcome = flight.outcome()) == null) {
                    LockSupport.park(flight);
                  }
                  return outcome.get();
                })
            .awaitWaiting();
    assertThat(flight.lead(key -> "v")).isEqualTo("v");
    assertThat(follower.get()).isEqualTo("v");
  }

  @Test
  void nothingIsCached() {
    AtomicInteger loads = new AtomicInteger();
    assertThat(group.execute("k", key -> loads.incrementAndGet())).isEqualTo(1);
    assertThat(group.execute("k", key -> loads.incrementAndGet())).isEqualTo(2);
  }

  @Test
  void loaderGetsTheKeyOfTheLeader() {
    String key = new String("k");
    assertThat(group.execute(key, k -> k)).isSameAs(key);
  }

  @Test
  @SuppressWarnings("NullAway") // takes each lambda of a type variable for one of non-null values
  void nullIsAValueForLeaderAndFollower() {
    SingleflightGroup<String, @Nullable Object> nullable = SingleflightGroup.create();
    GatedLoader<@Nullable Object> loader = GatedLoader.doing(key -> null);
    Call<@Nullable Object> leader = Call.start(() -> nullable.execute("k", loader));
    loader.awaitBegun();
    Call<@Nullable Object> follower = Call.start(() -> nullable.execute("k", loader));
    follower.awaitWaiting();
    loader.open();
    assertThat(leader.get()).isNull();
    assertThat(follower.get()).isNull();
    assertThat(loader.runs()).isEqualTo(1);
  }

  @Test
  void sharedResultTellsLeaderFromFollowers() {
    GatedLoader<Object> loader = GatedLoader.returning("v");
    Call<SharedResult<Object>> leader = Call.start(() -> group.executeShared("k", loader));
    loader.awaitBegun();
    Call<SharedResult<Object>> first = Call.start(() -> group.executeShared("k", loader));
    Call<SharedResult<Object>> second = Call.start(() -> group.executeShared("k", () -> "other"));
    first.awaitWaiting();
    second.awaitWaiting();
    loader.open();
    assertThat(leader.get()).isEqualTo(new SharedResult<Object>("v", true, 2));
    assertThat(first.get()).isEqualTo(new SharedResult<Object>("v", false, 2));
    assertThat(second.get().isFollower()).isTrue();
    assertThat(second.get().isShared()).isTrue();
  }

  @Test
  void sharedResultOfALoneCallerIsNotShared() {
    SharedResult<Object> result = group.executeShared("k", () -> "v");
    assertThat(result).isEqualTo(new SharedResult<Object>("v", true, 0));
    assertThat(result.isShared()).isFalse();
  }

  @Test
  void sharedResultOfDetachedLoadTellsLeaderFromFollowers() {
    SingleflightGroup<Object, Object> detached =
        SingleflightGroup.newBuilder().executor(Runnable::run).build();
    GatedLoader<Object> loader = GatedLoader.returning("v");
    Call<SharedResult<Object>> leader = Call.start(() -> detached.executeShared("k", loader));
    leader.awaitWaiting();
    Call<SharedResult<Object>> follower = Call.start(() -> detached.executeShared("k", loader));
    follower.awaitWaiting();
    loader.open();
    assertThat(leader.get()).isEqualTo(new SharedResult<Object>("v", true, 1));
    assertThat(follower.get()).isEqualTo(new SharedResult<Object>("v", false, 1));
  }

  @Test
  void toStringNamesGroupAndCountsFlights() {
    SingleflightGroup<String, String> users = SingleflightGroup.newBuilder().name("users").build();
    assertThat(users).hasToString("SingleflightGroup{name=users, inFlight=0}");
    assertThat(users.execute("k", () -> users.toString()))
        .isEqualTo("SingleflightGroup{name=users, inFlight=1}");
    assertThat(SingleflightGroup.create()).hasToString("SingleflightGroup{inFlight=0}");
  }

  private record Key(String name) {
    @Override
    public int hashCode() {
      return 7;
    }
  }
}
