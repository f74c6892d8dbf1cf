package dev.singleflight.checker.context;

import com.google.errorprone.VisitorState;
import com.sun.source.tree.NewClassTree;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.inputs.Atom;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.Read;
import dev.singleflight.checker.inputs.Term;
import dev.singleflight.checker.inputs.Terms;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.site.Unit;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Sources.FieldWrite;
import dev.singleflight.checker.source.Symbols;
import dev.singleflight.checker.source.Uses;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Objects made to be like another, but for a group of their own: those who use the copy do not meet
 * those who use the original, although they load the same.
 */
final class Copies {
  private final Inputs inputs;
  private final Sources sources;
  private final Groups groups;
  private final Runs runs;

  Copies(VisitorState state, Groups groups, Runs runs) {
    this.inputs = Inputs.of(state);
    this.sources = Sources.of(state);
    this.groups = groups;
    this.runs = runs;
  }

  /** Whether a {@code new} copies an object that has a group, without that. */
  boolean isCopyWithOwnGroup(NewClassTree creation, Member member, Unit unit) {
    if (!isReturned(creation, member)
        || !(Terms.value(inputs.evaluate(creation, inputs.scope(member)))
            instanceof Term.New object)
        || object.around() != null
        || !runs.isPerCall(creation, member)) {
      return false;
    }
    VarSymbol group = freshGroup(object);
    Term original = group == null ? null : original(object, member);
    if (group == null || original == null) {
      return false;
    }
    Set<VarSymbol> changed = new HashSet<>();
    boolean copied = false;
    for (VarSymbol field : fields(object.type())) {
      Term value = object.fields().get(field);
      if (value != null && field != group) {
        boolean same = Terms.same(value, new Term.Field(original, field));
        if (same && groups.isGroup(field.type)) {
          return false; // it was thought of what the copies are to share
        }
        copied |= same;
        if (!same) {
          changed.add(field);
        }
      }
    }
    return copied && (changed.isEmpty() || !decide(changed, group, member, unit));
  }

  private static boolean isReturned(NewClassTree creation, Member member) {
    List<Uses.Use> uses = Uses.of(creation, member);
    return !uses.isEmpty()
        && uses.stream()
            .allMatch(use -> use.kind() == Uses.Kind.RETURNED && use.at() == member.tree());
  }

  /** The field whose group every new object makes for itself, or this one is given a new one. */
  private @Nullable VarSymbol freshGroup(Term.New object) {
    for (VarSymbol field : fields(object.type())) {
      if (groups.isGroup(field.type)) {
        Term given = object.fields().get(field);
        if (given != null ? groups.isFresh(given) : isMadeByEach(field)) {
          return field;
        }
      }
    }
    return null;
  }

  private boolean isMadeByEach(VarSymbol field) {
    List<FieldWrite> writes = sources.writes(field);
    for (FieldWrite write : writes) {
      Member member = sources.member(write.root(), field);
      if (member == null || !groups.isFresh(write.value(), member)) {
        return false;
      }
    }
    return !writes.isEmpty();
  }

  /** What is copied: the object whose method it is, or a parameter of the same class. */
  private static @Nullable Term original(Term.New object, Member member) {
    MethodSymbol method = Symbols.method(member.tree());
    if (method == null) {
      return null;
    }
    if (member.type() == object.type() && !method.isStatic()) {
      return new Term.Self(member.type());
    }
    return method.params().stream()
        .filter(parameter -> parameter.type.tsym == object.type())
        .findFirst()
        .map(Term.Var::new)
        .orElse(null);
  }

  /** Whether what a copy changes decides what its group loads, or by which keys. */
  private boolean decide(Set<VarSymbol> changed, VarSymbol group, Member member, Unit unit) {
    if (Symbols.enclosingClass(group) != member.type()) {
      return true;
    }
    boolean loads = false;
    for (Site site : unit.sites()) {
      Term through = inputs.group(site);
      if (through != null
          && Terms.value(through) instanceof Term.Field field
          && field.symbol() == group) {
        loads = true;
        List<Term> terms = new ArrayList<>(List.of(inputs.key(site)));
        inputs.reads(site).stream().map(Read::term).forEach(terms::add);
        for (Term term : terms) {
          for (Atom atom : inputs.atoms(term)) {
            if (!atom.path().isEmpty()) {
              Symbol read = atom.path().get(0).symbol();
              if (changed.stream().anyMatch(f -> f == read || isAccessor(read, f))) {
                return true;
              }
            }
          }
        }
      }
    }
    return !loads; // elsewhere, by whatever it may be
  }

  private static boolean isAccessor(Symbol read, VarSymbol field) {
    return read instanceof MethodSymbol
        && read.owner == field.owner
        && Symbols.property(read.name.toString()).equals(field.name.toString());
  }

  private static List<VarSymbol> fields(ClassSymbol type) {
    List<VarSymbol> fields = new ArrayList<>();
    for (Symbol member : type.members().getSymbols()) {
      if (member instanceof VarSymbol field && !field.isStatic()) {
        fields.add(field);
      }
    }
    return fields;
  }
}
