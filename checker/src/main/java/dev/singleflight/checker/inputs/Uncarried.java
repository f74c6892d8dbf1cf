package dev.singleflight.checker.inputs;

import com.google.common.collect.ImmutableSet;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import dev.singleflight.checker.inputs.Term.Call;
import dev.singleflight.checker.inputs.Term.New;
import dev.singleflight.checker.inputs.Term.Op;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the loader of a call reads and neither its key nor the choice of its group can tell apart:
 * inputs(loader) − inputs(key) − inputs(group).
 */
public final class Uncarried {
  /** An accessor that tells one object of its type from every other. */
  private static final Pattern IDENTITY =
      Pattern.compile("\\.(getId|id|getUuid|uuid|getKey|key|getIdentifier|identifier)\\(?\\)?");

  /** Beside a type's own id, in a class that only carries arguments, other fields are free. */
  private static final Pattern CARRIES_ARGUMENTS =
      Pattern.compile(
          ".*(Request|Query|Command|Params|Parameters|Criteria|Filter|Args|Arguments|Input|Context"
              + "|Ref|Reference|Lookup|Spec|Call|Message|Event|Exchange)");

  private final Inputs inputs;
  private final Set<Atom> carried = new HashSet<>();
  private final boolean mayCarryAmbient;
  private final boolean shared;

  Uncarried(Inputs inputs, Site site) {
    this.inputs = inputs;
    Term key = inputs.key(site);
    Term group = inputs.group(site);
    carried.addAll(inputs.atoms(key));
    if (group != null) {
      carried.addAll(inputs.atoms(group));
    }
    mayCarryAmbient = callsOut(key);
    shared = group == null || !isMadeHere(group);
  }

  /** Something a loader reads. */
  public record Input(Read read, Atom atom) {}

  static List<Input> of(Inputs inputs, Site site) {
    Uncarried uncarried = new Uncarried(inputs, site);
    List<Input> found = new ArrayList<>();
    if (uncarried.shared) {
      Set<Atom> seen = new HashSet<>();
      for (Read read : inputs.reads(site)) {
        for (Atom atom : inputs.atoms(read.term())) {
          if (seen.add(atom) && !uncarried.covers(atom)) {
            found.add(new Input(read, atom));
          }
        }
      }
    }
    return found;
  }

  private boolean covers(Atom atom) {
    if (atom.nature() == Nature.THREAD_BOUND && mayCarryAmbient) {
      return true;
    }
    for (Atom known : carried) {
      if (known.covers(atom) || identifies(known, atom)) {
        return true;
      }
    }
    return false;
  }

  /** Whether {@code known} is the id of the object that {@code atom} is read from. */
  private static boolean identifies(Atom known, Atom atom) {
    int last = known.path().size() - 1;
    if (last < 0 || known.root() != atom.root() || last > atom.path().size()) {
      return false;
    }
    Symbol owner = last == 0 ? known.root() : known.path().get(last - 1).symbol();
    String type =
        Symbols.simpleName(owner instanceof MethodSymbol m ? m.getReturnType() : owner.type);
    if (!IDENTITY.matcher(known.path().get(last).name()).matches()
        || CARRIES_ARGUMENTS.matcher(type).matches()) {
      return false;
    }
    for (int i = 0; i < last; i++) {
      if (!known.path().get(i).name().equals(atom.path().get(i).name())) {
        return false;
      }
    }
    return true;
  }

  /** A group made in the method that calls it: nobody else's calls meet these. */
  private static boolean isMadeHere(Term group) {
    Term value = Terms.value(group);
    return value instanceof New
        || (value instanceof Call call
            && (call.method().name.contentEquals("create")
                || call.method().name.contentEquals("build")));
  }

  /** Whether a key comes from code that cannot be seen and could read what is bound to a thread. */
  private boolean callsOut(@Nullable Term term) {
    if (term == null) {
      return false;
    }
    if (term instanceof Call call
        && Functions.natureOf(call.method()) == Nature.OPAQUE
        && !Symbols.enclosingClass(call.method()).getQualifiedName().toString().startsWith("java.")
        && mayDoMore(call)) {
      return true;
    }
    if (term instanceof Op op && op.operands().size() > Terms.MAX_SIZE) {
      return false;
    }
    return Terms.children(term).stream().anyMatch(this::callsOut);
  }

  /** An accessor of a value gives a part of it; a static function or a service may do anything. */
  private boolean mayDoMore(Call call) {
    if (call.receiver() == null) {
      return true;
    }
    ImmutableSet<Atom> receiver = inputs.atoms(call.receiver());
    return receiver.stream().anyMatch(Atom::isConfiguration);
  }
}
