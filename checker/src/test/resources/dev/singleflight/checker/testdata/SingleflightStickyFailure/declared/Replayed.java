package test;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;

/** What plays back all that came of it, kept in a map. */
class Replayed {
  interface Discovery {
    String issuer(String location);
  }

  private final Map<String, Mono<String>> issuers = new ConcurrentHashMap<>();
  private final Map<String, Mono<String>> dropped = new ConcurrentHashMap<>();
  private final Discovery discovery;

  Replayed(Discovery discovery) {
    this.discovery = discovery;
  }

  Mono<String> issuer(String location) {
    return issuers.computeIfAbsent(
        location,
        // BUG: Diagnostic contains: plays back whatever came of the load, its error too
        key -> Mono.fromCallable(() -> discovery.issuer(key)).map(String::trim).cache());
  }

  Mono<String> byHelper(String location) {
    // BUG: Diagnostic contains: plays back whatever came of the load, its error too
    return issuers.computeIfAbsent(location, this::discover);
  }

  private Mono<String> discover(String location) {
    return Mono.fromCallable(() -> discovery.issuer(location)).cache();
  }

  Mono<String> memoized(String location) {
    Mono<String> known = issuers.get(location);
    if (known == null) {
      // BUG: Diagnostic contains: plays back whatever came of the load, its error too
      issuers.put(location, Mono.fromCallable(() -> discovery.issuer(location)).cache());
      known = issuers.get(location);
    }
    return known;
  }

  /** Errors are not kept. */
  Mono<String> valuesOnly(String location) {
    return issuers.computeIfAbsent(
        location,
        key ->
            Mono.fromCallable(() -> discovery.issuer(key))
                .cache(value -> Duration.ofDays(1), error -> Duration.ZERO, () -> Duration.ZERO));
  }

  Mono<String> forAWhile(String location) {
    return issuers.computeIfAbsent(
        location,
        key -> Mono.fromCallable(() -> discovery.issuer(key)).cache(Duration.ofSeconds(10)));
  }

  /** Each subscriber asks anew. */
  Mono<String> notCached(String location) {
    return issuers.computeIfAbsent(location, key -> Mono.fromCallable(() -> discovery.issuer(key)));
  }

  /** There is no error any more, but what stands in for it. */
  Mono<String> handled(String location) {
    return issuers.computeIfAbsent(
        location,
        // BUG: Diagnostic contains: keeps what stands in for a failed load ('"none"')
        key -> Mono.fromCallable(() -> discovery.issuer(key)).onErrorReturn("none").cache());
  }

  Mono<String> known(String location) {
    return issuers.computeIfAbsent(location, key -> Mono.just(key.trim()).cache());
  }

  /** Somebody drops what has failed. */
  Mono<String> dropped(String location) {
    return dropped.computeIfAbsent(
        location, key -> Mono.fromCallable(() -> discovery.issuer(key)).cache());
  }

  void failed(String location) {
    dropped.remove(location);
  }
}
