package dev.singleflight.checker.inputs;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.Types;
import dev.singleflight.checker.api.Api;
import dev.singleflight.checker.api.Trait;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Symbols;
import dev.singleflight.checker.source.Uses;
import dev.singleflight.checker.source.Uses.Use;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an object that keeps a loader goes: into a field in which later calls find it, into a map
 * under a key, or no further than the call that builds it. Only what outlives that call serves
 * others with what the call gave to the loader.
 *
 * @param field what holds it; null where that is no field
 * @param outlives whether calls that come later find it as this one has built it
 * @param by what later calls have in common with this one: the keys they find it by
 */
record Keeping(@Nullable Term field, boolean outlives, ImmutableList<Term> by) {
  private static final Keeping NOWHERE = new Keeping(null, false, ImmutableList.of());

  private static final ImmutableSet<String> PUTS = ImmutableSet.of("put", "putIfAbsent");
  private static final ImmutableSet<String> FINDS =
      ImmutableSet.of("get", "containsKey", "getOrDefault", "getIfPresent", "putIfAbsent");

  static Keeping of(Entry entry, Inputs inputs) {
    Member member = entry.member();
    for (Use use : Uses.of(entry.at(), member)) {
      @Nullable Keeping keeping =
          switch (use.kind()) {
            case FIELD -> inField(use, member, inputs);
            case RETURNED -> inMap(use, entry, inputs);
            case ARGUMENT -> put(use, entry, inputs);
            default -> null;
          };
      if (keeping != null) {
        return keeping;
      }
    }
    return NOWHERE;
  }

  /** What calls of the object that keeps a loader will give to it. */
  static ImmutableList<Term> given(Site site, Types types) {
    MethodSymbol method = Symbols.method(site.tree());
    if (method == null || site.api().loader() >= method.params().size()) {
      return ImmutableList.of();
    }
    Type loader = method.params().get(site.api().loader()).type;
    if (!types.isFunctionalInterface(loader)
        || !(types.findDescriptorSymbol(loader.tsym) instanceof MethodSymbol function)) {
      return ImmutableList.of();
    }
    return function.params().stream().map(Term.Var::new).collect(ImmutableList.toImmutableList());
  }

  private static @Nullable Keeping inField(Use use, Member member, Inputs inputs) {
    VarSymbol field = Uses.field(use);
    if (field == null) {
      return null;
    }
    Tree function = member.function(use.at());
    MethodSymbol method = Symbols.method(function);
    boolean whenMade = function == member.tree() && (method == null || method.isConstructor());
    boolean once =
        whenMade ? method != null && field.isStatic() : isFilledOnce(field, function, member);
    Term receiver = field.isStatic() ? null : new Term.Self(Symbols.enclosingClass(field));
    Term holder =
        member.type().isSubClass(Symbols.enclosingClass(field), inputs.types())
            ? Terms.field(field.isStatic() ? null : new Term.Self(member.type()), field)
            : Terms.field(receiver, field);
    return new Keeping(holder, once, ImmutableList.of());
  }

  /** Whether a function looks whether a field is null before it fills it. */
  private static boolean isFilledOnce(VarSymbol field, Tree function, Member member) {
    boolean[] looks = {false};
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitBinary(BinaryTree node, @Nullable Void unused) {
        boolean compares =
            node.getKind() == Tree.Kind.EQUAL_TO || node.getKind() == Tree.Kind.NOT_EQUAL_TO;
        looks[0] |= compares && (holds(node.getLeftOperand()) || holds(node.getRightOperand()));
        return super.visitBinary(node, null);
      }

      private boolean holds(ExpressionTree operand) {
        VarSymbol variable = Symbols.variable(Symbols.strip(operand));
        return variable == field
            || (variable != null
                && member.definitions(variable).stream()
                    .anyMatch(d -> Symbols.variable(Symbols.strip(d.value())) == field));
      }
    }.scan(function, null);
    return looks[0];
  }

  /** {@code loaders.computeIfAbsent(key, k -> …)}. */
  private static @Nullable Keeping inMap(Use use, Entry entry, Inputs inputs) {
    Member member = entry.member();
    Tree taking = use.at() instanceof LambdaExpressionTree ? member.parent(use.at()) : null;
    if (!(taking instanceof MethodInvocationTree call)) {
      return null;
    }
    Api api = inputs.apis().match(Symbols.method(call));
    if (api == null || !api.has(Trait.CACHES) || api.keys().isEmpty()) {
      return null;
    }
    ImmutableList<Term> keys =
        api.keys().stream()
            .filter(i -> i < call.getArguments().size())
            .map(i -> inputs.evaluate(call.getArguments().get(i), scope(entry, inputs)))
            .collect(ImmutableList.toImmutableList());
    return isKept(call, member) ? new Keeping(null, true, keys) : null;
  }

  /** {@code loaders.put(key, loader)}, by a method that looks into the map first. */
  private static @Nullable Keeping put(Use use, Entry entry, Inputs inputs) {
    Member member = entry.member();
    if (!(use.at() instanceof MethodInvocationTree call)
        || call.getArguments().size() != 2
        || !PUTS.contains(name(call))
        || !isKept(call, member)) {
      return null;
    }
    VarSymbol map = receiver(call);
    List<MethodInvocationTree> all = member.invocations();
    boolean looks =
        map != null && all.stream().anyMatch(c -> FINDS.contains(name(c)) && receiver(c) == map);
    return looks
        ? new Keeping(
            null,
            true,
            ImmutableList.of(inputs.evaluate(call.getArguments().get(0), scope(entry, inputs))))
        : null;
  }

  private static Scope scope(Entry entry, Inputs inputs) {
    return entry.isThroughHelper() ? inputs.scope(entry.member()) : entry.scope();
  }

  /** Whether the map is not one of the method's own. */
  private static boolean isKept(MethodInvocationTree call, Member member) {
    VarSymbol map = receiver(call);
    Tree declaration = map == null ? null : member.declaration(map);
    return declaration == null || member.parent(declaration) instanceof MethodTree;
  }

  private static @Nullable VarSymbol receiver(MethodInvocationTree call) {
    ExpressionTree receiver = Symbols.receiver(call);
    return receiver == null ? null : Symbols.variable(Symbols.strip(receiver));
  }

  private static String name(MethodInvocationTree call) {
    MethodSymbol method = Symbols.method(call);
    return method == null ? "" : method.name.toString();
  }
}
