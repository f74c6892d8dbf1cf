package dev.singleflight.samples.bugs.bug11;

import dev.singleflight.SingleflightGroup;
import java.io.IOException;

/**
 * Prints the cards of a club's members.
 *
 * <p>The group holds whatever anybody loads with it, so the compiler believes the cast. The loader
 * returns the row as the database has it, and each card fails with a {@link ClassCastException}.
 */
public final class BuggyMemberCards {
  private final SingleflightGroup<String, Object> loads = SingleflightGroup.create();
  private final Database database;

  public BuggyMemberCards(Database database) {
    this.database = database;
  }

  public String card(String number) throws IOException {
    Object loaded = loads.execute(number, database::row);
    // flagged: SingleflightResultTypeMismatch
    Member member = (Member) loaded;
    return number + " " + member.name();
  }

  /** Where the members are kept. */
  public interface Database {
    Row row(String number) throws IOException;
  }

  /** A line of the members' table. */
  public record Row(String first, String last) {}

  /** Who has a card. */
  public record Member(String name) {}
}
