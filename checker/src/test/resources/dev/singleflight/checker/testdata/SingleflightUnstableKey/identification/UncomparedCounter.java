package test;

import dev.singleflight.SingleflightGroup;
import java.util.concurrent.atomic.AtomicLong;
import test.Domain.Repository;
import test.Domain.User;

/** A number that each key has its own of, and that no comparison of keys asks for. */
class UncomparedCounter {
  private final SingleflightGroup<Ticket, User> users = SingleflightGroup.create();
  private final SingleflightGroup<Numbered, User> numbered = SingleflightGroup.create();
  private final AtomicLong counter = new AtomicLong();
  private final Repository db;

  UncomparedCounter(Repository db) {
    this.db = db;
  }

  User byId(String id) {
    Ticket ticket = new Ticket(id, counter.incrementAndGet());
    return users.execute(ticket, () -> db.findUser(id));
  }

  User byNumber(String id) {
    Numbered key = new Numbered(id, counter.incrementAndGet());
    // BUG: Diagnostic contains: is another number each time
    return numbered.execute(key, () -> db.findUser(id));
  }

  record Numbered(String id, long number) {}

  static final class Ticket {
    private final String id;
    private final long number;

    Ticket(String id, long number) {
      this.id = id;
      this.number = number;
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof Ticket other && id.equals(other.id);
    }

    @Override
    public int hashCode() {
      return id.hashCode();
    }

    @Override
    public String toString() {
      return id + "#" + number;
    }
  }
}
