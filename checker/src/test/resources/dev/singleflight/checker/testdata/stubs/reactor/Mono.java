package reactor.core.publisher;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;

public abstract class Mono<T> {
  public static <T> Mono<T> fromCallable(Callable<? extends T> supplier) {
    throw new UnsupportedOperationException();
  }

  public static <T> Mono<T> just(T value) {
    throw new UnsupportedOperationException();
  }

  public abstract <R> Mono<R> map(Function<? super T, ? extends R> mapper);

  public abstract Mono<T> onErrorReturn(T fallback);

  public abstract Mono<T> cache();

  public abstract Mono<T> cache(Duration life);

  public abstract Mono<T> cache(
      Function<? super T, Duration> ofValue,
      Function<Throwable, Duration> ofError,
      Supplier<Duration> ofEmpty);
}
