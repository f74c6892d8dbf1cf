package dev.singleflight.samples.tasks;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations as people write them: {@code 0.5s}, {@code 20s}, {@code 1m30s}. */
public final class ShortDuration implements ITypeConverter<Duration> {

  @Override
  public Duration convert(String text) {
    try {
      Duration duration = Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
      if (duration.compareTo(Duration.ZERO) > 0) {
        return duration;
      }
    } catch (DateTimeException e) {
      throw new TypeConversionException("'" + text + "' is no duration: write 20s, or 1m30s");
    }
    throw new TypeConversionException("'" + text + "' is over before it begins");
  }
}
