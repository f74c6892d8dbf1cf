package test;

import dev.singleflight.SingleflightGroup;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import test.Domain.Repository;
import test.Domain.User;

class ForgetOutput {
  private final SingleflightGroup<String, User> flights = SingleflightGroup.create();
  private final Map<String, User> cache = new ConcurrentHashMap<>();
  private final Repository repository;

  ForgetOutput(Repository repository) {
    this.repository = repository;
  }

  User user(String id) {
    return flights.execute(
        id,
        key -> {
          User user = repository.findUser(key);
          cache.put(key, user);
          return user;
        });
  }

  void drop(String id) {
    cache.remove(id);
    flights.forget(id);
  }

  void dropNamed(User user) {
    cache.remove(user.getName());
    flights.forget(user.getName());
  }

  void reset() {
    cache.clear();
    flights.forgetAll();
  }

  // no fix: the iterator would move on
  void dropNext(java.util.Iterator<String> ids) {
    cache.remove(ids.next());
  }

  // no fix: not a statement of its own
  User take(String id) {
    return cache.remove(id);
  }

  static class OtherKeys {
    private final SingleflightGroup<Long, User> flights = SingleflightGroup.create();
    private final Map<String, User> cache = new ConcurrentHashMap<>();
    private final Repository repository;

    OtherKeys(Repository repository) {
      this.repository = repository;
    }

    User user(long id) {
      return flights.execute(
          id,
          key -> {
            User user = repository.findUser("" + key);
            cache.put("user-" + key, user);
            return user;
          });
    }

    // no fix: the flight has another key
    void drop(String key) {
      cache.remove(key);
    }
  }

  // no fix: the key would be made twice
  void dropMade(String prefix, String id) {
    cache.remove(prefix + id);
  }
}
