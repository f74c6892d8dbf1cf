package dev.singleflight.checker.inputs;

import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.TypeTag;
import dev.singleflight.checker.inputs.Atom.Loss;
import dev.singleflight.checker.inputs.Atom.Step;
import dev.singleflight.checker.source.Symbols;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether what a key is made of tells every two values of something else apart. */
final class Carriage {
  /** An accessor that tells one object of its type from every other. */
  private static final Pattern IDENTITY =
      Pattern.compile(
          "\\.(getId|id|getUuid|uuid|getKey|key|getIdentifier|identifier|slug|getSlug)\\(?\\)?");

  /** Beside a type's own id, in a class that only carries arguments, other fields are free. */
  private static final Pattern CARRIES_ARGUMENTS =
      Pattern.compile(
          ".*(Request|Req|Query|Command|Params|Parameters|Criteria|Filter|Args|Arguments|Input|Context"
              + "|Ref|Reference|Lookup|Spec|Call|Message|Event|Exchange|Options|Page|Pageable"
              + "|Settings|Selection|Search)");

  /** What things of many kinds are known by, where they are known by more than a number. */
  private static final Pattern NATURAL =
      Pattern.compile(
          "email|emailAddress|username|login|sku|isbn|iban|slug|handle|symbol|ticker|urn|fingerprint"
              + "|checksum|digest|sha256|serial|serialNumber|reference|number|code");

  private final Set<Atom> carried;

  Carriage(Set<Atom> carried) {
    this.carried = carried;
  }

  /** Whether no two callers with equal keys can have different values of {@code atom}. */
  boolean tells(Atom atom) {
    for (Atom known : carried) {
      if (identifies(known, atom) || isNatural(known, atom) || tells(known, atom)) {
        return true;
      }
    }
    return tellsByParts(atom);
  }

  private static boolean tells(Atom known, Atom atom) {
    boolean lost =
        (known.loss() == Loss.BLURRED && atom.loss() == Loss.NONE)
            || (known.loss() == Loss.PART && atom.loss() != Loss.PART && !isOneOfFew(atom));
    if (known.root() != atom.root() || lost) {
      return false;
    }
    List<Step> path = known.path();
    int same = 0;
    while (same < path.size()
        && same < atom.path().size()
        && path.get(same).name().equals(atom.path().get(same).name())) {
      same++;
    }
    Type holder = typeAt(known, same);
    if (same < path.size()
        && same < atom.path().size()
        && path.get(same).name().startsWith("[")
        && atom.path().get(same).name().startsWith("[")
        && Symbols.qualifiedName(holder).matches("java\\.util\\.(\\w*\\.)?\\w*Map")) {
      return true; // the value that the map holds for the key
    }
    for (Step step : path.subList(same, path.size())) {
      if (!isWhole(step, holder)) {
        return false;
      }
      holder = step.type();
    }
    return true;
  }

  /** What decides by its value: a test of a boolean, or of an enum, tells which it is. */
  private static boolean isOneOfFew(Atom atom) {
    Type type = typeAt(atom, atom.path().size());
    return type != null
        && (type.hasTag(TypeTag.BOOLEAN)
            || Symbols.qualifiedName(type).equals("java.lang.Boolean")
            || (type.tsym instanceof ClassSymbol symbol && symbol.isEnum()));
  }

  /** Whether what a step leads to tells the value that it was taken from. */
  private static boolean isWhole(Step step, @Nullable Type holder) {
    if (step.name().startsWith("[")) {
      return false; // one of several
    }
    if (holder == null || holder.isPrimitive()) {
      return true;
    }
    if (holder.tsym instanceof ClassSymbol type && type.isEnum()) {
      return true;
    }
    boolean own = !Symbols.qualifiedName(holder).startsWith("java.");
    return own
        ? step.dependent() && !step.name().matches("\\.(get|find|contains|has|is|matches).*")
        : !Losses.isPart(step.symbol(), holder);
  }

  private static @Nullable Type typeAt(Atom atom, int step) {
    return step == 0 ? atom.root().type : atom.path().get(step - 1).type();
  }

  /** Whether each component of a value is carried, which together make it up. */
  private boolean tellsByParts(Atom atom) {
    Type type = typeAt(atom, atom.path().size());
    if (type == null
        || !type.hasTag(TypeTag.CLASS)
        || !(type.tsym instanceof ClassSymbol symbol)
        || symbol.isInterface()
        || symbol.getQualifiedName().toString().startsWith("java.")) {
      return false;
    }
    boolean any = false;
    for (Symbol member : symbol.members().getSymbols()) {
      if (member instanceof VarSymbol field && Symbols.isField(field) && !field.isStatic()) {
        any = true;
        if (carried.stream().noneMatch(known -> isComponent(known, atom, field))) {
          return false;
        }
      }
    }
    return any;
  }

  /** Whether {@code known} is what a field of {@code atom}'s holds, whole. */
  private static boolean isComponent(Atom known, Atom atom, VarSymbol field) {
    int at = atom.path().size();
    if (known.root() != atom.root() || known.path().size() <= at || known.loss() != Loss.NONE) {
      return false;
    }
    for (int i = 0; i < at; i++) {
      if (!known.path().get(i).name().equals(atom.path().get(i).name())) {
        return false;
      }
    }
    Symbol member = known.path().get(at).symbol();
    return Symbols.property(member.name.toString()).equals(field.name.toString());
  }

  /** Whether {@code known} is what the object that {@code atom} is read from is known by. */
  private static boolean isNatural(Atom known, Atom atom) {
    int last = known.path().size() - 1;
    if (last < 0 || known.root() != atom.root() || last > atom.path().size()) {
      return false;
    }
    String type = Symbols.simpleName(typeAt(known, last));
    for (int i = 0; i < last; i++) {
      if (!known.path().get(i).name().equals(atom.path().get(i).name())) {
        return false;
      }
    }
    Step step = known.path().get(last);
    String name = Symbols.property(step.symbol().name.toString());
    String own = type.isEmpty() ? "" : Character.toLowerCase(type.charAt(0)) + type.substring(1);
    return known.loss() != Loss.PART
        && !step.dependent()
        && !CARRIES_ARGUMENTS.matcher(type).matches()
        && (NATURAL.matcher(name).matches()
            || name.matches(Pattern.quote(own) + "(Id|Key|Code|Number|No|Uuid|Name|Ref)"));
  }

  /** Whether {@code known} is the id of the object that {@code atom} is read from. */
  static boolean identifies(Atom known, Atom atom) {
    int last = known.path().size() - 1;
    if (last < 0 || known.root() != atom.root() || last > atom.path().size()) {
      return false;
    }
    String type = Symbols.simpleName(typeAt(known, last));
    Type of = typeAt(known, last);
    boolean caller = of != null && of.tsym != null && Symbols.hasAnnotation(of.tsym, "PerCaller");
    if (!IDENTITY.matcher(known.path().get(last).name()).matches()
        || caller // who it is does not say what it asks for
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
}
