package dev.singleflight.proofs.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.singleflight.SingleflightGroup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

@EnabledForJreRange(min = JRE.JAVA_21)
@Timeout(300)
final class VirtualCallersTest {

  private static final int CALLERS = Integer.getInteger("proofs.virtual.callers", 100_000);
  private static final int KEYS = 8;
  private static final String PINNED = "jdk.VirtualThreadPinned";

  @TempDir Path directory;

  /** While a class is being initialized its thread cannot be unmounted. */
  private static final class Pinning {
    static final int VALUE = pin();

    private static int pin() {
      LockSupport.parkNanos(1_000_000);
      return 1;
    }
  }

  @Test
  void manyCallersOfFewKeysAreAllAnsweredAndPinNoCarrier() throws Exception {
    // Threads that wait for a class to be loaded are pinned by the JVM, once.
    callAtOnce(1_000);
    Path file = directory.resolve("pinned.jfr");
    try (Recording recording = new Recording()) {
      recording.enable(PINNED).withThreshold(Duration.ZERO).withStackTrace();
      recording.start();
      callAtOnce(CALLERS);
      pinOnce();
      recording.stop();
      recording.dump(file);
    }
    List<String> pinning = new ArrayList<>();
    for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
      if (event.getEventType().getName().equals(PINNED)) {
        pinning.add(frames(event));
      }
    }
    assertThat(pinning).as("of this test").anyMatch(frames -> frames.contains("Pinning.<clinit>"));
    assertThat(pinning).as("of ours").noneMatch(frames -> frames.contains("dev.singleflight.Sing"));
  }

  /** All but one caller of each key follow, since no load ends before all callers have begun. */
  private static void callAtOnce(int callers) throws Exception {
    SingleflightGroup<Integer, Integer> group = SingleflightGroup.create();
    AtomicInteger loads = new AtomicInteger();
    CountDownLatch calling = new CountDownLatch(callers);
    List<Future<Integer>> answers = new ArrayList<>();
    ExecutorService threads = virtualThreads();
    for (int i = 0; i < callers; i++) {
      int key = i % KEYS;
      Callable<Integer> call =
          () -> {
            calling.countDown();
            return group.execute(
                key,
                loading -> {
                  loads.incrementAndGet();
                  calling.await();
                  return loading;
                });
          };
      answers.add(threads.submit(call));
    }
    for (int i = 0; i < callers; i++) {
      assertThat(answers.get(i).get(200, TimeUnit.SECONDS)).isEqualTo(i % KEYS);
    }
    threads.shutdown();
    System.out.println(callers + " virtual callers of " + KEYS + " keys, loads: " + loads);
    assertThat(loads.get()).isBetween(KEYS, callers / 2);
    assertThat(group.inFlight()).isZero();
  }

  private static void pinOnce() throws Exception {
    ExecutorService threads = virtualThreads();
    assertThat(threads.submit(() -> Pinning.VALUE).get(20, TimeUnit.SECONDS)).isEqualTo(1);
    threads.shutdown();
  }

  /**
   * Calls {@code Executors.newVirtualThreadPerTaskExecutor()}, which is not there at compile time.
   */
  private static ExecutorService virtualThreads() throws ReflectiveOperationException {
    return (ExecutorService)
        Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
  }

  private static String frames(RecordedEvent event) {
    StringBuilder text = new StringBuilder();
    if (event.getStackTrace() != null) {
      for (RecordedFrame frame : event.getStackTrace().getFrames()) {
        text.append(frame.getMethod().getType().getName())
            .append('.')
            .append(frame.getMethod().getName())
            .append('\n');
      }
    }
    return text.toString();
  }
}
