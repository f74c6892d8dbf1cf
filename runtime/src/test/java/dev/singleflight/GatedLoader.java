package dev.singleflight;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A loader that begins when it is called and ends when the test says so. */
final class GatedLoader<V extends @Nullable Object> implements Loader<Object, V, Exception> {

  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch open = new CountDownLatch(1);
  private final AtomicInteger runs = new AtomicInteger();
  private final Loader<Object, V, Exception> result;
  volatile @Nullable Thread thread;

  private GatedLoader(Loader<Object, V, Exception> result) {
    this.result = result;
  }

  static <V extends @Nullable Object> GatedLoader<V> returning(V value) {
    return new GatedLoader<>(key -> value);
  }

  static <V extends @Nullable Object> GatedLoader<V> doing(Loader<Object, V, Exception> result) {
    return new GatedLoader<>(result);
  }

  @Override
  public V load(Object key) throws Exception {
    runs.incrementAndGet();
    thread = Thread.currentThread();
    begun.countDown();
    assertThat(open.await(Call.PATIENCE_SECONDS, TimeUnit.SECONDS)).as("opened").isTrue();
    return result.load(key);
  }

  @CanIgnoreReturnValue
  GatedLoader<V> awaitBegun() {
    try {
      assertThat(begun.await(Call.PATIENCE_SECONDS, TimeUnit.SECONDS)).as("begun").isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return this;
  }

  void open() {
    open.countDown();
  }

  int runs() {
    return runs.get();
  }
}
