package dev.singleflight.samples.service;

import dev.singleflight.samples.service.catalogue.CacheSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * How the service runs.
 *
 * @param port where it listens; 0 for any port that is free
 * @param cache how the catalogue is cached
 * @param connections how many connections to the database there are at most
 * @param databaseTimeout how long to wait at most for a connection, and then for an answer
 * @param stopTimeout how long requests under way may take when the service is stopped
 * @param demoData whether to put some products on sale to try it with
 */
public record Settings(
    int port,
    CacheSettings cache,
    int connections,
    Duration databaseTimeout,
    Duration stopTimeout,
    boolean demoData) {

  /**
   * Reads the settings of this process.
   *
   * @throws SettingsException if they cannot be; it says what is wrong with all of them
   */
  public static Settings ofProcess() {
    return of(System.getenv(), System.getProperties());
  }

  /**
   * Reads settings. A property wins over a variable; what is set by neither is as {@link #usage}
   * says.
   *
   * @throws SettingsException if they cannot be; it says what is wrong with all of them
   */
  public static Settings of(Map<String, String> environment, Properties properties) {
    SettingsReader reader = new SettingsReader(environment, properties);
    CacheSettings cache =
        new CacheSettings(
            reader.flag(Setting.COALESCING),
            reader.duration(Setting.TTL),
            reader.durationOrZero(Setting.MISSING_TTL),
            reader.durationOrNever(Setting.REFRESH_AFTER),
            reader.wholeNumber(Setting.MAXIMUM_PRODUCTS, 1, Integer.MAX_VALUE));
    Settings settings =
        new Settings(
            reader.wholeNumber(Setting.PORT, 0, 65_535),
            cache,
            reader.wholeNumber(Setting.CONNECTIONS, 1, 1_000),
            reader.duration(Setting.DATABASE_TIMEOUT),
            reader.duration(Setting.STOP_TIMEOUT),
            reader.flag(Setting.DEMO_DATA));
    reader.require(
        cache.refreshAfter().map(age -> age.compareTo(cache.ttl()) < 0).orElse(true),
        Setting.REFRESH_AFTER.variable()
            + " has to be shorter than "
            + Setting.TTL.variable()
            + ", or never");
    reader.finish();
    return settings;
  }

  /** Returns what can be set, a line for each. */
  public static String usage() {
    return Arrays.stream(Setting.values())
        .map(
            setting ->
                String.format(
                    "  %-27s %-7s %s%n",
                    setting.variable(), setting.unlessSet(), setting.meaning()))
        .collect(Collectors.joining());
  }
}
