package dev.singleflight.checker.inputs;

import com.google.common.collect.ImmutableSet;
import com.sun.tools.javac.code.Attribute;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.inputs.Atom.Step;
import dev.singleflight.checker.inputs.Term.Call;
import dev.singleflight.checker.inputs.Term.Field;
import dev.singleflight.checker.inputs.Term.Self;
import dev.singleflight.checker.inputs.Term.Var;
import dev.singleflight.checker.inputs.Uncarried.Input;
import dev.singleflight.checker.source.Sources.FieldWrite;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the objects of a class are each made with, where they share a static cache: whichever object
 * loads an entry first loads it by its own, for all of them.
 */
final class SharedByObjects {
  /** Of classes of which a framework makes one object. */
  private static final ImmutableSet<String> SINGLE =
      ImmutableSet.of(
          "Singleton",
          "ApplicationScoped",
          "Component",
          "Service",
          "Repository",
          "Controller",
          "RestController",
          "Configuration",
          "Stateless",
          "Startup",
          "Mojo");

  private static final int MANY = 2;

  private final Inputs inputs;

  SharedByObjects(Inputs inputs) {
    this.inputs = inputs;
  }

  /** The field whose value an entry depends on and its key does not tell; or null. */
  @Nullable VarSymbol omitted(Input input, Set<Atom> value) {
    Atom atom = input.atom();
    VarSymbol field = field(atom);
    if (field == null
        || input.carried()
        || input.told()
        || value.stream().noneMatch(made -> field(made) == field)
        || !(Values.isPlain(field.type) || Values.isSettings(field.type))
        || Decisive.decidesNothing(Decisive.words(field), field.type)
        || !isMadeOften(Symbols.enclosingClass(field))) {
      return null;
    }
    Set<Symbol> given = givenTo(field);
    return given.isEmpty() || isKeyOf(inputs.key(input.entry()), given) ? null : field;
  }

  /**
   * Whether objects have a field's value from the start; what is set later on may be set nowhere.
   */
  boolean isMadeWith(VarSymbol field) {
    return inputs.sources().writes(field).stream().allMatch(FieldWrite::inConstructor);
  }

  /** The field of this object that an atom is read from. */
  private static @Nullable VarSymbol field(Atom atom) {
    if (!(atom.root() instanceof ClassSymbol) || atom.path().isEmpty()) {
      return null;
    }
    Step first = atom.path().get(0);
    return first.symbol() instanceof VarSymbol field && Symbols.isField(field) ? field : null;
  }

  private static boolean isMadeOften(ClassSymbol type) {
    if (type.isEnum()) {
      return false;
    }
    for (Attribute.Compound annotation : type.getRawAttributes()) {
      if (SINGLE.contains(annotation.type.tsym.name.toString())) {
        return false;
      }
    }
    for (Symbol member : type.members().getSymbols()) {
      if (member instanceof MethodSymbol method
          && method.isConstructor()
          && !Symbols.isPrivate(method)) {
        return true;
      }
    }
    return false;
  }

  /** The constructor's parameters that a field is made of. */
  private Set<Symbol> givenTo(VarSymbol field) {
    Set<Symbol> given = new LinkedHashSet<>();
    for (Term term :
        inputs.definitions(new Field(new Self(Symbols.enclosingClass(field)), field))) {
      for (Atom atom : inputs.atoms(term)) {
        if (isParameter(atom.root())) {
          given.add(atom.root());
        }
      }
    }
    return given;
  }

  /**
   * Whether a key says all that matters: it is no plain value, but what somebody has made for it;
   * or it is made of all that a parameter holds, or of several parts, and not of one named part.
   */
  private boolean isKeyOf(Term key, Set<Symbol> given) {
    List<Term> made = new ArrayList<>();
    made.add(key);
    for (Atom atom : inputs.atoms(key)) {
      VarSymbol field = field(atom);
      if (field == null) {
        continue;
      }
      if (!Values.isPlain(field.type) || field.name.contentEquals("name")) {
        return true;
      }
      made.addAll(inputs.definitions(new Field(new Self(Symbols.enclosingClass(field)), field)));
    }
    int parts = 0;
    for (Term term : made) {
      parts += parts(term, given);
    }
    return parts > 1;
  }

  /** How many named parts of what was given a term is made of; more than one for all of it. */
  private int parts(Term term, Set<Symbol> given) {
    if (term instanceof Var variable) {
      return given.contains(variable.symbol()) ? MANY : 0;
    }
    if (term instanceof Call call
        && call.receiver() != null
        && Terms.value(call.receiver()) instanceof Var variable
        && given.contains(variable.symbol())) {
      boolean named =
          call.arguments().stream()
              .flatMap(argument -> inputs.atoms(argument).stream())
              .noneMatch(atom -> isParameter(atom.root()));
      return named ? 1 : MANY;
    }
    int parts = 0;
    for (Term child : Terms.children(term)) {
      parts += parts(child, given);
    }
    return parts;
  }

  private static boolean isParameter(Symbol root) {
    return root instanceof VarSymbol && !Symbols.isField(root);
  }
}
