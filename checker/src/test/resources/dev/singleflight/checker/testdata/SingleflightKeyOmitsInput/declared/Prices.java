package test;

import com.alicp.jetcache.anno.Cached;
import io.quarkus.cache.CacheKey;
import io.quarkus.cache.CacheResult;
import java.util.List;
import java.util.Locale;
import org.springframework.cache.annotation.CacheConfig;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.Caching;

/** Prices of a shop, cached by annotation. */
class Prices {
  record Article(long id, String name) {}

  record Price(long cents, String currency) {}

  interface Database {
    Price price(long article, String currency);

    List<Price> prices(String country, Locale locale);

    List<Price> cheap();

    List<Price> dear();

    Price save(Article article, Price price);
  }

  private final Database database;

  Prices(Database database) {
    this.database = database;
  }

  // BUG: Diagnostic contains: "'all'" names no parameter
  @Cacheable(value = "prices", key = "'all'")
  public List<Price> ofCountry(String country) {
    return database.prices(country, Locale.ROOT);
  }

  // BUG: Diagnostic contains: depends on 'currency'
  @Cacheable(value = "price", key = "#article")
  public Price inCurrency(long article, String currency) {
    return database.price(article, currency);
  }

  // BUG: Diagnostic contains: names 'articleId', but the method has no parameter of that name
  @Cacheable(value = "misnamed", key = "#articleId")
  public Price misnamed(long article) {
    return database.price(article, "EUR");
  }

  // BUG: Diagnostic contains: depends on 'locale'
  @Cached(name = "listed", key = "#country + ':list'")
  public List<Price> listed(String country, Locale locale) {
    return database.prices(country, locale);
  }

  // BUG: Diagnostic contains: depends on 'currency'
  @CacheResult(cacheName = "marked")
  public Price marked(@CacheKey long article, String currency) {
    return database.price(article, currency);
  }

  // BUG: Diagnostic contains: names 'goods'
  @io.micronaut.cache.annotation.Cacheable(value = "named", parameters = "goods")
  public Price named(long article) {
    return database.price(article, "EUR");
  }

  // BUG: Diagnostic contains: depends on 'currency'
  @Caching(cacheable = @Cacheable(value = "held", key = "#p0"))
  public Price held(long article, String currency) {
    return database.price(article, currency);
  }

  /** Nothing tells which of the two lists was asked for. */
  @Cacheable("lists")
  public List<Price> cheap() {
    return database.cheap();
  }

  // BUG: Diagnostic contains: 'dear' and 'cheap' keep what they load in 'lists' under the same key
  @Cacheable("lists")
  public List<Price> dear() {
    return database.dear();
  }

  @Cacheable("byArticle")
  public Price byArticle(long article) {
    return database.price(article, "EUR");
  }

  // BUG: Diagnostic contains: puts its result under (article, price)
  @CachePut("byArticle")
  public Price change(Article article, Price price) {
    return database.save(article, price);
  }
}

/** The same, right. */
@CacheConfig(cacheNames = "spared")
class SparedPrices {
  private final Prices.Database database;

  SparedPrices(Prices.Database database) {
    this.database = database;
  }

  @Cacheable("spared1")
  public List<Prices.Price> allParameters(String country, Locale locale) {
    return database.prices(country, locale);
  }

  @Cacheable(value = "spared2", key = "#country + #locale.language")
  public List<Prices.Price> inParts(String country, Locale locale) {
    return database.prices(country, locale);
  }

  @Cacheable(value = "spared3", key = "{#root.methodName, #p0, #a1}")
  public List<Prices.Price> byPosition(String country, Locale locale) {
    return database.prices(country, locale);
  }

  @Cacheable(value = "spared4", key = "#root.args[0]")
  public Prices.Price byArguments(long article) {
    return database.price(article, "EUR");
  }

  @Cacheable(value = "spared5", key = "#root.args")
  public Prices.Price byAllArguments(long article, String currency) {
    return database.price(article, currency);
  }

  @Cacheable(value = "spared6", keyGenerator = "byCurrency")
  public Prices.Price generated(long article, String currency) {
    return database.price(article, currency);
  }

  @Cacheable(value = "spared7", key = "@keys.of(#article)")
  public Prices.Price byBean(long article, String currency) {
    return database.price(article, currency);
  }

  @Cacheable(value = "spared8", key = "T(java.util.Objects).hash(#article, #currency)")
  public Prices.Price hashed(long article, String currency) {
    return database.price(article, currency);
  }

  @Cacheable(value = "spared9", key = "#article?.toString() ?: 'none'")
  public Prices.Price onlyLogged(Long article, String reason) {
    System.out.println(reason);
    return database.price(article, "EUR");
  }

  @Cacheable(value = "spared10", key = "#article", condition = "#currency == 'EUR'")
  public Prices.Price inOne(long article, String currency) {
    return database.price(article, currency);
  }

  @Cacheable(value = "spared11", key = "'none'")
  public List<Prices.Price> constantWithoutParameters() {
    return database.prices("DE", Locale.ROOT);
  }

  @Cached(name = "spared12", key = "args[0]")
  public Prices.Price ofJetCache(long article) {
    return database.price(article, "EUR");
  }

  @jakarta.persistence.Cacheable(false)
  public Prices.Price notACache(long article, String currency) {
    return database.price(article, currency);
  }

  @Cacheable("lists1")
  public List<Prices.Price> cheap() {
    return database.cheap();
  }

  @Cacheable("lists2")
  public List<Prices.Price> dear() {
    return database.dear();
  }

  @Cacheable(value = "lists3", key = "#root.methodName")
  public List<Prices.Price> old() {
    return database.cheap();
  }

  @Cacheable(value = "lists3", key = "#root.methodName")
  public List<Prices.Price> young() {
    return database.dear();
  }

  /** May well be the same price. */
  @Cacheable(value = "same", key = "#article")
  public Prices.Price priceOf(long article) {
    return database.price(article, "EUR");
  }

  @Cacheable(value = "same", key = "#article")
  public Prices.Price priceStrict(long article) {
    Prices.Price price = database.price(article, "EUR");
    if (price == null) {
      throw new IllegalArgumentException("no such article");
    }
    return price;
  }

  @Cacheable(value = "asked", key = "#article")
  public Prices.Price asked(long article, String accessToken) {
    return database.price(article, accessToken);
  }

  @Cacheable(value = "kept", key = "#article")
  public Prices.Price kept(long article) {
    return database.price(article, "EUR");
  }

  @CachePut(value = "kept", key = "#article.id")
  public Prices.Price change(Prices.Article article, Prices.Price price) {
    return database.save(article, price);
  }
}
