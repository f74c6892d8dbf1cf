package test;

import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What stands in for a failed load, and is what is kept, or only goes into it. */
class PartsOfValues {
  interface Disk {
    Lock lock(String path) throws IOException;
  }

  interface ArticleRepository {
    String teaser(String id);
  }

  interface Lock {
    void acquire();

    boolean isShared();
  }

  record Database(String path, @Nullable Lock lock) {}

  record Page(String text) {
    static Page create(String text) {
      return new Page(text);
    }
  }

  private final Disk disk;
  private final ArticleRepository articles;
  private final Map<String, Database> databases = new ConcurrentHashMap<>();
  private final Map<String, Database> opened = new HashMap<>();
  private final Map<String, Page> pages = new ConcurrentHashMap<>();
  private final Map<String, Page> built = new ConcurrentHashMap<>();
  private final Map<String, String> lines = new ConcurrentHashMap<>();
  private final Map<String, String> teasers = new ConcurrentHashMap<>();
  private final Map<String, SoftReference<String>> references = new ConcurrentHashMap<>();
  private final Map<String, List<String>> copies = new ConcurrentHashMap<>();
  private final Map<String, String> checked = new ConcurrentHashMap<>();
  private final Map<String, Optional<Lock>> locks = new ConcurrentHashMap<>();
  private final Map<String, Optional<Lock>> shared = new ConcurrentHashMap<>();
  private final Map<String, Optional<Lock>> guarded = new ConcurrentHashMap<>();
  private final Map<String, Optional<Boolean>> modes = new ConcurrentHashMap<>();

  PartsOfValues(Disk disk, ArticleRepository articles) {
    this.disk = disk;
    this.articles = articles;
  }

  private @Nullable Lock lock(String path) {
    try {
      return disk.lock(path);
    } catch (IOException e) {
      return null;
    }
  }

  private String read(String path) {
    try {
      return Files.readString(Path.of(path));
    } catch (IOException e) {
      return "";
    }
  }

  private List<String> readAll(String path) {
    try {
      return Files.readAllLines(Path.of(path));
    } catch (IOException e) {
      return List.of();
    }
  }

  /** The database has been opened, if without its lock. */
  Database database(String path) {
    return databases.computeIfAbsent(path, key -> new Database(key, lock(key)));
  }

  Database opened(String path) {
    Database database = opened.get(path);
    if (database == null) {
      Lock lock = lock(path);
      database = new Database(path, lock);
      opened.put(path, database);
    }
    return database;
  }

  Page page(String path) {
    return pages.computeIfAbsent(path, key -> new Page(read(key)));
  }

  Page built(String path) {
    return built.computeIfAbsent(path, key -> Page.create(read(key)));
  }

  /** A line of the file is not what stands in for the file. */
  String line(String path) {
    return lines.computeIfAbsent(path, key -> readAll(key).get(0));
  }

  SoftReference<String> reference(String path) {
    // BUG: Diagnostic contains: read(…)
    return references.computeIfAbsent(path, key -> new SoftReference<>(read(key)));
  }

  List<String> copy(String path) {
    // BUG: Diagnostic contains: readAll(…)
    return copies.computeIfAbsent(path, key -> new ArrayList<>(readAll(key)));
  }

  String checked(String path) {
    // BUG: Diagnostic contains: read(…)
    return checked.computeIfAbsent(path, key -> Objects.requireNonNullElse(read(key), "none"));
  }

  /** A lock that is null throws before it is kept. */
  Optional<Lock> acquired(String path) {
    return locks.computeIfAbsent(
        path,
        key -> {
          Lock lock = lock(key);
          lock.acquire();
          return Optional.ofNullable(lock);
        });
  }

  Optional<Lock> acquiredIfShared(String path, boolean wait) {
    // BUG: Diagnostic contains: ('null' → lock(…) → lock)
    return shared.computeIfAbsent(
        path,
        key -> {
          Lock lock = lock(key);
          if (wait) {
            lock.acquire();
          }
          return Optional.ofNullable(lock);
        });
  }

  Optional<Lock> acquiredIfAny(String path) {
    // BUG: Diagnostic contains: ('null' → lock(…) → lock)
    return guarded.computeIfAbsent(
        path,
        key -> {
          Lock lock = lock(key);
          try {
            lock.acquire();
          } catch (RuntimeException e) {
            Thread.currentThread().interrupt();
          }
          return Optional.ofNullable(lock);
        });
  }

  Optional<Boolean> mode(String path) {
    return modes.computeIfAbsent(path, key -> Optional.of(lock(key).isShared()));
  }

  /** What a repository that is down throws. */
  String teaser(String id) {
    return teasers.computeIfAbsent(
        id,
        key -> {
          try {
            return articles.teaser(key);
          } catch (IllegalStateException e) {
            // BUG: Diagnostic contains: keeps what stands in
            return "";
          }
        });
  }

  /** An id that is none never will be one. */
  String teaserOfValid(String id) {
    return teasers.computeIfAbsent(
        id,
        key -> {
          try {
            return articles.teaser(key);
          } catch (IllegalArgumentException e) {
            return "";
          }
        });
  }
}
