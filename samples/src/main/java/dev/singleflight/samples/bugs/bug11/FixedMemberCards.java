package dev.singleflight.samples.bugs.bug11;

import dev.singleflight.SingleflightGroup;
import java.io.IOException;

/**
 * Prints the cards of a club's members.
 *
 * <p>The group is typed with what it holds, so that there is nothing to cast: a loader that returns
 * something else does not compile.
 */
public final class FixedMemberCards {
  private final SingleflightGroup<String, Member> loads = SingleflightGroup.create();
  private final Database database;

  public FixedMemberCards(Database database) {
    this.database = database;
  }

  public String card(String number) throws IOException {
    Member member =
        loads.execute(
            number,
            n -> {
              Row row = database.row(n);
              return new Member(row.first() + " " + row.last());
            });
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
