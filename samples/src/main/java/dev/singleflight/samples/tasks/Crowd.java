package dev.singleflight.samples.tasks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Callers who all call at the same moment, each on a thread of its own. */
public final class Crowd {

  private Crowd() {}

  /**
   * Lets them all make one call, and waits for all.
   *
   * @return what each of them was given
   * @throws ExecutionException if one of them was thrown something
   */
  public static <T> List<T> call(int callers, Callable<? extends T> call)
      throws InterruptedException, ExecutionException {
    List<T> results = new ArrayList<>();
    for (Future<T> result : Crowd.<T>start(callers, number -> call)) {
      results.add(result.get());
    }
    return results;
  }

  /**
   * Lets each of them make a call of its own, and waits for none.
   *
   * @param calls what the caller of a number, from 0 on, is to call
   * @return what each of them will be given, or thrown
   */
  public static <T> List<Future<T>> start(
      int callers, IntFunction<? extends Callable<? extends T>> calls) {
    CyclicBarrier together = new CyclicBarrier(callers);
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    try {
      return IntStream.range(0, callers)
          .mapToObj(
              number ->
                  threads.<T>submit(
                      () -> {
                        together.await();
                        return calls.apply(number).call();
                      }))
          .toList();
    } finally {
      threads.shutdown();
    }
  }
}
