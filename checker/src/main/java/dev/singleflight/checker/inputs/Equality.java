package dev.singleflight.checker.inputs;

import com.google.common.collect.ImmutableList;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.inputs.Term.New;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Symbols;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What takes part in whether an object equals another. */
final class Equality {
  private final Sources sources;

  Equality(Sources sources) {
    this.sources = sources;
  }

  /**
   * The values that an object's equals compares: those of the fields that it names, all of them
   * where it is a record's own, what the constructor was given where nothing better is known.
   */
  ImmutableList<Term> compared(New object) {
    if (object.fields().isEmpty()) {
      return object.arguments();
    }
    MethodTree equals = equals(object.type());
    if (equals == null) {
      return Symbols.isRecord(object.type())
          ? object.fields().values().asList()
          : object.arguments();
    }
    Set<VarSymbol> named = fieldsIn(equals);
    ImmutableList<Term> compared =
        object.fields().entrySet().stream()
            .filter(field -> named.contains(field.getKey()))
            .map(field -> field.getValue())
            .collect(ImmutableList.toImmutableList());
    return compared.isEmpty() ? object.arguments() : compared;
  }

  /**
   * Whether an object's equals compares an array that it holds by identity: a record's own does,
   * one that is written out where it asks {@code Objects.equals}, {@code equals} or {@code ==}.
   */
  boolean comparesIdentity(ClassSymbol type, VarSymbol array) {
    MethodTree equals = equals(type);
    if (equals == null) {
      return Symbols.isRecord(type);
    }
    boolean[] found = {false};
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitMethodInvocation(
          MethodInvocationTree node, @Nullable Void unused) {
        MethodSymbol method = Symbols.method(node);
        if (method != null && method.name.contentEquals("equals")) {
          ExpressionTree receiver = Symbols.receiver(node);
          boolean ofObjects = method.owner.getQualifiedName().contentEquals("java.util.Objects");
          ExpressionTree first = ofObjects ? node.getArguments().get(0) : receiver;
          found[0] |= first != null && Symbols.variable(Symbols.strip(first)) == array;
        }
        return super.visitMethodInvocation(node, null);
      }
    }.scan(equals.getBody(), null);
    return found[0];
  }

  private @Nullable MethodTree equals(ClassSymbol type) {
    for (Symbol member : type.members().getSymbols()) {
      if (member instanceof MethodSymbol method
          && method.name.contentEquals("equals")
          && method.params().size() == 1) {
        return sources.method(method);
      }
    }
    return null;
  }

  private static Set<VarSymbol> fieldsIn(MethodTree method) {
    Set<VarSymbol> fields = new HashSet<>();
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitIdentifier(IdentifierTree node, @Nullable Void unused) {
        add(node);
        return null;
      }

      @Override
      public @Nullable Void visitMemberSelect(MemberSelectTree node, @Nullable Void unused) {
        add(node);
        return scan(node.getExpression(), null);
      }

      private void add(Tree node) {
        VarSymbol variable = Symbols.variable(node);
        if (variable != null && Symbols.isField(variable)) {
          fields.add(variable);
        }
      }
    }.scan(method.getBody(), null);
    return fields;
  }
}
