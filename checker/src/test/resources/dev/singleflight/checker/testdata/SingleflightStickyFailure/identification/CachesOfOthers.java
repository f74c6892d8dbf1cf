package test;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.CacheLoader;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.logging.Level;
import java.util.logging.Logger;

class CachesOfOthers {
  private static final Logger LOG = Logger.getLogger("caches");

  record Price(String sku, long cents) {
    static final Price NONE = new Price("", 0);
  }

  record Dated(Price price, long loadedAt) {}

  interface PriceClient {
    Price price(String sku);

    List<Price> offers(String sku);

    CompletableFuture<Price> priceAsync(String sku);
  }

  static class RateStore {
    String read(String sku) throws IOException {
      return Files.readString(Path.of(sku));
    }
  }

  private final PriceClient client;
  private final RateStore rates = new RateStore();
  private final Map<String, Price> prices = new ConcurrentHashMap<>();
  private final Map<String, Optional<Price>> optional = new ConcurrentHashMap<>();
  private final Map<String, List<Price>> offers = new ConcurrentHashMap<>();
  private final Map<String, String> texts = new HashMap<>();
  private final Map<String, Dated> dated = new ConcurrentHashMap<>();
  private final Map<String, Class<?>> types = new ConcurrentHashMap<>();
  private final Cache<String, Price> bounded = Caffeine.newBuilder().maximumSize(100).build();
  private final Cache<String, Price> expiring =
      Caffeine.newBuilder().expireAfterWrite(Duration.ofSeconds(30)).build();

  CachesOfOthers(PriceClient client) {
    this.client = client;
  }

  Price price(String sku) {
    return prices.computeIfAbsent(
        sku,
        key -> {
          try {
            return client.price(key);
          } catch (RuntimeException e) {
            // BUG: Diagnostic contains: keeps what stands in for a failed load ('Price.NONE')
            return Price.NONE;
          }
        });
  }

  Optional<Price> throughHelper(String sku) {
    // BUG: Diagnostic contains: tryPrice(…)
    return optional.computeIfAbsent(sku, key -> Optional.ofNullable(tryPrice(key)));
  }

