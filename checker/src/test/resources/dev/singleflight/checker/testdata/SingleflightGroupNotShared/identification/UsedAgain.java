package test;

import dev.singleflight.SingleflightLoader;
import java.time.Duration;
import test.Domain.Repository;
import test.Domain.User;

/** An object that one run makes and asks over and over: its cache serves that run. */
class UsedAgain {
  private final Repository repository;

  UsedAgain(Repository repository) {
    this.repository = repository;
  }

  void tellSixTimes() {
    Directory directory = new Directory(repository);
    for (int i = 0; i < 6; i++) {
      tell(directory);
    }
  }

  private static void tell(Directory directory) {
    System.out.println(directory.user("42"));
  }

  User askedOnce(String id) {
    return new Card(repository).user(id);
  }

  static class Directory {
    private final SingleflightLoader<String, User> users;

    Directory(Repository repository) {
      users =
          SingleflightLoader.newBuilder()
              .expireAfterWrite(Duration.ofMinutes(5))
              .build(repository::findUser);
    }

    User user(String id) {
      return users.get(id);
    }
  }

  static class Card {
    private final SingleflightLoader<String, User> users;

    Card(Repository repository) {
      users =
          SingleflightLoader.newBuilder()
              .expireAfterWrite(Duration.ofMinutes(5))
              // BUG: Diagnostic contains: it belongs to a 'Card', of which each call makes its own
              .build(repository::findUser);
    }

    User user(String id) {
      return users.get(id);
    }
  }
}
