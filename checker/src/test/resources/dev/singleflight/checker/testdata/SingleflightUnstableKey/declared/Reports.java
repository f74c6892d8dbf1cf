package test;

import com.alicp.jetcache.anno.Cached;
import io.quarkus.cache.CacheResult;
import org.springframework.cache.annotation.Cacheable;

class Reports {
  /** Compared by identity. */
  static final class Query {
    private final String text;

    Query(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  record Filter(String text) {}

  interface Engine {
    String run(String text, int... years);
  }

  private final Engine engine;

  Reports(Engine engine) {
    this.engine = engine;
  }

  @Cacheable("byQuery")
  // BUG: Diagnostic contains: 'query' is a Query, which has no equals
  public String byQuery(Query query) {
    return engine.run(query.text());
  }

  @Cacheable(value = "byYears", key = "#years")
  // BUG: Diagnostic contains: 'years' is an array
  public String byYears(int[] years) {
    return engine.run("", years);
  }

  @CacheResult(cacheName = "q")
  // BUG: Diagnostic contains: 'years' is an array
  public String quarkus(int[] years) {
    return engine.run("", years);
  }

  /** Spring's default key looks into arrays. */
  @Cacheable("defaultKey")
  public String defaultKey(int[] years) {
    return engine.run("", years);
  }

  /** So does that of several parameters. */
  @CacheResult(cacheName = "both")
  public String both(String text, int[] years) {
    return engine.run(text, years);
  }

  @Cacheable("filter")
  public String byFilter(Filter filter) {
    return engine.run(filter.text());
  }

  @Cacheable(value = "text", key = "#query.text()")
  public String byText(Query query) {
    return engine.run(query.text());
  }

  /** JetCache writes the parameter as text. */
  @Cached(name = "written")
  public String written(Query query) {
    return engine.run(query.text());
  }
}
