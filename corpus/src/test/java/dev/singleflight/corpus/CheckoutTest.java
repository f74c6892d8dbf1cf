package dev.singleflight.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import eu.maveniverse.maven.mima.context.ContextOverrides;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.eclipse.aether.RepositoryException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From coordinates to findings, over a repository of our own that a user's settings name. */
final class CheckoutTest {

  private static final String CHECK = "SingleflightUnstableKey";
  private static final Artifact TEA = new Artifact(Part.SMALL, "shop:tea:1", List.of());

  private static final String GROUP =
      """
      package shop;

      import java.util.function.Supplier;

      class Group {
        @interface Coalescing {}

        @Coalescing
        String load(Object key, Supplier<String> loader) {
          return loader.get();
        }
      }
      """;
  private static final String TEAS =
      """
      package shop;

      class Teas {
        final Group group = new Group();

        String tea() {
          return group.load(System.nanoTime(), () -> "tea") + group.load(new int[1], () -> "tea");
        }
      }
      """;
  private static final String CUPS =
      """
      package shop;

      class Cups {}
      """;
  private static final String LOST =
      """
      package shop;

      class Lost extends not.to.be.had.Anywhere {}
      """;
  private static final String LOST_WITH_IT =
      """
      package shop;

      class LostWithIt {
        int tea = new Lost().anything;
      }
      """;

  @TempDir private Path folder;

  private Path remote = Path.of("");

  @BeforeEach
  void publish() throws IOException {
    remote = folder.resolve("remote");
    deploy(
        "shop",
        "tea",
        pom(
            "tea",
            dependency("kettle", "provided")
                + dependency("gone", "compile")
                + dependency("tasting", "test")),
        Map.of());
    Path sources = remote.resolve("shop/tea/1/tea-1-sources.jar");
    zip(
        sources,
        Map.of(
            "shop/Group.java", GROUP,
            "shop/Teas.java", TEAS,
            "shop/Cups.java", CUPS,
            "shop/Lost.java", LOST,
            "shop/LostWithIt.java", LOST_WITH_IT,
            "shop/package-info.java", "package shop;",
            "META-INF/Other.java", "class Other {}",
            "../Outside.java", "class Outside {}"));
    deploy("shop", "kettle", pom("kettle", ""), Map.of("a.txt", ""));
    deploy("shop", "tasting", pom("tasting", ""), Map.of("a.txt", ""));
  }

  private static String pom(String artifact, String dependencies) {
    return """
    <project>
      <modelVersion>4.0.0</modelVersion>
      <groupId>shop</groupId>
      <artifactId>%s</artifactId>
      <version>1</version>
      <packaging>bundle</packaging>
      <dependencies>%s</dependencies>
    </project>
    """
        .formatted(artifact, dependencies);
  }

  private static String dependency(String artifact, String scope) {
    return """
    <dependency>
      <groupId>shop</groupId>
      <artifactId>%s</artifactId>
      <version>1</version>
      <scope>%s</scope>
    </dependency>
    """
        .formatted(artifact, scope);
  }

  private void deploy(String group, String artifact, String pom, Map<String, String> entries)
      throws IOException {
    Path version = Files.createDirectories(remote.resolve(group).resolve(artifact).resolve("1"));
    Files.writeString(version.resolve(artifact + "-1.pom"), pom);
    zip(version.resolve(artifact + "-1.jar"), entries);
  }

  private static void zip(Path jar, Map<String, String> entries) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      for (Map.Entry<String, String> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private Repository repository() throws IOException {
    Path settings =
        Files.writeString(
            folder.resolve("settings.xml"),
            """
            <settings>
              <localRepository>%s</localRepository>
              <mirrors>
                <mirror>
                  <id>ours</id>
                  <mirrorOf>*</mirrorOf>
                  <url>%s</url>
                </mirror>
              </mirrors>
            </settings>
            """
                .formatted(folder.resolve("local"), remote.toUri()));
    return new Repository(
        ContextOverrides.create().withUserSettings(true).withUserSettingsXmlOverride(settings));
  }

  private Checkout checkout() throws IOException, RepositoryException {
    try (Repository repository = repository()) {
      return Checkout.of(TEA, repository, folder.resolve("work"));
    }
  }

  @Test
  void sourcesAreUnpackedAndNothingElse() throws IOException, RepositoryException {
    Checkout checkout = checkout();
    assertThat(checkout.files())
        .extracting(checkout::name)
        .containsExactly(
            "shop/Cups.java",
            "shop/Group.java",
            "shop/Lost.java",
            "shop/LostWithIt.java",
            "shop/Teas.java");
    assertThat(folder.resolve("work/shop_tea_1/Outside.java")).doesNotExist();
    assertThat(checkout.processors()).isEmpty();
  }

  @Test
  void theClassPathHasAllButTheTests() throws IOException, RepositoryException {
    assertThat(checkout().classPath())
        .extracting(jar -> jar.getFileName().toString())
        .containsExactly("tea-1.jar", "kettle-1.jar");
  }

  @Test
  void filesThatNeedWhatIsGoneAreLeftOut() throws Exception {
    Checkout checkout = new Attributable(new Javac(List.of())).of(checkout());
    assertThat(checkout.files())
        .extracting(checkout::name)
        .containsExactly("shop/Cups.java", "shop/Group.java", "shop/Teas.java");
    assertThat(checkout.lines()).isEqualTo((CUPS + GROUP + TEAS).lines().count());
  }

  @Test
  void whatTheChecksReportIsToldByItsPlace() throws Exception {
    Javac javac = new Javac(Checker.classPath());
    Checkout checkout = new Attributable(javac).of(checkout());
    Inspection inspection = Inspection.of(TEA, checkout, javac, Set.of(CHECK), List.of(), true);
    assertThat(inspection.findings())
        .extracting(Finding::key)
        .containsExactly(
            new Finding.Key("shop:tea", "shop/Teas.java", "Teas.tea()", CHECK),
            new Finding.Key("shop:tea", "shop/Teas.java", "Teas.tea()#2", CHECK));
    assertThat(inspection.findings()).extracting(Finding::line).containsExactly(7, 7);
    assertThat(inspection.crashes()).isEmpty();
    assertThat(inspection.without()).isPositive();
  }

  @Test
  void aFlagThatIsRefusedIsACrash() throws Exception {
    Javac javac = new Javac(Checker.classPath());
    Checkout checkout = new Attributable(javac).of(checkout());
    List<String> flags = List.of("-XepOpt:Singleflight:NoSuchOption=1");
    Inspection inspection = Inspection.of(TEA, checkout, javac, Set.of(CHECK), flags, false);
    assertThat(inspection.crashes()).singleElement().asString().contains("NoSuchOption");
  }

  @Test
  void aCheckThatCrashesIsReportedAndTheOtherFilesAreLookedAt() throws Exception {
    Javac javac = new Javac(Checker.classPath());
    Checkout checkout = new Attributable(javac).of(checkout());
    Inspection inspection =
        Inspection.of(TEA, checkout, javac, Set.of(CHECK, "Crashing"), List.of(), false);
    assertThat(inspection.crashes()).singleElement().asString().contains("over a cup");
    assertThat(inspection.findings()).hasSize(2);
  }
}
