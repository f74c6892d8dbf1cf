package test;

import io.quarkus.cache.CacheKey;
import io.quarkus.cache.CacheResult;
import java.util.List;
import org.springframework.cache.annotation.Cacheable;

class Weather {
  interface Station {
    String report(String city);
  }

  private final Station station;

  Weather(Station station) {
    this.station = station;
  }

  @Cacheable("spring")
  public String bySpring(String city) {
    return station.report(city);
  }

  @javax.cache.annotation.CacheResult(cacheName = "jcache")
  public String byJCache(String city) {
    return station.report(city);
  }

  @CacheResult(cacheName = "quarkus")
  public String byQuarkus(@CacheKey String city) {
    return station.report(city);
  }

  @io.micronaut.cache.annotation.Cacheable("micronaut")
  public String byMicronaut(String city) {
    return station.report(city);
  }

  @jakarta.persistence.Cacheable
  public String byNone(String city) {
    return station.report(city);
  }

  List<String> throughProxies(String city) {
    return List.of(
        // BUG: Diagnostic contains: @Cacheable on 'bySpring'
        bySpring(city),
        // BUG: Diagnostic contains: @CacheResult on 'byJCache'
        byJCache(city));
  }

  /** These cache in a subclass, which overrides the method. */
  List<String> throughSubclasses(String city) {
    return List.of(byQuarkus(city), byMicronaut(city), byNone(city));
  }
}
