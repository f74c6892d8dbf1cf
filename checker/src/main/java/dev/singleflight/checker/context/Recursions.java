package dev.singleflight.checker.context;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.api.Trait;
import dev.singleflight.checker.effects.Act;
import dev.singleflight.checker.effects.Effects;
import dev.singleflight.checker.inputs.Body;
import dev.singleflight.checker.inputs.Entry;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.StoreKinds;
import dev.singleflight.checker.inputs.Term;
import dev.singleflight.checker.inputs.Terms;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.site.Unit;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Functions that a map or cache runs, and that come back to it while it waits for them. */
public final class Recursions {
  /** What leaves the number of entries as it is, which is all that a {@code HashMap} notices. */
  private static final ImmutableSet<String> IN_PLACE =
      ImmutableSet.of("replace", "replaceAll", "computeIfPresent");

  /** What makes a Guava cache load. */
  private static final ImmutableSet<String> LOADS =
      ImmutableSet.of("get", "getUnchecked", "apply", "getAll");

  private Recursions() {}

  /**
   * A function that comes back to the map or cache that runs it.
   *
   * @param at where it goes there, in the file that is looked at
   */
  public record Recursion(Site site, StoreKinds.Kind store, Act act, Tree at) {}

  /** Those of a file: the first way back of each function. */
  public static List<Recursion> of(Unit unit, VisitorState state) {
    Inputs inputs = Inputs.of(state);
    StoreKinds kinds = StoreKinds.of(state);
    List<Recursion> found = new ArrayList<>();
    Set<Tree> functions = new HashSet<>();
    Set<Entry> reported = new HashSet<>();
    for (Site site : unit.caches()) {
      if (site.api().has(Trait.VALUE) || site.api().has(Trait.DECLARED)) {
        continue;
      }
      for (Entry entry : inputs.entries(site)) {
        Term map = inputs.group(entry);
        StoreKinds.Kind kind = map == null ? StoreKinds.Kind.UNKNOWN : kinds.of(map);
        if (entry.isBehind(reported) || !isKnown(kind)) {
          continue;
        }
        for (Body body : inputs.loader(entry)) {
          Act act =
              functions.contains(body.function()) ? null : back(entry, map, kind, body, state);
          if (act != null) {
            reported.add(entry);
            functions.add(body.function());
            found.add(new Recursion(site, kind, act, LockedWaits.place(entry, body, act)));
          }
        }
      }
    }
    return found;
  }

  private static boolean isKnown(StoreKinds.Kind kind) {
    return kind != StoreKinds.Kind.OTHER && kind != StoreKinds.Kind.UNKNOWN;
  }

  private static @Nullable Act back(
      Entry entry, @Nullable Term map, StoreKinds.Kind kind, Body body, VisitorState state) {
    Inputs inputs = Inputs.of(state);
    StoreKinds kinds = StoreKinds.of(state);
    Term key = key(entry, body, inputs);
    for (Act act : Effects.of(state).acts().of(body)) {
      if (act.kind() == Act.Kind.UPDATE
          && act.object() != null
          && kinds.isSame(map, act.object())
          && fails(kind, act, key)) {
        return act;
      }
    }
    return null;
  }

  /** The key that the function runs for; of a loader that is kept it is its own parameter. */
  private static Term key(Entry entry, Body body, Inputs inputs) {
    VarSymbol parameter =
        entry.site().api().has(Trait.KEEPS_LOADER)
                && body.function() instanceof MethodTree method
                && !method.getParameters().isEmpty()
            ? Symbols.variable(method.getParameters().get(0))
            : null;
    return parameter == null ? inputs.key(entry) : new Term.Var(parameter);
  }

  /** Whether a map or cache cannot do what is done to it while it runs a function for a key. */
  private static boolean fails(StoreKinds.Kind kind, Act act, Term key) {
    String name = act.method().name.toString();
    return switch (kind) {
      case HASH -> !IN_PLACE.contains(name);
      case GUAVA -> LOADS.contains(name) && act.key() != null && Terms.same(key, act.key());
      default -> true;
    };
  }
}
