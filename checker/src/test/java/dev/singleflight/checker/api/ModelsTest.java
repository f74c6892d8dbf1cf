package dev.singleflight.checker.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableSet;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that a library on the path of the checker names in META-INF/services. */
final class ModelsTest {
  private static final String MEMO =
      """
      package com.acme;

      public interface Memo {
        <V> V remember(String key, java.util.function.Supplier<V> loader);
      }
      """;

  private static final String USER =
      """
      package test;

      class Prices {
        interface Db {
          String price(String tenantId, String article);
        }

        private final com.acme.Memo memo;
        private final Db db;

        Prices(com.acme.Memo memo, Db db) {
          this.memo = memo;
          this.db = db;
        }

        String price(String tenantId, String article) {
          return memo.remember(article, () -> db.price(tenantId, article));
        }
      }
      """;

  /** A library that says of its memo that it coalesces. */
  public static final class Good implements ApiModel {
    @Override
    public Iterable<Api> apis() {
      return List.of(Api.keyThenLoader("com.acme.Memo", "remember", Trait.COALESCES, Trait.BLOCKS));
    }
  }

  /** Fails. */
  public static final class Failing implements ApiModel {
    @Override
    public Iterable<Api> apis() {
      throw new IllegalStateException("no model today");
    }
  }

  /** Cannot be made. */
  public static final class Unmade implements ApiModel {
    private Unmade() {}

    @Override
    public Iterable<Api> apis() {
      return List.of();
    }
  }

  /** Says what cannot be. */
  public static final class Nonsense implements ApiModel {
    @Override
    public Iterable<Api> apis() {
      return List.of(
          Api.keyThenLoader("not a type", "get"),
          Api.keyThenLoader("com.acme.Memo", "get(String)"),
          Api.keyThenLoader("com.acme.Memo", "both").loaderAt(0),
          new Api("com.acme.Memo", "far", ImmutableSet.of(-3), 1, "", ImmutableSet.of()),
          Api.keyOnly("com.acme.Memo", "keeps", 1, Trait.KEEPS_LOADER),
          Api.keyOnly("com.acme.Memo", "declared", 1, Trait.DECLARED));
    }
  }

  @TempDir Path folder;

  @Test
  void aLibrarysOwnModel() throws Exception {
    assertThat(javac(Good.class.getName()))
        .contains("[SingleflightTenantMissingFromKey]", "memo.remember", "'tenantId'")
        .contains("1 error")
        .doesNotContain("Singleflight for Java");
  }

  @Test
  void withoutAModelNothingIsKnownOfIt() throws Exception {
    assertThat(javac()).isEmpty();
  }

  @Test
  void aBadModelIsToldOfAndBreaksNothing() throws Exception {
    assertThat(
            javac(
                Failing.class.getName(),
                Unmade.class.getName(),
                "com.acme.Missing",
                Nonsense.class.getName(),
                Good.class.getName()))
        .contains("1 error", "[SingleflightTenantMissingFromKey]") // what the last one finds
        .contains("9 warnings")
        .containsPattern("Singleflight for Java: .*Failing cannot be used: .*no model today")
        .containsPattern("Singleflight for Java: .*cannot be used: .*Unmade")
        .containsPattern("Singleflight for Java: .*cannot be used: .*com.acme.Missing")
        .contains("not a type#get: that is no type's name")
        .contains("get(String): that is no method's name")
        .contains("#both: one parameter cannot be both")
        .contains("#far: a parameter's position is 0 or more")
        .contains("#keeps: what keeps its loader is given one")
        .contains("#declared: DECLARED and VALUE are not");
  }

  /**
   * What a javac of its own says: in this one, the checker is on the class path, and would look for
   * models there.
   */
  private String javac(String... models) throws IOException, InterruptedException {
    Path services = folder.resolve("META-INF/services/dev.singleflight.checker.api.ApiModel");
    Files.createDirectories(services.getParent());
    Files.write(services, List.of(models));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "javac").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-"))
        .forEach(argument -> command.add("-J" + argument));
    command.addAll(
        List.of(
            "-d",
            folder.toString(),
            "-proc:none",
            "-XDcompilePolicy=simple",
            "--should-stop=ifError=FLOW",
            "-XDaddTypeAnnotationsToSymbol=true",
            "-processorpath",
            System.getProperty("java.class.path") + File.pathSeparator + folder,
            "-Xplugin:ErrorProne -XepDisableAllChecks -Xep:SingleflightTenantMissingFromKey:ERROR"));
    command.add(write("Memo.java", MEMO));
    command.add(write("Prices.java", USER));
    Path said = folder.resolve("said.txt");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return Files.readString(said);
  }

  private String write(String name, String source) throws IOException {
    return Files.writeString(folder.resolve(name), source).toString();
  }
}
