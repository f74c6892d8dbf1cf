package dev.singleflight.checker.source;

import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.UnaryTree;
import com.sun.tools.javac.code.Attribute;
import com.sun.tools.javac.code.Flags;
import com.sun.tools.javac.code.Kinds;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.tree.JCTree;
import com.sun.tools.javac.tree.TreeInfo;
import java.util.Locale;
import javax.lang.model.element.ElementKind;
import org.jspecify.annotations.Nullable;

/**
 * Questions to javac's symbols and trees that also have an answer where code is erroneous or not
 * attributed: null or false.
 */
public final class Symbols {
  private Symbols() {}

  /** The symbol that a tree refers to or declares. */
  public static @Nullable Symbol of(@Nullable Tree tree) {
    if (tree instanceof MethodInvocationTree call) {
      return of(call.getMethodSelect());
    }
    if (tree instanceof NewClassTree) {
      return ((JCTree.JCNewClass) tree).constructor;
    }
    if (tree instanceof MemberReferenceTree) {
      return ((JCTree.JCMemberReference) tree).sym;
    }
    if (tree instanceof JCTree jcTree) {
      Symbol symbol = TreeInfo.symbol(jcTree);
      return symbol != null ? symbol : TreeInfo.symbolFor(jcTree);
    }
    return null;
  }

  /** The method that a call, a constructor call or a method reference names. */
  public static @Nullable MethodSymbol method(@Nullable Tree tree) {
    return of(tree) instanceof MethodSymbol method ? method : null;
  }

  /** The variable that an expression names or a declaration declares. */
  public static @Nullable VarSymbol variable(@Nullable Tree tree) {
    return of(tree) instanceof VarSymbol variable ? variable : null;
  }

  /** The class that a member, or what is declared in it, belongs to. */
  public static ClassSymbol enclosingClass(Symbol symbol) {
    return ASTHelpers.enclosingClass(symbol);
  }

  /**
   * The top-level class that a symbol belongs to; null for what belongs to none, such as the {@code
   * clone} of an array.
   */
  public static @Nullable ClassSymbol outermostClass(Symbol symbol) {
    ClassSymbol outermost = null;
    for (Symbol at = symbol; at != null && at.kind != Kinds.Kind.PCK; at = at.owner) {
      outermost = at instanceof ClassSymbol type ? type : null;
    }
    return outermost;
  }

  /**
   * The package that a symbol is declared in; Error Prone's own answer changed its type in 2.43.
   */
  public static @Nullable Symbol enclosingPackage(Symbol symbol) {
    ClassSymbol outermost = outermostClass(symbol);
    return outermost == null ? null : outermost.owner;
  }

  public static boolean isField(Symbol symbol) {
    return symbol.getKind() == ElementKind.FIELD || symbol.getKind() == ElementKind.ENUM_CONSTANT;
  }

  public static boolean isFinal(Symbol symbol) {
    return (symbol.flags() & (Flags.FINAL | Flags.EFFECTIVELY_FINAL)) != 0;
  }

  public static boolean isPrivate(Symbol symbol) {
    return (symbol.flags() & Flags.PRIVATE) != 0;
  }

  public static boolean isPublic(Symbol symbol) {
    return (symbol.flags() & Flags.PUBLIC) != 0;
  }

  public static boolean isRecord(Symbol symbol) {
    return symbol.getKind() == ElementKind.RECORD;
  }

  /**
   * The expression without parentheses and casts, which change nothing about what it is made of.
   */
  public static ExpressionTree strip(ExpressionTree tree) {
    ExpressionTree stripped = tree;
    while (true) {
      if (stripped instanceof ParenthesizedTree parens) {
        stripped = parens.getExpression();
      } else if (stripped instanceof TypeCastTree cast) {
        stripped = cast.getExpression();
      } else {
        return stripped;
      }
    }
  }

  /** What {@code ++} or {@code --} changes; null for any other operator. */
  public static @Nullable ExpressionTree changed(UnaryTree tree) {
    return switch (tree.getKind()) {
      case PREFIX_INCREMENT, POSTFIX_INCREMENT, PREFIX_DECREMENT, POSTFIX_DECREMENT ->
          strip(tree.getExpression());
      default -> null;
    };
  }

  /** The array or object that an element or a field, which is assigned to, is in; or null. */
  public static @Nullable ExpressionTree holder(ExpressionTree target) {
    ExpressionTree stripped = strip(target);
    if (stripped instanceof ArrayAccessTree access) {
      return access.getExpression();
    }
    return stripped instanceof MemberSelectTree select ? select.getExpression() : null;
  }

  /** What a method is called on; null for an unqualified call. */
  public static @Nullable ExpressionTree receiver(MethodInvocationTree call) {
    return call.getMethodSelect() instanceof MemberSelectTree select
        ? select.getExpression()
        : null;
  }

  /** Whether a member select or identifier names a type or package rather than a value. */
  public static boolean isTypeOrPackage(Tree tree) {
    Symbol symbol = of(tree);
    return symbol instanceof ClassSymbol || symbol instanceof Symbol.PackageSymbol;
  }

  /** The declared annotation of that simple name, whatever package it is from. */
  public static Attribute.@Nullable Compound annotation(Symbol symbol, String simpleName) {
    for (Attribute.Compound annotation : symbol.getRawAttributes()) {
      if (annotation.type.tsym.name.contentEquals(simpleName)) {
        return annotation;
      }
    }
    return null;
  }

  public static boolean hasAnnotation(Symbol symbol, String simpleName) {
    return annotation(symbol, simpleName) != null;
  }

  /**
   * Whether a symbol has an annotation of that simple name that says nothing more, as ours do: of
   * the same name with elements is somebody else's, about something else.
   */
  public static boolean isMarked(Symbol symbol, String simpleName) {
    Attribute.Compound annotation = annotation(symbol, simpleName);
    return annotation != null
        && !annotation
            .type
            .tsym
            .members()
            .getSymbols(element -> element instanceof MethodSymbol)
            .iterator()
            .hasNext();
  }

  /** Fully qualified name of a type's class; empty where it has none. */
  public static String qualifiedName(@Nullable Type type) {
    return type == null || type.tsym == null ? "" : type.tsym.getQualifiedName().toString();
  }

  public static String simpleName(@Nullable Type type) {
    return type == null || type.tsym == null ? "" : type.tsym.getSimpleName().toString();
  }

  public static @Nullable Type typeOf(Tree tree) {
    Type type = ASTHelpers.getType(tree);
    return type == null || type.isErroneous() ? null : type;
  }

  /** An accessor's property: {@code getTenantId} and {@code tenantId} both give tenantId. */
  public static String property(String accessor) {
    for (String prefix : new String[] {"get", "is", "current", "resolve"}) {
      int at = prefix.length();
      if (accessor.startsWith(prefix)
          && accessor.length() > at
          && Character.isUpperCase(accessor.charAt(at))) {
        return accessor.substring(at, at + 1).toLowerCase(Locale.ROOT) + accessor.substring(at + 1);
      }
    }
    return accessor;
  }

  /** Whether a field is all that its record holds, and a plain value: the record is its name. */
  public static boolean isWrapped(VarSymbol field) {
    return field.owner instanceof ClassSymbol type
        && isRecord(type)
        && type.getRecordComponents().size() == 1
        && (field.type.isPrimitive()
            || qualifiedName(field.type).startsWith("java.lang.")
            || qualifiedName(field.type).equals("java.util.UUID"));
  }
}
