package test;

import dev.singleflight.SingleflightGroup;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import test.Domain.Repository;
import test.Domain.User;

/** Random keys, and keys drawn at random. */
class Drawn {
  private final SingleflightGroup<Integer, User> numbers = SingleflightGroup.create();
  private final SingleflightGroup<String, User> names = SingleflightGroup.create();
  private final Random random = new Random(42);
  private final Repository db;
  private final AtomicLong sequence = new AtomicLong();
  private int calls;

  Drawn(Repository db) {
    this.db = db;
  }

  User drawn() {
    int key = random.nextInt(100);
    return numbers.execute(key, k -> db.findUser("user-" + k));
  }

  User anyNumber() {
    // BUG: Diagnostic contains: 'random.nextInt()' is random
    return numbers.execute(random.nextInt(), k -> db.findUser("user-" + k));
  }

  User salted(String id) {
    int salt = ThreadLocalRandom.current().nextInt(1000);
    // BUG: Diagnostic contains: is random
    return names.execute(id + "-" + salt, k -> db.findUser(id));
  }

  User numbered(String id) {
    calls++;
    // BUG: Diagnostic contains: 'calls++' is another number each time
    return names.execute(id + "/" + calls, k -> db.findUser(id));
  }

  User added(String id) {
    this.calls += 1;
    // BUG: Diagnostic contains: another number each time
    return names.execute(id + "/" + this.calls, k -> db.findUser(id));
  }

  User atomically(String id) {
    sequence.incrementAndGet();
    // BUG: Diagnostic contains: another number each time
    return names.execute(id + "/" + sequence.get(), k -> db.findUser(id));
  }

  User changedOnDemand(String id, boolean changed) {
    if (changed) {
      sequence.incrementAndGet();
    }
    return names.execute(id + "/" + sequence.get(), k -> db.findUser(id));
  }

  User ofGeneration(String id) {
    return names.execute(id + "/" + sequence.get(), k -> db.findUser(id));
  }

  protected User wrapped(String key, Supplier<User> loader) {
    return names.execute(key, k -> loader.get());
  }

  User saltedForWrapper(String id) {
    // BUG: Diagnostic contains: is random
    return wrapped(id + UUID.randomUUID(), () -> db.findUser(id));
  }

  User counted(String id) {
    calls++;
    return names.execute(id, k -> db.findUser(k));
  }

  int calls() {
    return calls;
  }

  User inTurn(String[] known) {
    return names.execute(known[calls++ & 15], k -> db.findUser(k));
  }

  User listedInTurn(java.util.List<String> known) {
    return names.execute(known.get(calls++ % known.size()), k -> db.findUser(k));
  }

  User numberedInTurn(String[] known) {
    // BUG: Diagnostic contains: is another number each time
    return names.execute(known[0] + calls++, k -> db.findUser(k));
  }
}
