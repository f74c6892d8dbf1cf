package test;

import dev.singleflight.SingleflightGroup;
import test.Domain.*;

class Callers {
  interface Visit {
    String cookie();
  }

  static class Ticket {
    final String secret;

    Ticket(String secret) {
      this.secret = secret;
    }
  }

  static class SpecialTicket extends Ticket {
    SpecialTicket(String secret) {
      super(secret);
    }
  }

  private final SingleflightGroup<String, User> group = SingleflightGroup.create();
  private final Repository db;

  Callers(Repository db) {
    this.db = db;
  }

  User qualified(Visit visit, String id) {
    // BUG: Diagnostic contains: 'visit'
    return group.execute(id, k -> db.findUser(visit.cookie(), k));
  }

  User simple(Ticket ticket, String id) {
    // BUG: Diagnostic contains: 'ticket'
    return group.execute(id, k -> db.findUser(ticket.secret, k));
  }

  User subtype(SpecialTicket special, String id) {
    // BUG: Diagnostic contains: 'special'
    return group.execute(id, k -> db.findUser(special.secret, k));
  }

  User carried(Ticket ticket, String id) {
    return group.execute(ticket.secret + id, k -> db.findUser(ticket.secret, id));
  }

  User madeInside(String id) {
    return group.execute(id, k -> db.findUser(new Ticket("service").secret, k));
  }
}
