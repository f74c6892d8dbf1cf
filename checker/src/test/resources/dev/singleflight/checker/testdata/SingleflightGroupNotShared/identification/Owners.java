package test;

import dev.singleflight.SingleflightGroup;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import test.Domain.Repository;
import test.Domain.User;

/** Groups in fields of objects. */
class Owners {
  private final Repository repository;
  private final Service service;
  private Task last;

  Owners(Repository repository) {
    this.repository = repository;
    this.service = new Service(repository);
  }

  User handle(String id) {
    return new Fetcher(repository).fetch(id);
  }

  List<User> handleAll(List<String> ids) {
    Fetcher fetcher = new Fetcher(repository);
    return ids.stream().map(fetcher::fetch).toList();
  }

  /** Nobody makes one of these but for a call. */
  static class Fetcher {
    // BUG: Diagnostic contains: it belongs to a 'Fetcher', of which each call makes its own
    private final SingleflightGroup<String, User> group = SingleflightGroup.create();
    private final Repository repository;

    Fetcher(Repository repository) {
      this.repository = repository;
    }

    User fetch(String id) {
      return group.execute(id, k -> repository.findUser(k));
    }
  }

  User inOtherFile(String id) {
    return new OwnerInOtherFile(repository).find(id);
  }

  User fromHelper(String id) {
    return finder().find(id);
  }

  private Finder finder() {
    return new Finder(repository);
  }

  static class Finder {
    private final SingleflightGroup<String, User> group;
    private final Repository repository;

    Finder(Repository repository) {
      this.repository = repository;
      // BUG: Diagnostic contains: it belongs to a 'Finder', of which each call makes its own
      this.group = SingleflightGroup.create();
    }

    User find(String id) {
      return group.execute(id, repository::findUser);
    }
  }

  User given(String id) {
    // BUG: Diagnostic contains: it belongs to a 'Given', of which each call makes its own
    return new Given(repository, SingleflightGroup.create()).find(id);
  }

  User givenToRecord(String id) {
    // BUG: Diagnostic contains: it belongs to a 'Record', of which each call makes its own
    Record record = new Record(repository, SingleflightGroup.create());
    return record.find(id);
  }

  static class Given {
    private final Repository repository;
    private final SingleflightGroup<String, User> group;

    Given(Repository repository, SingleflightGroup<String, User> group) {
      this.repository = repository;
      this.group = group;
    }

    User find(String id) {
      return group.execute(id, repository::findUser);
    }
  }

  record Record(Repository repository, SingleflightGroup<String, User> group) {
    User find(String id) {
      return group.execute(id, repository::findUser);
    }
  }

  void start(ExecutorService pool, String id) {
    pool.submit(new Connection(repository, id));
  }

  static class Connection implements Runnable {
    // BUG: Diagnostic contains: it belongs to a 'Connection', of which each call makes its own
    private final SingleflightGroup<String, User> group = SingleflightGroup.create();
    private final Repository repository;
    private final String id;

    Connection(Repository repository, String id) {
      this.repository = repository;
      this.id = id;
    }

    @Override
    public void run() {
      group.execute(id, repository::findUser);
    }
  }

  User fromFactory(String id) {
    return Made.by(repository).find(id);
  }

  static final class Made {
    // BUG: Diagnostic contains: it belongs to a 'Made', of which each call makes its own
    private final SingleflightGroup<String, User> group = SingleflightGroup.create();
    private final Repository repository;

    private Made(Repository repository) {
      this.repository = repository;
    }

    static Made by(Repository repository) {
      return new Made(repository);
    }

    User find(String id) {
      return group.execute(id, repository::findUser);
    }
  }

  User fromShortConstructor(String id) {
    return new Delegating(repository).find(id);
  }

  static class Delegating {
    private final Repository repository;
    private final SingleflightGroup<String, User> group;

    Delegating(Repository repository) {
      // BUG: Diagnostic contains: it belongs to a 'Delegating', of which each call makes its own
      this(repository, SingleflightGroup.create());
    }

    Delegating(Repository repository, SingleflightGroup<String, User> group) {
      this.repository = repository;
      this.group = group;
    }

    User find(String id) {
      return group.execute(id, this::load);
    }

    private User load(String id) {
      return repository.findUser(id);
    }
  }

  // what follows may live long, or is shared by the tasks of a call

  Given returned() {
    return new Given(repository, SingleflightGroup.create());
  }

  User throughAccessor(Executor pool, String id) {
    Record record = new Record(repository, SingleflightGroup.create());
    SingleflightGroup<String, User> group = record.group();
    return CompletableFuture.supplyAsync(() -> group.execute(id, repository::findUser), pool)
        .join();
  }

  User ofService(String id) {
    return service.find(id);
  }

  static class Service {
    private final SingleflightGroup<String, User> group = SingleflightGroup.create();
    private final Repository repository;

    Service(Repository repository) {
      this.repository = repository;
    }

    User find(String id) {
      return group.execute(id, repository::findUser);
    }
  }

  List<User> batch(List<String> ids) {
    return new Batch(repository).findAll(ids);
  }

  static class Batch {
    private final SingleflightGroup<String, User> group = SingleflightGroup.create();
    private final Repository repository;

    Batch(Repository repository) {
      this.repository = repository;
    }

    List<User> findAll(List<String> ids) {
      return ids.parallelStream().map(id -> find(id)).toList();
    }

    private User find(String id) {
      return group.execute(id, repository::findUser);
    }
  }

  void startTwice(ExecutorService pool) {
    Job job = new Job(repository);
    pool.submit(job);
    pool.submit(job);
  }

  static class Job implements Runnable {
    private final SingleflightGroup<String, User> group = SingleflightGroup.create();
    private final Repository repository;

    Job(Repository repository) {
      this.repository = repository;
    }

    @Override
    public void run() {
      group.execute("root", repository::findUser);
    }
  }

  void kept(String id) {
    Task task = new Task(repository);
    last = task;
    task.find(id);
  }

  User again(String id) {
    return last.find(id);
  }

  static class Task {
    private final SingleflightGroup<String, User> group = SingleflightGroup.create();
    private final Repository repository;

    Task(Repository repository) {
      this.repository = repository;
    }

    User find(String id) {
      return group.execute(id, repository::findUser);
    }
  }

  User withStatic(String id) {
    return new WithStatic(repository).find(id);
  }

  static class WithStatic {
    private static final SingleflightGroup<String, User> GROUP = SingleflightGroup.create();
    private final Repository repository;

    WithStatic(Repository repository) {
      this.repository = repository;
    }

    User find(String id) {
      return GROUP.execute(id, repository::findUser);
    }
  }

  User extended(String id) {
    // BUG: Diagnostic contains: it belongs to a 'Extended', of which each call makes its own
    return new Extended(repository).find(id);
  }

  static class Extended {
    private final SingleflightGroup<String, User> group = SingleflightGroup.create();
    private final Repository repository;

    Extended(Repository repository) {
      this.repository = repository;
    }

    User find(String id) {
      return group.execute(id, repository::findUser);
    }
  }

  static class LongLived extends Extended {
    LongLived(Repository repository) {
      super(repository);
    }
  }

  User named(String id) {
    // BUG: Diagnostic contains: it belongs to a 'Managed', of which each call makes its own
    return new Managed(repository).find(id);
  }

  @interface Singleton {}

  @Singleton
  static class Managed {
    private final SingleflightGroup<String, User> group = SingleflightGroup.create();
    private final Repository repository;

    Managed(Repository repository) {
      this.repository = repository;
    }

    User find(String id) {
      return group.execute(id, repository::findUser);
    }
  }
}
