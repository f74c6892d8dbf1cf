package dev.singleflight.checker.fuzz;

import java.util.List;

/** Under which lock the call is made. */
final class Locks {
  private static final String HELD = "SingleflightLockHeld";
  private static final String MONITOR = "private final Object monitor = new Object();";
  private static final String LOCK = "private final Lock lock = new ReentrantLock();";
  private static final String READ_WRITE =
      "private final ReadWriteLock locks = new ReentrantReadWriteLock();";
  static final String NONE = "Account found = {call};";

  static final List<Form> FORMS =
      List.of(
          free("none", NONE),
          held(
              "synchronized block",
              "Account found;\nsynchronized (monitor) {\nfound = {call};\n}",
              MONITOR),
          held("synchronized on this", "Account found;\nsynchronized (this) {\nfound = {call};\n}"),
          held(
              "synchronized on the class",
              "Account found;\nsynchronized (Site{n}.class) {\nfound = {call};\n}"),
          new Form(
              "synchronized method",
              draft -> {
                draft.modifiers = "synchronized ";
                draft.must(HELD);
                draft.body.add(NONE);
              }),
          held(
              "lock",
              "Account found;\nlock.lock();\ntry {\nfound = {call};\n} finally {\nlock.unlock();\n}",
              LOCK),
          held(
              "lock without finally",
              "lock.lock();\nAccount found = {call};\nlock.unlock();",
              LOCK),
          held(
              "lock interruptibly",
              "Account found;\nlock.lockInterruptibly();\ntry {\nfound = {call};\n} finally {\nlock.unlock();\n}",
              LOCK),
          held(
              "tryLock",
              "Account found = null;\nif (lock.tryLock()) {\ntry {\nfound = {call};\n} finally {\nlock.unlock();\n}\n}",
              LOCK),
          held(
              "tryLock with a time",
              "if (!lock.tryLock(1, TimeUnit.SECONDS)) {\nreturn null;\n}\nAccount found;\ntry {\nfound = {call};\n} finally {\nlock.unlock();\n}",
              LOCK),
          held(
              "write lock",
              "Account found;\nlocks.writeLock().lock();\ntry {\nfound = {call};\n} finally {\nlocks.writeLock().unlock();\n}",
              READ_WRITE),
          held(
              "stamped write lock",
              "Account found;\nlong stamp = stamps.writeLock();\ntry {\nfound = {call};\n} finally {\nstamps.unlockWrite(stamp);\n}",
              "private final StampedLock stamps = new StampedLock();"),
          held(
              "one permit",
              "Account found;\npermit.acquire();\ntry {\nfound = {call};\n} finally {\npermit.release();\n}",
              "private final Semaphore permit = new Semaphore(1);"),
          held(
              "wrapper",
              "Account found = locked(() -> {call});",
              LOCK
                  + "\nprivate <T> T locked(Callable<T> action) throws Exception {\nlock.lock();\ntry {\nreturn action.call();\n} finally {\nlock.unlock();\n}\n}"),
          held(
              "wrapper elsewhere", "Account found = LockTools.withLock(lock, () -> {call});", LOCK),
          held(
              "inside a map's compute",
              "Account found = accounts.computeIfAbsent(id, entry -> {\ntry {\nreturn {call};\n} catch (Exception e) {\nthrow new IllegalStateException(e);\n}\n});",
              "private final ConcurrentMap<String, Account> accounts = new ConcurrentHashMap<>();"),
          moved(
              "private method under a monitor",
              "Account found;\nsynchronized (monitor) {\nfound = loadLocked({arguments});\n}",
              MONITOR),
          moved(
              "private method under a lock",
              "Account found;\nlock.lock();\ntry {\nfound = loadLocked({arguments});\n} finally {\nlock.unlock();\n}",
              LOCK),
          held(
              "looked up first",
              "Account found;\nlock.lock();\ntry {\nfound = stored.get(id);\nif (found == null) {\nfound = {call};\nstored.put(id, found);\n}\n} finally {\nlock.unlock();\n}",
              LOCK + "\nprivate final Map<String, Account> stored = new HashMap<>();"),
          held(
              "released on one path only",
              "lock.lock();\nif (id.isEmpty()) {\nlock.unlock();\nreturn null;\n}\nAccount found;\ntry {\nfound = {call};\n} finally {\nlock.unlock();\n}",
              LOCK),
          new Form(
              "executeAsync joined under a lock",
              draft -> {
                draft.member(MONITOR);
                draft.must(HELD);
                async(
                    draft,
                    "Account found;\nsynchronized (monitor) {\nCompletableFuture<Account> future = {call};\nfound = future.join();\n}");
              }),
          // not held
          free(
              "released before",
              "lock.lock();\ntry {\nhits++;\n} finally {\nlock.unlock();\n}\nAccount found = {call};",
              LOCK + "\nprivate int hits;"),
          free(
              "monitor left before",
              "synchronized (monitor) {\nhits++;\n}\nAccount found = {call};",
              MONITOR + "\nprivate int hits;"),
          free(
              "taken after",
              "Account found = {call};\nsynchronized (monitor) {\nhits++;\n}",
              MONITOR + "\nprivate int hits;"),
          free(
              "looked up under the lock",
              "Account found;\nlock.lock();\ntry {\nfound = stored.get(id);\n} finally {\nlock.unlock();\n}\nif (found == null) {\nfound = {call};\n}",
              LOCK + "\nprivate final Map<String, Account> stored = new HashMap<>();"),
          free(
              "read lock",
              "Account found;\nlocks.readLock().lock();\ntry {\nfound = {call};\n} finally {\nlocks.readLock().unlock();\n}",
              READ_WRITE),
          free(
              "read lock in a local",
              "Lock reading = locks.readLock();\nAccount found;\nreading.lock();\ntry {\nfound = {call};\n} finally {\nreading.unlock();\n}",
              READ_WRITE),
          free(
              "stamped read lock",
              "Account found;\nlong stamp = stamps.readLock();\ntry {\nfound = {call};\n} finally {\nstamps.unlockRead(stamp);\n}",
              "private final StampedLock stamps = new StampedLock();"),
          free(
              "bulkhead",
              "Account found;\npermits.acquire();\ntry {\nfound = {call};\n} finally {\npermits.release();\n}",
              "private final Semaphore permits = new Semaphore(16);"),
          free(
              "tryLock failed",
              "if (lock.tryLock()) {\nlock.unlock();\n}\nAccount found = {call};",
              LOCK),
          free(
              "run later",
              "Callable<Account> later;\nsynchronized (monitor) {\nlater = () -> {call};\n}\nAccount found = later.call();",
              MONITOR),
          new Form(
              "executeAsync not waited for",
              draft -> {
                draft.member(MONITOR);
                async(
                    draft,
                    "CompletableFuture<Account> future;\nsynchronized (monitor) {\nfuture = {call};\n}\nAccount found = future.join();");
              }),
          free(
              "private method without a lock",
              "Account found = loadFree({arguments});",
              "private int hits;",
              "private Account loadFree"));

  private Locks() {}

  private static Form free(String name, String text, String... members) {
    return new Form(
        name,
        draft -> {
          if (members.length == 2) {
            draft.member(members[0]);
            draft.moveToMethod(members[1] + "({parameters}) throws Exception");
          } else {
            for (String member : members) {
              draft.member(member);
            }
          }
          draft.body.add(draft.fill(text));
        });
  }

  private static Form held(String name, String text, String... members) {
    return new Form(
        name,
        draft -> {
          for (String member : members) {
            draft.member(member);
          }
          draft.must(HELD);
          draft.body.add(draft.fill(text));
        });
  }

  /** The call stands in a private method that is only called under the lock. */
  private static Form moved(String name, String text, String... members) {
    return new Form(
        name,
        draft -> {
          for (String member : members) {
            draft.member(member);
          }
          draft.moveToMethod("private Account loadLocked({parameters}) throws Exception");
          draft.must(HELD);
          draft.body.add(draft.fill(text));
        });
  }

  private static void async(Draft draft, String text) {
    draft.call = draft.fill("{group}.executeAsync({key}, {loader})");
    draft.body.add(draft.fill(text));
  }
}
