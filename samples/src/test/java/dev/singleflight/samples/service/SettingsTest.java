package dev.singleflight.samples.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class SettingsTest {

  @Test
  void withoutAnythingSetItIsAsTheUsageSays() {
    Settings settings = Settings.of(Map.of("PATH", "/bin"), new Properties());
    assertThat(settings.port()).isEqualTo(8080);
    assertThat(settings.cache().coalescing()).isTrue();
    assertThat(settings.cache().ttl()).isEqualTo(Duration.ofMinutes(1));
    assertThat(settings.cache().refreshAfter()).hasValue(Duration.ofSeconds(45));
    assertThat(Settings.usage()).contains("CATALOGUE_PORT", "8080", "CATALOGUE_TTL", "60s");
  }

  @Test
  void pageTellsOfEachSetting() throws IOException {
    String rows =
        Arrays.stream(Setting.values())
            .map(
                setting ->
                    "| `%s` | `%s` | %s |\n"
                        .formatted(setting.variable(), setting.unlessSet(), setting.meaning()))
            .collect(Collectors.joining());
    assertThat(Files.readString(Path.of("../docs/samples/service.md")))
        .contains("|---|---|---|\n" + rows + "\n");
  }

  @Test
  void propertyWinsOverVariable() {
    Properties properties = new Properties();
    properties.setProperty("catalogue.port", "1");
    properties.setProperty("catalogue.database.timeout", "0.5s");
    Settings settings =
        Settings.of(Map.of("CATALOGUE_PORT", "2", "CATALOGUE_CONNECTIONS", " 3 "), properties);
    assertThat(settings.port()).isEqualTo(1);
    assertThat(settings.connections()).isEqualTo(3);
    assertThat(settings.databaseTimeout()).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void zeroAndNeverAreTakenWhereTheyMakeSense() {
    Settings settings =
        Settings.of(
            Map.of("CATALOGUE_MISSING_TTL", "0s", "CATALOGUE_REFRESH_AFTER", "never"),
            new Properties());
    assertThat(settings.cache().missingTtl()).isZero();
    assertThat(settings.cache().refreshAfter()).isEqualTo(Optional.empty());
  }

  @Test
  void allThatIsWrongIsToldAtOnce() {
    Properties properties = new Properties();
    properties.setProperty("catalogue.ttl", "soon");
    properties.setProperty("catalogue.colour", "red");
    assertThatThrownBy(
            () ->
                Settings.of(
                    Map.of(
                        "CATALOGUE_PORT", "eighty",
                        "CATALOGUE_COALESCING", "yes",
                        "CATALOGUE_CONNECTIONS", "0",
                        "CATALOGUE_DATABASE_TIMEOUT", "0s",
                        "CATALOGUE_STOP_TIMEOUT", "-1s",
                        "CATALOGUE_PROT", "80"),
                    properties))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            String.join(
                System.lineSeparator(),
                "There is no setting CATALOGUE_PROT",
                "There is no setting catalogue.colour",
                "CATALOGUE_COALESCING is 'yes', but has to be true or false",
                "catalogue.ttl is 'soon', but has to be a duration such as 0.5s, 90s or 1h30m",
                "CATALOGUE_PORT is 'eighty', but has to be a whole number from 0 to 65535",
                "CATALOGUE_CONNECTIONS is '0', but has to be a whole number from 1 to 1000",
                "CATALOGUE_DATABASE_TIMEOUT is '0s', but has to be longer than that",
                "CATALOGUE_STOP_TIMEOUT is '-1s', but has to be a duration such as 0.5s, 90s or"
                    + " 1h30m"));
  }

  @Test
  void refreshAfterTheEndIsRefused() {
    assertThatThrownBy(() -> Settings.of(Map.of("CATALOGUE_TTL", "45s"), new Properties()))
        .isInstanceOf(SettingsException.class)
        .hasMessage("CATALOGUE_REFRESH_AFTER has to be shorter than CATALOGUE_TTL, or never");
  }
}
