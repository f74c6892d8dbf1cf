package test;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** Caches and maps of others: what loads are made with beside the key. */
public class Caches {
  private final Cache<String, Menu> menus = Caffeine.newBuilder().maximumSize(100).build();
  private final ConcurrentMap<String, Price> prices = new ConcurrentHashMap<>();
  private final Map<String, Price> quoteCache = new HashMap<>();
  private final Map<String, Price> open = new HashMap<>();
  private final ConcurrentMap<String, Price> named = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Price> cleanings = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Tab> tabs = new ConcurrentHashMap<>();
  private final ConcurrentMap<Integer, Throttle> throttleCache = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, List<String>> subscribers = new ConcurrentHashMap<>();
  private final Kitchen kitchen;
  private final Locale house;

  Caches(Kitchen kitchen, Locale house) {
    this.kitchen = kitchen;
    this.house = house;
  }

  public Menu menu(String restaurant, Locale locale) {
    // BUG: Diagnostic contains: depends on 'locale'
    return menus.get(restaurant, r -> kitchen.menu(r, locale));
  }

  public Menu menuOf(String restaurant, Locale locale) {
    return menus.get(restaurant + locale, k -> kitchen.menu(restaurant, locale));
  }

  public Price price(String dish, Currency currency, LocalDate day) {
    return prices.computeIfAbsent(
        // BUG: Diagnostic contains: depends on 'currency'
        dish + "/" + day,
        k -> {
          Price price = kitchen.price(dish, day);
          return price.in(currency);
        });
  }

  public Price priceIn(String dish, Currency currency, LocalDate day) {
    return prices.computeIfAbsent(
        String.join("/", dish, currency.getCurrencyCode(), day.toString()),
        k -> kitchen.price(dish, day).in(currency));
  }

  /** A memoizer made by hand. */
  public Price quote(String dish, int guests) {
    Price quote = quoteCache.get(dish);
    if (quote == null) {
      quote = kitchen.quote(dish, guests);
      // BUG: Diagnostic contains: depends on 'guests'
      quoteCache.put(dish, quote);
    }
    return quote;
  }

  /** What is set up when it is first met. */
  public Throttle throttle(int table, int perMinute) {
    return throttleCache.computeIfAbsent(table, t -> new Throttle(t, perMinute));
  }

  /** What the object is made with stays as it is. */
  public Menu houseMenu(String restaurant) {
    return menus.get("house:" + restaurant, k -> kitchen.menu(restaurant, house));
  }

  /** The loader itself. */
  public Price price(String dish, Function<String, Price> loader) {
    return prices.computeIfAbsent(dish, loader);
  }

  public Price priceBy(String dish, Supplier<Price> supplier) {
    return prices.computeIfAbsent(dish, d -> supplier.get());
  }

  /** A container that starts empty. */
  public void subscribe(String dish, int expected, String guest) {
    subscribers.computeIfAbsent(dish, d -> new ArrayList<>(expected)).add(guest);
  }

  /** Nobody else sees this map. */
  public List<Price> all(List<String> dishes, LocalDate day) {
    Map<String, Price> known = new HashMap<>();
    List<Price> all = new ArrayList<>();
    for (String dish : dishes) {
      all.add(known.computeIfAbsent(dish, d -> kitchen.price(d, day)));
    }
    return all;
  }

  /** The key is what the order is known by. */
  public Price total(Order order) {
    return prices.computeIfAbsent(order.id(), id -> kitchen.quote(order.dish(), order.guests()));
  }

  /** Callers pass what belongs to the key. */
  public Price totalOf(Order order) {
    return total(order.id(), order.dish(), order.guests());
  }

  private Price total(String id, String dish, int guests) {
    return prices.computeIfAbsent(id, i -> kitchen.quote(dish, guests));
  }

  /** All callers pass the same. */
  public Menu menuToday(String restaurant) {
    return standard(restaurant, Locale.ROOT);
  }

  private Menu standard(String restaurant, Locale locale) {
    return menus.get("standard:" + restaurant, k -> kitchen.menu(restaurant, locale));
  }

  /** Callers pass different constants. */
  public Menu shortMenu(String restaurant) {
    return sized(restaurant, true);
  }

  public Menu longMenu(String restaurant) {
    return sized(restaurant, false);
  }

  private Menu sized(String restaurant, boolean brief) {
    // BUG: Diagnostic contains: depends on 'brief'
    return menus.get("sized:" + restaurant, k -> kitchen.menuOf(restaurant, brief));
  }

  /** Another locale goes another way. */
  public Menu onlyEnglish(String restaurant, Locale locale) {
    if (locale.equals(Locale.ENGLISH)) {
      return menus.get("en:" + restaurant, k -> kitchen.menu(restaurant, locale));
    }
    return kitchen.menu(restaurant, locale);
  }

  /** The state of this object, which a cache it is not. */
  public Price opened(String guest, int cents) {
    Price price = open.get(guest);
    if (price == null) {
      price = new Price(cents);
      open.put(guest, price);
    }
    return price;
  }

  /** The tab has an owner, whoever asks for it. */
  public Tab tab(String tabId, String owner) {
    return tabs.computeIfAbsent(tabId, id -> new Tab(id, owner));
  }

  /** It begins with the first and goes on with the next. */
  public void spend(String guest, int cents) {
    tabs.computeIfAbsent("for:" + guest, g -> new Tab(g, "" + cents)).add(cents);
  }

  /** Who comes first has it: nothing is loaded. */
  public Price claim(String dish, Price offer) {
    return named.computeIfAbsent(dish, d -> offer);
  }

