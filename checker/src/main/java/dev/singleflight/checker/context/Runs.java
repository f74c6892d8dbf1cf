package dev.singleflight.checker.context;

import com.google.common.collect.ImmutableSet;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Attribute;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Sources.Use;
import dev.singleflight.checker.source.Symbols;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Whether code runs again and again as callers come, or once: when an object, a program or a test
 * is set up.
 */
final class Runs {
  private static final int MAX_DEPTH = 3;

  private static final Pattern TEST_CLASS =
      Pattern.compile(".*(Tests?|TestCase|IT|ITCase|Benchmark|Bench|Spec|Demo|Example)");

  /** What runs a method once, or makes what is kept of what it returns. */
  private static final ImmutableSet<String> ONCE =
      ImmutableSet.of(
          "Test",
          "ParameterizedTest",
          "RepeatedTest",
          "TestFactory",
          "TestTemplate",
          "Property",
          "Benchmark",
          "Setup",
          "Before",
          "BeforeEach",
          "BeforeAll",
          "BeforeClass",
          "BeforeMethod",
          "After",
          "AfterEach",
          "Actor",
          "Operation",
          "Bean",
          "Provides",
          "Produces",
          "Singleton",
          "PostConstruct",
          "PreDestroy",
          "Startup");

  private final Sources sources;
  private final Confinement confinement;

  Runs(Sources sources, Confinement confinement) {
    this.sources = sources;
    this.confinement = confinement;
  }

  /** Whether the code at {@code node} runs for each of many callers. */
  boolean isPerCall(Tree node, Member member) {
    return isPerCall(node, member, 0);
  }

  private boolean isPerCall(Tree node, Member member, int depth) {
    MethodSymbol method = Symbols.method(member.tree());
    if (isTest(member.type()) || (method != null && (isMain(method) || runsOnce(method)))) {
      return false;
    }
    Tree run = confinement.run(node, member);
    if (run != member.tree()) {
      return run instanceof LambdaExpressionTree || run instanceof MethodTree;
    }
    return method != null
        && !method.isConstructor()
        && !(Symbols.isPrivate(method) && isOnlyCalledOnce(method, member, depth));
  }

  /** A private method that only code which runs once calls: a part of a main method, say. */
  private boolean isOnlyCalledOnce(MethodSymbol method, Member member, int depth) {
    List<Use> calls = sources.callsOf(method);
    if (calls.isEmpty() || depth >= MAX_DEPTH) {
      return false;
    }
    for (Use call : calls) {
      Member caller = sources.member(call.root(), method);
      boolean once =
          caller == member || (caller != null && !isPerCall(call.tree(), caller, depth + 1));
      if (!once) {
        return false;
      }
    }
    return true;
  }

  /** {@code main}, or what a framework has in its place: {@code run(String... args)}. */
  private static boolean isMain(MethodSymbol method) {
    return (method.isStatic() && method.name.contentEquals("main"))
        || (method.name.contentEquals("run")
            && method.params().size() == 1
            && method
                .params()
                .get(0)
                .type
                .toString()
                .matches("(java.lang.)?String(\\[]|\\.\\.\\.)|.*ApplicationArguments"));
  }

  private static boolean runsOnce(MethodSymbol method) {
    return method.getRawAttributes().stream()
        .map(Runs::name)
        .anyMatch(name -> ONCE.contains(name) || name.endsWith("Test"));
  }

  static boolean isTest(ClassSymbol type) {
    for (Symbol at = type; at instanceof ClassSymbol; at = at.owner) {
      if (TEST_CLASS.matcher(at.name).matches() || Symbols.hasAnnotation(at, "State")) {
        return true;
      }
    }
    return false;
  }

  private static String name(Attribute.Compound annotation) {
    return annotation.type.tsym.name.toString();
  }
}
