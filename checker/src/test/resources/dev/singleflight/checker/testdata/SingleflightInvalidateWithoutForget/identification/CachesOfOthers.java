package test;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

class CachesOfOthers {
  record Tariff(String id, long cents) {}

  interface Tariffs {
    Tariff byId(String id);

    void save(Tariff tariff);

    void updatePrice(String id, long cents);
  }

  interface AuditLog {
    void save(String what);
  }

  private final Tariffs tariffs;
  private final AuditLog audit;
  private final Map<String, Tariff> byId = new ConcurrentHashMap<>();
  private final Map<String, Tariff> memo = new HashMap<>();
  private final Cache<String, Tariff> bounded = Caffeine.newBuilder().maximumSize(100).build();

  CachesOfOthers(Tariffs tariffs, AuditLog audit) {
    this.tariffs = tariffs;
    this.audit = audit;
  }

  Tariff tariff(String id) {
    return byId.computeIfAbsent(id, tariffs::byId);
  }

  Tariff bounded(String id) {
    return bounded.get(id, key -> tariffs.byId(key));
  }

  Tariff memoized(String id) {
    Tariff known = memo.get(id);
    if (known == null) {
      known = tariffs.byId(id);
      memo.put(id, known);
    }
    return known;
  }

  void changed(Tariff tariff) {
    // BUG: Diagnostic contains: comes before the write that it is meant for
    byId.remove(tariff.id());
    tariffs.save(tariff);
  }

  void priced(String id, long cents) {
    // BUG: Diagnostic contains: 'bounded.invalidate(id)' comes before the write
    bounded.invalidate(id);
    tariffs.updatePrice(id, cents);
  }

  void remembered(Tariff tariff) {
    // BUG: Diagnostic contains: 'tariffs.save(tariff)'
    memo.remove(tariff.id());
    tariffs.save(tariff);
  }

  void changedInOrder(Tariff tariff) {
    tariffs.save(tariff);
    byId.remove(tariff.id());
  }

  void changedTwice(Tariff tariff) {
    byId.remove(tariff.id());
    tariffs.save(tariff);
    byId.remove(tariff.id());
  }

  /** What is written is not what the cache holds. */
  void audited(String id) {
    bounded.invalidate(id);
    audit.save("dropped " + id);
  }

  void putInstead(Tariff tariff) {
    tariffs.save(tariff);
    bounded.put(tariff.id(), tariff);
  }

  /** The listener runs on another thread, when the new load may have written the file again. */
  static class Downloads {
    record Download(File file) {
      void discard() throws IOException {
        Files.deleteIfExists(file.toPath());
      }
    }

    private final Path folder;
    private final Cache<String, Download> files;

    Downloads(Path folder) {
      this.folder = folder;
      this.files =
          Caffeine.newBuilder()
              .removalListener(
                  (String name, Download download, RemovalCause cause) -> {
                    try {
                      download.discard();
                    } catch (IOException e) {
                      throw new UncheckedIOException(e);
                    }
                  })
              .build();
    }

    Download get(String name) {
      return files.get(name, this::download);
    }

    private Download download(String name) {
      try {
        File file = new File(folder.toFile(), name);
        Files.writeString(file.toPath(), name);
        return new Download(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void drop(String name) {
      // BUG: Diagnostic contains: drops the entry at once, but the removal listener
      files.invalidate(name);
    }

    void close() {
      files.invalidateAll();
    }
  }

  /** Caffeine calls an eviction listener while it holds the entry. */
  static class Evicted {
    private final Path folder;
    private final Cache<String, Path> files;

    Evicted(Path folder) {
      this.folder = folder;
      this.files =
          Caffeine.newBuilder()
              .maximumSize(10)
              .evictionListener((String name, Path file, RemovalCause cause) -> delete(file))
              .build();
    }

    private static void delete(Path file) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    Path get(String name) {
      return files.get(name, key -> folder.resolve(key));
    }

    void drop(String name) {
      files
          .asMap()
          .computeIfPresent(
              name,
              (key, file) -> {
                delete(file);
                return null;
              });
    }
  }

  /** No other load uses the same file. */
  static class Temporary {
    private final Cache<String, Path> files =
        Caffeine.newBuilder()
            .removalListener((String name, Path file, RemovalCause cause) -> delete(file))
            .build();

    private static void delete(Path file) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    Path get(String name) {
      return files.get(
          name,
          key -> {
            try {
              return Files.createTempFile(key, ".tmp");
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }

    void drop(String name) {
      files.invalidate(name);
    }
  }
}
