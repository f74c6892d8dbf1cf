package test;

import dev.singleflight.Loader;
import dev.singleflight.ThrowingSupplier;
import dev.singleflight.annotations.Coalescing;
import dev.singleflight.annotations.Key;
import dev.singleflight.annotations.LoaderArgument;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;

/** What the generated services are made of. */
final class Domain {
  private Domain() {}
}

interface Repository {
  Account account(String id);

  Account account(String id, Object by);
}

class Account {
  public String name;
  private final List<String> tags = new ArrayList<>();
  private final List<Address> addresses = new ArrayList<>();
  private final Address address = new Address();

  Account(String name) {
    this.name = name;
  }

  Account(Account other) {
    this.name = other.name;
  }

  String getName() {
    return name;
  }

  void setName(String name) {
    this.name = name;
  }

  List<String> getTags() {
    return tags;
  }

  List<Address> getAddresses() {
    return addresses;
  }

  Address getAddress() {
    return address;
  }

  Account copy() {
    return new Account(this);
  }

  Account withName(String name) {
    return new Account(name);
  }
}

class Address {
  private String city = "";

  String getCity() {
    return city;
  }

  void setCity(String city) {
    this.city = city;
  }
}

final class AccountTools {
  private AccountTools() {}

  static void rename(Account account) {
    account.setName("renamed");
  }
}

record Tenant(String name) {}

enum Kind {
  PRIVATE,
  BUSINESS
}

record Pair<A, B>(A first, B second) {}

interface Logger {
  void info(String message, Object... arguments);

  static Logger of(String name) {
    return (message, arguments) -> System.out.printf(name + message, arguments);
  }
}

final class Metrics {
  private static final ConcurrentHashMap<String, Long> COUNTS = new ConcurrentHashMap<>();

  private Metrics() {}

  static void count(String name) {
    record(name, 1);
  }

  static void record(String name, long amount) {
    Long unused = COUNTS.merge(name, amount, Long::sum);
  }
}

final class Retries {
  private Retries() {}

  static <T> T twice(Supplier<T> action) {
    try {
      return action.get();
    } catch (IllegalStateException e) {
      return action.get();
    }
  }
}

final class LockTools {
  private LockTools() {}

  static <T> T withLock(Lock lock, Callable<T> action) throws Exception {
    lock.lock();
    try {
      return action.call();
    } finally {
      lock.unlock();
    }
  }
}

final class TenantContext {
  private static final ThreadLocal<String> CURRENT = new ThreadLocal<>();

  private TenantContext() {}

  static String get() {
    return CURRENT.get();
  }
}

interface Memo {
  @Coalescing
  <K, V> V load(@Key K key, @LoaderArgument Loader<? super K, V, RuntimeException> loader);

  @Coalescing
  <K, V> V load(@Key K key, @LoaderArgument ThrowingSupplier<V, RuntimeException> loader);

  static Memo create() {
    throw new UnsupportedOperationException();
  }
}
