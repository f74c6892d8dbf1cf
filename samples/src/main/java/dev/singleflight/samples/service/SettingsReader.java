package dev.singleflight.samples.service;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads settings, and goes on after an error so that all of them can be told at once. What is read
 * of a setting that is wrong is of no use; {@link #finish} says so.
 */
final class SettingsReader {
  private final Map<String, String> environment;
  private final Properties properties;
  private final List<String> errors = new ArrayList<>();

  SettingsReader(Map<String, String> environment, Properties properties) {
    this.environment = environment;
    this.properties = properties;
    refuseUnknown();
  }

  int wholeNumber(Setting setting, int least, int greatest) {
    String text = text(setting);
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= greatest) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below, as of one that is out of range
    }
    return wrong(setting, text, "a whole number from " + least + " to " + greatest, least);
  }

  boolean flag(Setting setting) {
    String text = text(setting);
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> wrong(setting, text, "true or false", false);
    };
  }

  /** Reads a duration that is not zero. */
  Duration duration(Setting setting) {
    Duration duration = durationOrZero(setting);
    return duration.isZero()
        ? wrong(setting, text(setting), "longer than that", Duration.ofSeconds(1))
        : duration;
  }

  Duration durationOrZero(Setting setting) {
    String text = text(setting);
    try {
      return ShortDuration.parse(text);
    } catch (DateTimeException e) {
      return wrong(setting, text, "a duration such as 0.5s, 90s or 1h30m", Duration.ofSeconds(1));
    }
  }

  /** Reads a duration that is not zero, or {@code never}, which is empty. */
  Optional<Duration> durationOrNever(Setting setting) {
    return text(setting).equals("never") ? Optional.empty() : Optional.of(duration(setting));
  }

  /** Notes what is wrong with settings that are each all right. */
  void require(boolean holds, String otherwise) {
    if (!holds && errors.isEmpty()) {
      errors.add(otherwise);
    }
  }

  /**
   * Ends the reading.
   *
   * @throws SettingsException if anything was wrong
   */
  void finish() {
    if (!errors.isEmpty()) {
      throw new SettingsException(String.join(System.lineSeparator(), errors));
    }
  }

  private String text(Setting setting) {
    String property = properties.getProperty(setting.property());
    String text = property != null ? property : environment.get(setting.variable());
    return text == null ? setting.unlessSet() : text.strip();
  }

  private <T> T wrong(Setting setting, String text, String expected, T instead) {
    String name =
        properties.getProperty(setting.property()) != null
            ? setting.property()
            : setting.variable();
    errors.add(name + " is '" + text + "', but has to be " + expected);
    return instead;
  }

  private void refuseUnknown() {
    Set<String> known =
        Arrays.stream(Setting.values())
            .flatMap(setting -> Stream.of(setting.variable(), setting.property()))
            .collect(Collectors.toSet());
    Stream.concat(
            environment.keySet().stream().filter(Setting::isVariable),
            properties.stringPropertyNames().stream().filter(Setting::isProperty))
        .filter(name -> !known.contains(name))
        .sorted()
        .forEach(name -> errors.add("There is no setting " + name));
  }
}
