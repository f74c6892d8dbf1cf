package dev.singleflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class NegativeCachingTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final FakeTicker clock = new FakeTicker();
  private final CountingLoader counting = new CountingLoader();
  private final List<Throwable> asked = new ArrayList<>();
  private final SingleflightLoader<String, String> loader =
      SingleflightLoader.newBuilder()
          .ticker(clock)
          .cacheFailures(
              failure -> {
                asked.add(failure);
                return failure instanceof FileNotFoundException;
              },
              MINUTE)
          .build(counting);

  @Test
  void permanentFailureIsCachedAsTheSameInstance() {
    FileNotFoundException missing = new FileNotFoundException();
    counting.failWith(missing);
    Throwable first = catchThrowable(() -> loader.get("k"));
    assertThat(first).isInstanceOf(LoadException.class).cause().isSameAs(missing);
    counting.failWith(null);

    assertThatThrownBy(() -> loader.get("k")).isSameAs(first);
    assertThatThrownBy(() -> loader.get("k", Duration.ZERO)).isSameAs(first);
    assertThatThrownBy(() -> loader.getAll(List.of("other", "k"))).isSameAs(first);
    CompletableFuture<String> future = loader.getAsync("k");
    assertThatThrownBy(future::get).isInstanceOf(ExecutionException.class).cause().isSameAs(first);
    assertThat(loader.getIfPresent("k")).isEmpty();
    assertThat(counting.runs()).isEqualTo(1);
    assertThat(asked).as("the loader's own, once").containsExactly(missing);

    clock.advance(MINUTE);
    assertThat(loader.get("k")).isEqualTo("k#2");
  }

  @Test
  void transientFailureIsNotCached() {
    counting.failWith(new IOException("down"));
    assertThatThrownBy(() -> loader.get("k")).isInstanceOf(LoadException.class);
    counting.failWith(null);
    assertThat(loader.get("k")).isEqualTo("k#2");
    assertThat(asked).hasSize(1);
  }

  @Test
  void valuesAreNotTouched() {
    assertThat(loader.get("k")).isEqualTo("k#1");
    clock.advance(MINUTE.multipliedBy(1_000));
    assertThat(loader.get("k")).isEqualTo("k#1");
  }

  @Test
  void invalidationDropsAFailure() {
    counting.failWith(new FileNotFoundException());
    assertThatThrownBy(() -> loader.get("k")).isInstanceOf(LoadException.class);
    counting.failWith(null);
    loader.invalidate("k");
    assertThat(loader.get("k")).isEqualTo("k#2");
  }

  @Test
  void failureOfALoadThatWasInvalidatedIsNotCached() {
    GatedLoader<String> failing =
        GatedLoader.doing(
            key -> {
              throw new FileNotFoundException();
            });
    SingleflightLoader<String, String> one =
        SingleflightLoader.newBuilder().cacheFailures(failure -> true, MINUTE).build(failing);
    Call<String> call = Call.start(() -> one.get("k"));
    failing.awaitBegun();
    one.invalidate("k");
    failing.open();
    assertThat(call.failure()).isInstanceOf(LoadException.class);
    assertThat(one.estimatedSize()).isZero();
  }

  @Test
  void eachFailureMayHaveATimeOfItsOwn() {
    SingleflightLoader<String, String> one =
        SingleflightLoader.newBuilder()
            .ticker(clock)
            .cacheFailures(failure -> failure instanceof IOException ? Duration.ofSeconds(1) : null)
            .build(counting);
    counting.failWith(new IllegalStateException());
    assertThatThrownBy(() -> one.get("k")).isInstanceOf(IllegalStateException.class);
    counting.failWith(new IOException());
    assertThatThrownBy(() -> one.get("k")).isInstanceOf(LoadException.class);
    assertThatThrownBy(() -> one.get("k")).isInstanceOf(LoadException.class);
    assertThat(counting.runs()).isEqualTo(2);
    clock.advanceSeconds(1);
    counting.failWith(null);
    assertThat(one.get("k")).isEqualTo("k#3");
  }

  @Test
  void predicateThatThrowsIsTheFailureWithTheLoadersSuppressed() {
    IllegalStateException thrown = new IllegalStateException("predicate");
    SingleflightLoader<String, String> one =
        SingleflightLoader.newBuilder()
            .cacheFailures(
                failure -> {
                  throw thrown;
                },
                MINUTE)
            .build(counting);
    RuntimeException ofLoader = new RuntimeException("loader");
    counting.failWith(ofLoader);
    assertThatThrownBy(() -> one.get("k")).isSameAs(thrown).hasSuppressedException(ofLoader);
    counting.failWith(null);
    assertThat(one.get("k")).isEqualTo("k#2");
  }

  @Test
  void predicateMayThrowWhatTheLoaderThrew() {
    SingleflightLoader<String, String> one =
        SingleflightLoader.newBuilder()
            .cacheFailures(
                failure -> {
                  throw (RuntimeException) failure;
                },
                MINUTE)
            .build(counting);
    RuntimeException ofLoader = new RuntimeException("loader");
    counting.failWith(ofLoader);
    assertThatThrownBy(() -> one.get("k")).isSameAs(ofLoader);
  }

  @Test
  void permanentFailureOfARefreshTakesThePlaceOfTheValue() {
    assertThat(loader.get("k")).isEqualTo("k#1");
    counting.failWith(new IOException());
    assertThatThrownBy(() -> loader.refresh("k").join()).cause().isInstanceOf(LoadException.class);
    assertThat(loader.get("k")).as("transient").isEqualTo("k#1");
    counting.failWith(new FileNotFoundException());
    assertThatThrownBy(() -> loader.refresh("k").join()).cause().isInstanceOf(LoadException.class);
    assertThatThrownBy(() -> loader.get("k"))
        .isInstanceOf(LoadException.class)
        .hasCauseInstanceOf(FileNotFoundException.class);
  }

  @Test
  void errorMayBeCachedToo() {
    Error error = new AssertionError();
    SingleflightLoader<String, String> one =
        SingleflightLoader.newBuilder()
            .cacheFailures(failure -> failure == error, MINUTE)
            .build(counting.failWith(error));
    assertThatThrownBy(() -> one.get("k")).isSameAs(error);
    assertThatThrownBy(() -> one.get("k")).isSameAs(error);
    assertThat(counting.runs()).isEqualTo(1);
  }

  @Test
  void zeroTimeCachesNoFailure() {
    SingleflightLoader<String, String> one =
        SingleflightLoader.newBuilder()
            .cacheFailures(failure -> true, Duration.ZERO)
            .build(counting.failWith(new IOException()));
    assertThatThrownBy(() -> one.get("k")).isInstanceOf(LoadException.class);
    assertThatThrownBy(() -> one.get("k")).isInstanceOf(LoadException.class);
    assertThat(counting.runs()).isEqualTo(2);
  }

  @Test
  void nullIsCachedWhereThatIsAskedFor() {
    SingleflightLoader<String, String> one =
        SingleflightLoader.newBuilder()
            .ticker(clock)
            .cacheNulls(MINUTE)
            .build(counting.returningNull());
    assertThat(one.get("k")).isNull();
    assertThat(one.get("k")).isNull();
    assertThat(one.getAsync("k").join()).isNull();
    assertThat(one.getIfPresent("k")).isEmpty();
    assertThat(one.getAll(List.of("k"))).isEmpty();
    assertThat(counting.runs()).isEqualTo(1);
    clock.advance(MINUTE);
    counting.does(key -> "there");
    assertThat(one.get("k")).isEqualTo("there");
    clock.advance(MINUTE);
    assertThat(one.get("k")).isEqualTo("there");
  }

  @Test
  void nullOfARefreshRemovesTheValue() {
    assertThat(loader.get("k")).isEqualTo("k#1");
    counting.returningNull();
    assertThat(loader.refresh("k").join()).isNull();
    assertThat(loader.estimatedSize()).isZero();
    assertThat(loader.get("k")).isNull();
    assertThat(counting.runs()).isEqualTo(3);
  }
}
