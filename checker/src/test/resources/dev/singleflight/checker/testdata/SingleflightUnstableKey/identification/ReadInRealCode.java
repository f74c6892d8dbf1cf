package test;

import dev.singleflight.SingleflightGroup;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import test.Domain.Config;
import test.Domain.Repository;

/** Shapes that were reported in published code, rightly or wrongly. */
final class ReadInRealCode {
  private final SingleflightGroup<Object, Config> group = SingleflightGroup.create();
  private final AtomicInteger sequence = new AtomicInteger();
  private final Repository db;

  ReadInRealCode(Repository db) {
    this.db = db;
  }

  /** Has no equals, and needs none: there is one for each connection. */
  static final class Consumer {
    private final Repository repository;
    private String name;

    Consumer(Repository repository, String name) {
      this.repository = repository;
      this.name = name;
    }

    Config load() {
      return repository.config("consumer", name);
    }
  }

  static final class Identifier {
    private final String[] levels;

    private Identifier(String[] levels) {
      this.levels = levels.clone();
    }

    static Identifier of(String... levels) {
      return new Identifier(levels);
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof Identifier other && List.of(levels).equals(List.of(other.levels));
    }

    @Override
    public int hashCode() {
      return List.of(levels).hashCode();
    }
  }

  Config ofHandle(Consumer consumer) {
    return group.execute(consumer, k -> consumer.load());
  }

  Config ofNewHandle(String name) {
    // BUG: Diagnostic contains: is a new Consumer, equal only to itself
    return group.execute(new Consumer(db, name), k -> db.config("consumer", name));
  }

  Config fromArray(String[] levels) {
    return group.execute(Identifier.of(levels), k -> db.config("levels", levels[0]));
  }

  Config listOfElements(String[] levels) {
    return group.execute(List.of(levels), k -> db.config("levels", levels[0]));
  }

  Config ofBytes(byte[] digest) {
    // BUG: Diagnostic contains: is an array
    return group.execute(List.of(digest), k -> db.config("digest", "all"));
  }

  /** The key is what it was when it was used, not what the name stands for afterwards. */
  String changedAfterwards(String name) {
    Config first = group.execute(name, k -> db.config("sequence", k.toString()));
    if (first == null) {
      name = name + sequence.getAndIncrement();
    }
    return name;
  }

  Config changedBefore(String name) {
    name = name + sequence.getAndIncrement();
    String key = name;
    // BUG: Diagnostic contains: another number each time
    return group.execute(key, k -> db.config("sequence", key));
  }
}
