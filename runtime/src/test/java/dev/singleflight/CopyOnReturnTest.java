package dev.singleflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class CopyOnReturnTest {

  private final AtomicInteger copies = new AtomicInteger();
  private final AtomicReference<@Nullable Thread> copying = new AtomicReference<>();
  private final SingleflightLoader<String, List<String>> loader =
      SingleflightLoader.newBuilder().copyOnReturn(this::copy).build(List::of);

  private List<String> copy(List<String> value) {
    copies.incrementAndGet();
    copying.set(Thread.currentThread());
    return new ArrayList<>(value);
  }

  @Test
  void eachCallerGetsACopyOfItsOwn() throws Exception {
    List<List<String>> got = new ArrayList<>();
    got.add(loader.get("k"));
    got.add(loader.get("k"));
    got.add(loader.get("k", Duration.ZERO));
    got.add(loader.getAsync("k").join());
    got.add(loader.getIfPresent("k").orElseThrow());
    got.add(loader.getAll(List.of("k")).getOrDefault("k", List.of()));
    got.add(loader.refresh("k").join());
    assertThat(copies).hasValue(7);
    for (List<String> one : got) {
      assertThat(one).containsExactly("k");
      one.clear();
    }
    assertThat(loader.get("k")).containsExactly("k");
  }

  @Test
  void callerCopiesOnItsOwnThread() {
    GatedLoader<List<String>> gated = GatedLoader.returning(List.of("v"));
    SingleflightLoader<String, List<String>> slow =
        SingleflightLoader.newBuilder()
            .copyOnReturn(this::copy)
            .executor(Runnable::run)
            .build(gated);
    Call<List<String>> call = Call.start(() -> slow.get("k")).awaitWaiting();
    gated.open();
    assertThat(call.get()).containsExactly("v");
    assertThat(copying).hasValue(call.thread);
  }

  @Test
  void followersAndFuturesGetCopiesToo() {
    GatedLoader<List<String>> gated = GatedLoader.returning(List.of("v"));
    SingleflightLoader<String, List<String>> slow =
        SingleflightLoader.newBuilder().copyOnReturn(this::copy).build(gated);
    Call<List<String>> leader = Call.start(() -> slow.get("k"));
    gated.awaitBegun();
    Call<List<String>> follower = Call.start(() -> slow.get("k")).awaitWaiting();
    CompletableFuture<List<String>> future = slow.getAsync("k");
    gated.open();
    assertThat(leader.get()).isNotSameAs(follower.get()).isEqualTo(future.join());
    assertThat(leader.get()).isNotSameAs(future.join());
    assertThat(copies).hasValue(3);
  }

  @Test
  void copierThatThrowsFailsItsCallerAlone() {
    IllegalStateException thrown = new IllegalStateException();
    SingleflightLoader<String, String> one =
        SingleflightLoader.newBuilder()
            .copyOnReturn(
                (String value) -> {
                  if (copies.incrementAndGet() < 5) {
                    throw thrown;
                  }
                  return value;
                })
            .build(key -> "v");
    assertThatThrownBy(() -> one.get("k")).isSameAs(thrown);
    assertThatThrownBy(() -> one.get("k")).isSameAs(thrown);
    assertThatThrownBy(() -> one.getAsync("k").join()).cause().isSameAs(thrown);
    assertThatThrownBy(() -> one.refresh("k").join()).cause().isSameAs(thrown);
    assertThat(one.getAll(List.of("k"))).isEqualTo(Map.of("k", "v"));
    assertThat(one.stats().failures()).isZero();
  }

  @Test
  void nullIsNotCopied() {
    CountingLoader nothing = new CountingLoader().returningNull();
    SingleflightLoader<String, String> one =
        SingleflightLoader.newBuilder()
            .copyOnReturn((String value) -> value + copies.incrementAndGet())
            .build(nothing);
    assertThat(one.get("k")).isNull();
    assertThat(one.getAsync("k").join()).isNull();
    assertThat(copies).hasValue(0);
  }
}
