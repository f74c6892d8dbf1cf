package dev.singleflight;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One caller's future of a loader's value, made of the group's future of the entry: a caller that
 * gives up leaves the flight, and a thread that waits is known to wait for it.
 */
final class LoadFuture<V extends @Nullable Object> extends CompletableFuture<V> {

  private final Supplier<CompletableFuture<Entry<V>>> boarding;
  private final Predicate<Entry<V>> unwanted;
  private final Function<Entry<V>, V> answer;

  /** The group's future that is waited for. */
  private volatile @Nullable CompletableFuture<Entry<V>> flight;

  private LoadFuture(
      Supplier<CompletableFuture<Entry<V>>> boarding,
      Predicate<Entry<V>> unwanted,
      Function<Entry<V>, V> answer) {
    this.boarding = boarding;
    this.unwanted = unwanted;
    this.answer = answer;
  }

  /**
   * Returns a future of what a flight brings.
   *
   * @param boarding starts or joins a flight; called again if that brought what is unwanted
   * @param unwanted tells an entry that is no answer
   * @param answer gives the value of an entry, or throws
   */
  static <V extends @Nullable Object> CompletableFuture<V> board(
      Supplier<CompletableFuture<Entry<V>>> boarding,
      Predicate<Entry<V>> unwanted,
      Function<Entry<V>, V> answer) {
    LoadFuture<V> future = new LoadFuture<>(boarding, unwanted, answer);
    future.board();
    return future;
  }

  private void board() {
    CompletableFuture<Entry<V>> boarded = boarding.get();
    flight = boarded;
    CompletableFuture<Entry<V>> unused = boarded.whenComplete(this::land);
    if (isDone()) {
      leave();
    }
  }

  private void land(@Nullable Entry<V> entry, @Nullable Throwable failure) {
    try {
      if (entry == null) {
        super.completeExceptionally(failure == null ? new IllegalStateException() : failure);
      } else if (!unwanted.test(entry)) {
        super.complete(answer.apply(entry));
      } else if (!isDone()) {
        board();
      }
    } catch (Throwable t) {
      super.completeExceptionally(t);
    }
  }

  @Override
  public V get() throws InterruptedException, ExecutionException {
    try {
      for (CompletableFuture<Entry<V>> one = toWaitFor(null); one != null; one = toWaitFor(one)) {
        Entry<V> unused = one.get();
      }
    } catch (ExecutionException | CancellationException e) {
      // So does this future end, or it was ended by its owner.
    }
    return super.get();
  }

  @Override
  public V get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    long start = System.nanoTime();
    long nanos = unit.toNanos(timeout);
    try {
      for (CompletableFuture<Entry<V>> one = toWaitFor(null); one != null; one = toWaitFor(one)) {
        Entry<V> unused = one.get(nanos - (System.nanoTime() - start), TimeUnit.NANOSECONDS);
      }
    } catch (ExecutionException | CancellationException e) {
      // So does this future end, or it was ended by its owner.
    }
    return super.get(nanos - (System.nanoTime() - start), TimeUnit.NANOSECONDS);
  }

  @Override
  public V join() {
    try {
      for (CompletableFuture<Entry<V>> one = toWaitFor(null); one != null; one = toWaitFor(one)) {
        Entry<V> unused = one.join();
      }
    } catch (CompletionException | CancellationException e) {
      // So does this future end, or it was ended by its owner.
    }
    return super.join();
  }

  /** Returns the flight's future that has to come before this one, or null. */
  private @Nullable CompletableFuture<Entry<V>> toWaitFor(
      @Nullable CompletableFuture<Entry<V>> before) {
    while (!isDone()) {
      CompletableFuture<Entry<V>> now = flight;
      if (now != before) {
        return now;
      }
      if (before == null || before.isCompletedExceptionally() || !unwanted.test(before.join())) {
        return null;
      }
      // Another flight is about to be boarded.
      Thread.onSpinWait();
    }
    return null;
  }

  @Override
  @CanIgnoreReturnValue
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    leave();
    return cancelled;
  }

  @Override
  @CanIgnoreReturnValue
  public boolean completeExceptionally(Throwable cause) {
    boolean completed = super.completeExceptionally(cause);
    leave();
    return completed;
  }

  @Override
  @CanIgnoreReturnValue
  public boolean complete(V value) {
    boolean completed = super.complete(value);
    leave();
    return completed;
  }

  private void leave() {
    CompletableFuture<Entry<V>> left = flight;
    if (left != null) {
      left.cancel(false);
    }
  }
}
