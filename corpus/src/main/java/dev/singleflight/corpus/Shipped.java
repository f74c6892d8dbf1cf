package dev.singleflight.corpus;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.eclipse.aether.RepositoryException;
import org.jspecify.annotations.Nullable;

/** Asks whether the checks find the bugs that were released, and no more once they were mended. */
final class Shipped {

  private final Repository repository;
  private final Javac javac;
  private final Set<String> checks;
  private final Path work;

  Shipped(Repository repository, Javac javac, Set<String> checks, Path work) {
    this.repository = repository;
    this.javac = javac;
    this.checks = checks;
    this.work = work;
  }

  /** What became of one bug. */
  record Outcome(ShippedBug bug, boolean found, @Nullable Boolean still) {

    @Override
    public String toString() {
      return "%s %s %s %s:%d-%d %s%s"
          .formatted(
              found ? "found " : "missed",
              bug.name(),
              bug.buggy().coordinates(),
              bug.file().substring(bug.file().lastIndexOf('/') + 1),
              bug.first(),
              bug.last(),
              String.join(",", bug.expected()),
              Boolean.TRUE.equals(still) ? ", STILL REPORTED in the fixed version" : "");
    }
  }

  Outcome outcome(ShippedBug bug) throws IOException, InterruptedException, RepositoryException {
    boolean found = bug.foundBy(findings(bug, bug.buggy()));
    Artifact fixed = bug.fixed();
    return new Outcome(bug, found, fixed == null ? null : bug.stillIn(findings(bug, fixed)));
  }

  /** How many were found, and how many are still reported. */
  static String summary(List<Outcome> outcomes) {
    Table table = new Table("scope", "bugs", "found", "fixed", "still reported");
    for (ShippedBug.Scope scope : ShippedBug.Scope.values()) {
      List<Outcome> some =
          outcomes.stream().filter(outcome -> outcome.bug().scope() == scope).toList();
      table.add(
          scope,
          some.size(),
          some.stream().filter(Outcome::found).count(),
          some.stream().filter(outcome -> outcome.still() != null).count(),
          some.stream().filter(outcome -> Boolean.TRUE.equals(outcome.still())).count());
    }
    return table.toString();
  }

  private List<Finding> findings(ShippedBug bug, Artifact artifact)
      throws IOException, InterruptedException, RepositoryException {
    Checkout all = Checkout.of(artifact, repository, work);
    Path file = all.folder().resolve("src").resolve(bug.file());
    Checkout near =
        all.only(
            all.files().stream()
                .filter(other -> file.resolveSibling(other.getFileName()).equals(other))
                .toList());
    // Its package is enough, and quick, unless the evidence lies elsewhere or it needs the rest.
    List<Checkout> ways =
        bug.scope() == ShippedBug.Scope.FILES ? List.of(all, near) : List.of(near, all);
    for (Checkout way : ways) {
      Checkout attributable = new Attributable(javac).of(way);
      if (attributable.files().contains(file)) {
        Inspection inspection =
            Inspection.of(artifact, attributable, javac, checks, bug.flags(), false);
        if (!inspection.crashes().isEmpty()) {
          throw new IOException(inspection.crashes().get(0));
        }
        return inspection.findings();
      }
    }
    throw new IOException("javac cannot attribute " + bug.file());
  }
}
