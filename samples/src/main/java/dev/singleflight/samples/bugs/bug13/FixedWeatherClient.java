package dev.singleflight.samples.bugs.bug13;

import dev.singleflight.SingleflightGroup;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * Asks a weather service for forecasts, with as much patience as each part of an application has.
 *
 * <p>A copy is given the group of the original, so that all copies meet in one flight: how long a
 * caller waits has no part in what is loaded.
 */
public final class FixedWeatherClient {
  private final SingleflightGroup<String, Forecast> forecasts;
  private final WeatherService service;
  private final Duration patience;

  public FixedWeatherClient(WeatherService service, Duration patience) {
    this(SingleflightGroup.create(), service, patience);
  }

  private FixedWeatherClient(
      SingleflightGroup<String, Forecast> forecasts, WeatherService service, Duration patience) {
    this.forecasts = forecasts;
    this.service = service;
    this.patience = patience;
  }

  /** Returns a client like this one, but for how long its callers wait. */
  public FixedWeatherClient withPatience(Duration other) {
    return new FixedWeatherClient(forecasts, service, other);
  }

  public Forecast forecast(String city) throws IOException, TimeoutException {
    return forecasts.execute(city, service::forecast, patience);
  }

  /** A forecast, and its price, from another company. */
  public interface WeatherService {
    Forecast forecast(String city) throws IOException;
  }

  /** What the weather will be like. */
  public record Forecast(String city, int celsius) {}
}
