package dev.singleflight.checker.context.nulls;

import com.google.common.collect.ImmutableList;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.Term;
import dev.singleflight.checker.inputs.Terms;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Symbols;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parts of an object that stands for an outcome: a value, or the error in its place. Its own
 * class shows that the value is null where there is an error.
 */
final class Components {
  private static final Pattern ERROR =
      Pattern.compile(
          "(get|is|has)?(error\\w*|exception|failure|failed|ok|success\\w*|succeeded|status|outcome|found|present|hit|code)",
          Pattern.CASE_INSENSITIVE);

  private final Sources sources;
  private final Inputs inputs;
  private final Map<ClassSymbol, Set<VarSymbol>> known = new HashMap<>();

  Components(Sources sources, Inputs inputs) {
    this.sources = sources;
    this.inputs = inputs;
  }

  /** Whether an accessor gives a part that its class leaves null beside an error. */
  boolean mayBeNull(MethodInvocationTree call, MethodSymbol accessor, Member member) {
    if (!call.getArguments().isEmpty()
        || accessor.isStatic()
        || !(accessor.owner instanceof ClassSymbol owner)
        || ERROR.matcher(accessor.name).matches()
        || sources.classTree(owner) == null) {
      return false;
    }
    Set<VarSymbol> empty = known.get(owner);
    if (empty == null) {
      empty = leftNull(owner);
      known.put(owner, empty);
    }
    VarSymbol field = empty.isEmpty() ? null : field(accessor, owner);
    return field != null && empty.contains(field);
  }

  private static @Nullable VarSymbol field(MethodSymbol accessor, ClassSymbol owner) {
    String property = Symbols.property(accessor.name.toString());
    for (Symbol member : owner.members().getSymbols()) {
      if (member instanceof VarSymbol field
          && !field.isStatic()
          && (field.name.contentEquals(property) || field.name == accessor.name)) {
        return field;
      }
    }
    return null;
  }

  private Set<VarSymbol> leftNull(ClassSymbol owner) {
    Set<VarSymbol> fields = new HashSet<>();
    ClassTree tree = sources.classTree(owner);
    if (tree == null || !hasError(owner)) {
      return fields;
    }
    for (Tree part : tree.getMembers()) {
      MethodSymbol method = part instanceof MethodTree ? Symbols.method(part) : null;
      Member member = method == null ? null : sources.member(part, method);
      if (member != null && method != null && method.isStatic()) {
        new TreeScanner<@Nullable Void, @Nullable Void>() {
          @Override
          public @Nullable Void visitNewClass(NewClassTree node, @Nullable Void unused) {
            if (Terms.value(inputs.evaluate(node, inputs.scope(member))) instanceof Term.New made
                && made.type() == owner) {
              made.fields().forEach((field, value) -> add(field, value, fields));
            }
            return super.visitNewClass(node, null);
          }
        }.scan(((MethodTree) part).getBody(), null);
      }
    }
    return fields;
  }

  private static void add(VarSymbol field, Term value, Set<VarSymbol> fields) {
    if (Terms.value(value) instanceof Term.Const known && known.value() == null) {
      fields.add(field);
    }
  }

  private static boolean hasError(ClassSymbol owner) {
    ImmutableList<Symbol> members = ImmutableList.copyOf(owner.members().getSymbols());
    return members.stream().anyMatch(member -> ERROR.matcher(member.name).matches());
  }
}
