package dev.singleflight.checker;

import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.matchers.Matchers;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The folders show the architecture: each uses only those named before it. */
final class ArchitectureTest {
  private static final String ROOT = "dev.singleflight.checker.";

  private static final List<String> LAYERS =
      List.of(
          "options", "source", "api", "site", "inputs", "effects", "context", "report", "checks");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.singleflight.checker");

  @TestFactory
  Stream<DynamicTest> layers() {
    return LAYERS.stream().map(layer -> DynamicTest.dynamicTest(layer, () -> usesEarlier(layer)));
  }

  private static void usesEarlier(String layer) {
    String[] later =
        LAYERS.subList(LAYERS.indexOf(layer) + 1, LAYERS.size()).stream()
            .map(name -> ROOT + name + "..")
            .toArray(String[]::new);
    if (later.length > 0) {
      ArchRuleDefinition.noClasses()
          .that()
          .resideInAPackage(ROOT + layer + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(later)
          .check(CLASSES);
    }
  }

  @Test
  void checksDoNotWalkTrees() {
    ArchRuleDefinition.noClasses()
        .that()
        .resideInAPackage(ROOT + "checks..")
        .should()
        .dependOnClassesThat()
        .haveNameMatching("com\\.sun\\.source\\.util\\.Tree.*Scanner")
        .check(CLASSES);
  }

  /** What Error Prone changed between 2.42 and 2.50 would only fail on the other JDK. */
  @Test
  void onlyWhatAllErrorPronesHave() {
    ArchRuleDefinition.noClasses()
        .should()
        .callMethod(ASTHelpers.class, "enclosingPackage", Symbol.class)
        .orShould()
        .callMethod(BugChecker.class, "isSuppressed", Tree.class)
        .orShould()
        .callMethod(Matchers.class, "packageMatches", String.class)
        .check(CLASSES);
  }

  @Test
  void nothingIsTakenFromErrorPronesOwnChecks() {
    ArchRuleDefinition.noClasses()
        .should()
        .dependOnClassesThat(
            new DescribedPredicate<>("error_prone_core") {
              @Override
              public boolean test(JavaClass type) {
                return type.getPackageName().startsWith("com.google.errorprone.bugpatterns")
                    && !type.getFullName()
                        .startsWith("com.google.errorprone.bugpatterns.BugChecker");
              }
            })
        .check(CLASSES);
  }
}