  private Price tryPrice(String sku) {
    try {
      return client.price(sku);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "no price", e);
      return null;
    }
  }

  /** A map keeps no null: the next caller tries again. */
  Price nullIsNotKept(String sku) {
    return prices.computeIfAbsent(sku, this::tryPrice);
  }

  List<Price> offers(String sku) {
    // BUG: Diagnostic contains: ('List.of()' → found)
    return offers.computeIfAbsent(sku, this::loadOffers);
  }

  private List<Price> loadOffers(String sku) {
    List<Price> found = List.of();
    try {
      found = client.offers(sku);
    } catch (Exception e) {
      LOG.warning("no offers");
    }
    return found;
  }

  Price bounded(String sku) {
    return bounded.get(
        sku,
        key -> {
          try {
            return client.price(key);
          } catch (RuntimeException e) {
            // BUG: Diagnostic contains: 'bounded.get' keeps
            return new Price(key, 0);
          }
        });
  }

  /** Thirty seconds are what the author allows a failure. */
  Price expiring(String sku) {
    return expiring.get(
        sku,
        key -> {
          try {
            return client.price(key);
          } catch (RuntimeException e) {
            return Price.NONE;
          }
        });
  }

  private final LoadingCache<String, String> loading =
      Caffeine.newBuilder()
          .maximumSize(10)
          .build(
              new CacheLoader<String, String>() {
                @Override
                public String load(String key) {
                  try {
                    return rates.read(key);
                  } catch (IOException e) {
                    // BUG: Diagnostic contains: 'Caffeine.build' keeps
                    return "";
                  }
                }
              });

  String memoized(String sku) {
    String text = texts.get(sku);
    if (text == null) {
      try {
        text = rates.read(sku);
      } catch (IOException e) {
        text = "unknown";
      }
      // BUG: Diagnostic contains: 'texts.put' keeps
      texts.put(sku, text);
    }
    return text;
  }

  String memoizedOnSuccess(String sku) {
    String text = texts.get(sku);
    if (text == null) {
      try {
        text = rates.read(sku);
      } catch (IOException e) {
        return "unknown";
      }
      texts.put(sku, text);
    }
    return text;
  }

  Price failing(String sku) {
    return prices.computeIfAbsent(
        sku,
        key -> {
          try {
            return client.price(key);
          } catch (RuntimeException e) {
            throw new IllegalStateException("no price for " + key, e);
          }
        });
  }

  /** A key that names no class never will. */
  Class<?> type(String name) {
    return types.computeIfAbsent(
        name,
        key -> {
          try {
            return Class.forName(key);
          } catch (ClassNotFoundException e) {
            return Object.class;
          }
        });
  }

  Class<?> typeOfWhatever(String name) {
    return types.computeIfAbsent(
        name,
        key -> {
          try {
            return Class.forName(key);
          } catch (Exception e) {
            LOG.warning("no such class");
            return Object.class;
          }
        });
  }

  /** Whoever reads it asks how old it is. */
  Price dated(String sku) {
    Dated entry =
        dated.computeIfAbsent(
            sku,
            key -> {
              try {
                return new Dated(client.price(key), System.currentTimeMillis());
              } catch (RuntimeException e) {
                return new Dated(Price.NONE, System.currentTimeMillis());
              }
            });
    return entry.price();
  }

  /** The map is this call's own. */
  long total(List<String> skus) {
    Map<String, Price> seen = new HashMap<>();
    long total = 0;
    for (String sku : skus) {
      Price price =
          seen.computeIfAbsent(
              sku,
              key -> {
                try {
                  return client.price(key);
                } catch (RuntimeException e) {
                  return Price.NONE;
                }
              });
      total += price.cents();
    }
    return total;
  }

  static class Dropping {
    private final Map<String, Price> prices = new ConcurrentHashMap<>();
    private final PriceClient client;

    Dropping(PriceClient client) {
      this.client = client;
    }

    Price price(String sku) {
      Price price =
          prices.computeIfAbsent(
              sku,
              key -> {
                try {
                  return client.price(key);
                } catch (RuntimeException e) {
                  return Price.NONE;
                }
              });
      if (price == Price.NONE) {
        prices.remove(sku);
      }
      return price;
    }

    /** Asked of what it has, it may try again. */
    Price again(String sku) {
      return prices.compute(
          sku,
          (key, old) -> {
            try {
              return old != null && old != Price.NONE ? old : client.price(key);
            } catch (RuntimeException e) {
              return Price.NONE;
            }
          });
    }
  }

  static class Futures {
    private final ConcurrentMap<String, CompletableFuture<Price>> running =
        new ConcurrentHashMap<>();
    private final ConcurrentMap<String, CompletableFuture<Price>> dropped =
        new ConcurrentHashMap<>();
    private final ConcurrentMap<String, CompletableFuture<Price>> recovered =
        new ConcurrentHashMap<>();
    private final ConcurrentMap<String, CompletableFuture<Price>> pending =
        new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Future<Price>> tasks = new ConcurrentHashMap<>();
    private final AsyncCache<String, Price> async = Caffeine.newBuilder().buildAsync();
    private final PriceClient client;

    Futures(PriceClient client) {
      this.client = client;
    }

    CompletableFuture<Price> running(String sku) {
      // BUG: Diagnostic contains: keeps the load's future for good
      return running.computeIfAbsent(
          sku, key -> CompletableFuture.supplyAsync(() -> client.price(key)));
    }

    CompletableFuture<Price> dropped(String sku) {
      CompletableFuture<Price> future = dropped.computeIfAbsent(sku, client::priceAsync);
      future.whenComplete(
          (price, failure) -> {
            if (failure != null) {
              dropped.remove(sku, future);
            }
          });
      return future;
    }

    CompletableFuture<Price> recovered(String sku) {
      return recovered.computeIfAbsent(
          // BUG: Diagnostic contains: 'recovered.computeIfAbsent' keeps what stands in
          sku, key -> client.priceAsync(key).exceptionally(failure -> Price.NONE));
    }

    /** Whoever has the answer completes it. */
    CompletableFuture<Price> pending(String sku) {
      return pending.computeIfAbsent(sku, key -> new CompletableFuture<>());
    }

    Price task(String sku) throws ExecutionException, InterruptedException {
      Future<Price> task = tasks.get(sku);
      if (task == null) {
        FutureTask<Price> made = new FutureTask<>(() -> client.price(sku));
        // BUG: Diagnostic contains: 'tasks.putIfAbsent' keeps the load's future
        task = tasks.putIfAbsent(sku, made);
        if (task == null) {
          task = made;
          made.run();
        }
      }
      return task.get();
    }

    /** Drops what fails by itself. */
    CompletableFuture<Price> async(String sku) {
      return async.get(sku, (key, executor) -> client.priceAsync(key));
    }
  }
}
