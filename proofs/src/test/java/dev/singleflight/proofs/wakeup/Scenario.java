package dev.singleflight.proofs.wakeup;

import dev.singleflight.RecursiveLoadException;
import dev.singleflight.SharedResult;
import dev.singleflight.SingleflightGroup;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What Fray explores: each ends with all its threads, in whatever order they take their steps.
 *
 * <p>No load is detached here. On the JDK that Fray needs that takes virtual threads, which it does
 * not control.
 */
enum Scenario implements Runnable {
  /** The only one comes as the leader is about to end a flight that nobody follows. */
  ONLY_FOLLOWER_WAKES {
    @Override
    public void run() {
      giveUp(0, 1);
    }
  },

  FOLLOWERS_ALL_WAKE {
    @Override
    public void run() {
      SingleflightGroup<String, String> group = SingleflightGroup.create();
      Threads threads = new Threads();
      Meeting meeting = new Meeting(3);
      threads.start(() -> meeting.lead(group));
      for (int i = 0; i < 3; i++) {
        threads.start(
            () -> {
              meeting.arrive();
              follow(group);
            });
      }
      threads.join();
      checkEmpty(group);
    }
  },

  /** The one who gives up may be the one who was to wake the other. */
  FOLLOWER_WAKES_THOUGH_ANOTHER_GIVES_UP {
    @Override
    public void run() {
      giveUp(1, 1);
    }
  },

  FOLLOWER_WAKES_THOUGH_TWO_GIVE_UP {
    @Override
    public void run() {
      giveUp(2, 1);
    }
  },

  FOLLOWERS_WAKE_THOUGH_TWO_GIVE_UP {
    @Override
    public void run() {
      giveUp(2, 2);
    }
  },

  FOLLOWERS_WAKE_THOUGH_ONE_IS_INTERRUPTED {
    @Override
    public void run() {
      SingleflightGroup<String, String> group = SingleflightGroup.create();
      Threads threads = new Threads();
      Meeting meeting = new Meeting(4);
      CountDownLatch arrived = new CountDownLatch(1);
      threads.start(() -> meeting.lead(group));
      Thread leaving =
          threads.start(
              () -> {
                meeting.arrive();
                arrived.countDown();
                try {
                  follow(group);
                } catch (CancellationException e) {
                  Threads.check(Thread.interrupted(), "cancelled without an interrupt");
                }
              });
      for (int i = 0; i < 2; i++) {
        threads.start(
            () -> {
              meeting.arrive();
              follow(group);
            });
      }
      threads.start(
          () -> {
            meeting.arrive();
            Threads.await(arrived);
            leaving.interrupt();
          });
      threads.join();
      checkEmpty(group);
    }
  },

  /** Callers of a failing load that overlap fail with it, all at once and not one after another. */
  CONVOY_OF_A_FAILING_LOADER {
    @Override
    public void run() {
      SingleflightGroup<String, String> group = SingleflightGroup.create();
      Threads threads = new Threads();
      AtomicInteger loads = new AtomicInteger();
      AtomicInteger led = new AtomicInteger();
      for (int i = 0; i < 4; i++) {
        threads.start(
            () -> {
              boolean[] own = new boolean[1];
              try {
                String value =
                    group.execute(
                        "k",
                        key -> {
                          own[0] = true;
                          throw new IllegalStateException("load " + loads.incrementAndGet());
                        });
                throw new AssertionError("no failure, but " + value);
              } catch (IllegalStateException e) {
                if (own[0]) {
                  led.incrementAndGet();
                }
              }
            });
      }
      threads.join();
      Threads.check(led.get() == loads.get(), "a follower's loader was run");
      checkEmpty(group);
    }
  },

  FORGOTTEN_FLIGHT_AND_SUCCESSOR {
    @Override
    public void run() {
      SingleflightGroup<String, String> group = SingleflightGroup.create();
      Threads threads = new Threads();
      AtomicBoolean forgotten = new AtomicBoolean();
      for (int i = 0; i < 2; i++) {
        threads.start(
            () -> {
              String value = group.execute("k", () -> forgotten.get() ? "new" : "old");
              Threads.check(value.equals("new") || value.equals("old"), value);
            });
      }
      threads.start(
          () -> {
            forgotten.set(true);
            group.forget("k");
            String value = group.execute("k", () -> forgotten.get() ? "new" : "old");
            Threads.check(value.equals("new"), "out of date");
          });
      threads.join();
      checkEmpty(group);
    }
  },

  FORGOTTEN_AS_UNSHARED_OR_FOLLOWED {
    @Override
    public void run() {
      SingleflightGroup<String, Boolean> group = SingleflightGroup.create();
      Threads threads = new Threads();
      for (int i = 0; i < 3; i++) {
        threads.start(
            () -> {
              SharedResult<Boolean> shared = group.executeShared("k", group::forgetUnshared);
              Threads.check(
                  !shared.value() || shared.followers() == 0, "unshared, and followed: " + shared);
            });
      }
      threads.join();
      checkEmpty(group);
    }
  },

  RECURSION_OF_TWO {
    @Override
    public void run() {
      ring(2);
    }
  },

  RECURSION_OF_THREE {
    @Override
    public void run() {
      ring(3);
    }
  };

  private static void follow(SingleflightGroup<String, String> group) {
    String value = group.execute("k", () -> "own");
    Threads.check(value.equals("led") || value.equals("own"), value);
  }

  private static void giveUp(int leaving, int staying) {
    SingleflightGroup<String, String> group = SingleflightGroup.create();
    Threads threads = new Threads();
    Meeting meeting = new Meeting(leaving + staying);
    threads.start(() -> meeting.lead(group));
    for (int i = 0; i < leaving; i++) {
      threads.start(
          () -> {
            meeting.arrive();
            Thread.currentThread().interrupt();
            try {
              follow(group);
            } catch (CancellationException e) {
              // It gave up before the flight landed.
            }
            Threads.check(Thread.interrupted(), "the interrupt was lost");
          });
    }
    for (int i = 0; i < staying; i++) {
      threads.start(
          () -> {
            meeting.arrive();
            follow(group);
          });
    }
    threads.join();
    checkEmpty(group);
  }

  private static void checkEmpty(SingleflightGroup<?, ?> group) {
    Threads.check(group.inFlight() == 0, "a flight was left behind: " + group);
  }

  /** Each load asks for the next one's key: all fail, since one is told that it closes the ring. */
  private static void ring(int size) {
    SingleflightGroup<Integer, Integer> group = SingleflightGroup.create();
    Threads threads = new Threads();
    CountDownLatch loading = new CountDownLatch(size);
    for (int i = 0; i < size; i++) {
      int own = i;
      threads.start(
          () -> {
            try {
              int value =
                  group.execute(
                      own,
                      key -> {
                        loading.countDown();
                        Threads.await(loading);
                        return group.execute((key + 1) % size, next -> next);
                      });
              throw new AssertionError("no recursion, but " + value);
            } catch (RecursiveLoadException e) {
              // Who closed it throws it, and the others get it as their loads' failure.
            }
          });
    }
    threads.join();
    checkEmpty(group);
  }
}