  /** Another name that goes with the key's. */
  public Menu posted(String board, String boardLocation) {
    return menus.get("at:" + board, k -> kitchen.menu(boardLocation, house));
  }

  /** An id tells whose it is. */
  public Menu ofHouse(int houseId, String menuId) {
    return menus.get(menuId, id -> kitchen.menu(id + houseId, house));
  }

  /** Nobody is given what is kept: it was begun, once. */
  public void cleanDaily(String room, int hour) {
    cleanings.computeIfAbsent(room, r -> kitchen.quote(r, hour));
  }

  /** The map lives as long as the walk that it belongs to. */
  public Supplier<Price> walk(String dish, int guests) {
    return new Supplier<>() {
      private final ConcurrentMap<String, Price> seen = new ConcurrentHashMap<>();

      @Override
      public Price get() {
        return seen.computeIfAbsent(dish, d -> kitchen.quote(d, guests));
      }
    };
  }

  /** How long it may take to begin decides nothing. */
  public Price later(String dish, int delayInSeconds) {
    return prices.computeIfAbsent(dish, d -> kitchen.quote(d, delayInSeconds));
  }

  /** It is known by its name. */
  public Menu known(Guest guest) {
    return menus.get("for:" + guest.getName(), k -> kitchen.menu(k, guest.getLocale()));
  }

  /** It words a log line. */
  public Price logged(String dish, String guest) {
    return prices.computeIfAbsent(
        dish,
        d -> {
          System.out.println("loading " + d + " for " + guest);
          return kitchen.price(d, LocalDate.EPOCH);
        });
  }

  /** An update by what is given is no load. */
  public Price raise(String dish, int by) {
    return prices.compute(dish, (d, old) -> old == null ? new Price(by) : old.plus(by));
  }

  record Order(String id, String dish, int guests) {}

  static final class Tab {
    private final String id;
    private final String owner;
    private int cents;

    Tab(String id, String owner) {
      this.id = id;
      this.owner = owner;
    }

    void add(int more) {
      cents += more;
    }
  }

  interface Guest {
    String getName();

    Locale getLocale();
  }

  record Menu(String text) {}

  record Price(int cents) {
    Price in(Currency currency) {
      return new Price(cents * currency.getDefaultFractionDigits());
    }

    Price plus(int more) {
      return new Price(cents + more);
    }
  }

  static final class Throttle {
    final int table;
    final int perMinute;

    Throttle(int table, int perMinute) {
      this.table = table;
      this.perMinute = perMinute;
    }
  }

  interface Kitchen {
    Menu menu(String restaurant, Locale locale);

    Menu menuOf(String restaurant, boolean brief);

    Price price(String dish, LocalDate day);

    Price quote(String dish, int guests);
  }

  /** Objects that are made with settings of their own share one cache. */
  public static class Pools {
    private static final ConcurrentMap<String, Pool> POOLS = new ConcurrentHashMap<>();
    private static final ConcurrentMap<Settings, Pool> BY_SETTINGS = new ConcurrentHashMap<>();
    private static final ConcurrentMap<String, Pool> NAMED = new ConcurrentHashMap<>();

    private final ConcurrentMap<String, Pool> own = new ConcurrentHashMap<>();
    private final Settings settings;
    private final String uri;
    private final String both;

    public Pools(Settings settings) {
      this.settings = settings;
      this.uri = settings.get("store.uri");
      this.both = settings.get("store.uri") + settings.get("store.user");
    }

    Pool pool() {
      // BUG: Diagnostic contains: made with 'settings'
      return POOLS.computeIfAbsent(uri, u -> new Pool(u, settings));
    }

    /** Who gives the key may know that the settings go with it. */
    public static Pool of(String uri, Settings settings) {
      return POOLS.computeIfAbsent(uri, u -> new Pool(u, settings));
    }

    /** One part of the settings is not all of them. */
    public static Pool of(Settings settings) {
      // BUG: Diagnostic contains: depends on 'settings'
      return POOLS.computeIfAbsent(settings.get("uri"), u -> new Pool(u, settings));
    }

    Pool bySettings() {
      return BY_SETTINGS.computeIfAbsent(settings, s -> new Pool(uri, settings));
    }

    Pool byBoth() {
      return NAMED.computeIfAbsent(both, b -> new Pool(uri, settings));
    }

    Pool ownPool() {
      return own.computeIfAbsent(uri, u -> new Pool(u, settings));
    }
  }

  /** One object for all. */
  @Singleton
  public static class OnlyPools {
    private static final ConcurrentMap<String, Pool> POOLS = new ConcurrentHashMap<>();
    private final Settings settings;

    public OnlyPools(Settings settings) {
      this.settings = settings;
    }

    Pool pool(String uri) {
      return POOLS.computeIfAbsent(uri, u -> new Pool(u, settings));
    }
  }

  @interface Singleton {}

  interface Settings {
    String get(String name);
  }

  static final class Pool {
    Pool(String uri, Settings settings) {}
  }

  /** A loader that is kept: the field is filled once. */
  public static class Rates {
    private final Bank bank;
    private LoadingCache<String, Price> rates;

    Rates(Bank bank) {
      this.bank = bank;
    }

    public Price rate(String currency, LocalDate day) {
      if (rates == null) {
        // BUG: Diagnostic contains: depends on 'day'
        rates = Caffeine.newBuilder().build(c -> bank.rate(c, day));
      }
      return rates.get(currency);
    }

    interface Bank {
      Price rate(String currency, LocalDate day);
    }
  }
}
