package test;

import com.github.benmanes.caffeine.cache.*;
import dev.singleflight.*;
import dev.singleflight.annotations.*;
import java.io.*;
import java.time.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import java.util.function.*;

class ArtProduct {
  static final ArtProduct NONE = new ArtProduct();
  String sku;
  String name;

  String sku() {
    return sku;
  }

  void setName(String n) {
    name = n;
  }

  boolean isAvailable() {
    return true;
  }
}

class ArtOrder {}

interface ArtProductRepository {
  ArtProduct find(String sku);

  void save(ArtProduct p);

  void updatePrice(String sku, long cents);

  int delete(String sku);
}

interface ArtOrderRepository {
  void save(ArtOrder o);
}

interface ArtJdbc {
  <T> T queryForObject(String sql, Function<Object, T> m, Object... args);

  int update(String sql, Object... args);
}

interface ArtCacheClient {
  ArtProduct get(String k);

  void set(String k, ArtProduct p, Duration ttl);

  void del(String k);
}

interface ArtTx {
  void execute(Runnable r);
}

interface ArtEvents {
  void publish(Object o);
}

interface ArtSearchIndex {
  void update(ArtProduct p);
}

record ArtSlot(ArtProduct product, Throwable error, Instant until) {}

class ArtLoadFailedException extends RuntimeException {}

class ArtProductNotFoundException extends RuntimeException {}

record RecordRead(SingleflightGroup<String, ArtProduct> flights, ArtProductRepository repo) {
  ArtProduct find(String sku) {
    // BUG: Diagnostic contains: remembers nothing
    return flights.executeShared(sku, repo::find).value();
  }
}

class StaticRead {
  static final SingleflightGroup<String, ArtProduct> FLIGHTS = SingleflightGroup.create();

  static ArtProduct getProduct(ArtProductRepository r, String sku, Map<String, String> params) {
    String region = params.get("region");
    // BUG: Diagnostic contains: remembers nothing
    return FLIGHTS.execute(sku + region, k -> r.find(k));
  }
}

class StaticUser {
  ArtProduct show(ArtProductRepository r) {
    return StaticRead.getProduct(r, "x", Map.of());
  }
}

class KeptWithTheObject {
  final SingleflightGroup<String, ArtProduct> flights = SingleflightGroup.create();
  final ArtProductRepository repo = null;
  private final ArtProduct first = getProduct("1");

  ArtProduct getProduct(String sku) {
    return flights.execute(sku, repo::find);
  }
}

class LoaderOfOurs {
  final SingleflightGroup<String, ArtProduct> flights = SingleflightGroup.create();
  final ArtProductRepository repo = null;
  final SingleflightLoader<String, ArtProduct> l =
      SingleflightLoader.newBuilder().build(this::findProduct);

  private ArtProduct findProduct(String sku) {
    return flights.execute(sku, repo::find);
  }

  ArtProduct get(String sku) {
    return l.get(sku);
  }
}

class TimedOnly {
  final SingleflightGroup<String, ArtProduct> flights = SingleflightGroup.create();
  final ArtProductRepository repo = null;
  long loads;
  volatile Instant last;

  CompletableFuture<ArtProduct> getProduct(String sku) {
    loads++;
    last = Instant.now();
    // BUG: Diagnostic contains: remembers nothing
    CompletableFuture<ArtProduct> f = flights.executeAsync(sku, repo::find);
    return f.orTimeout(1, TimeUnit.SECONDS);
  }

  Instant last() {
    return last;
  }
}
