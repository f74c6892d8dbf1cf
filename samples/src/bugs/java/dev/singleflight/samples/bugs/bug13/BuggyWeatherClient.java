package dev.singleflight.samples.bugs.bug13;

import dev.singleflight.SingleflightGroup;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * Asks a weather service for forecasts, with as much patience as each part of an application has.
 *
 * <p>Every part that sets its own patience is given a copy of the client, and every copy has a
 * group of its own. The front page, the alerts and the widget all ask for the same city at the same
 * moment, and the service is asked, and paid for, three times.
 */
public final class BuggyWeatherClient {
  private final SingleflightGroup<String, Forecast> forecasts = SingleflightGroup.create();
  private final WeatherService service;
  private final Duration patience;

  public BuggyWeatherClient(WeatherService service, Duration patience) {
    this.service = service;
    this.patience = patience;
  }

  /** Returns a client like this one, but for how long its callers wait. */
  public BuggyWeatherClient withPatience(Duration other) {
    // flagged: SingleflightGroupNotShared
    return new BuggyWeatherClient(service, other);
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
