package test;

import dev.singleflight.Loader;
import dev.singleflight.SharedResult;
import dev.singleflight.SingleflightGroup;
import dev.singleflight.SingleflightLoader;
import dev.singleflight.TenantLoader;
import dev.singleflight.annotations.Coalescing;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import test.Library.Book;
import test.Library.Catalogue;
import test.Library.Index;
import test.Library.Titles;

/** Callers that use a null their loader returned. */
class Results {
  private final SingleflightGroup<String, Book> books = SingleflightGroup.create();
  private final SingleflightGroup<String, @Nullable Book> nullable = SingleflightGroup.create();
  private final SingleflightGroup<String, Integer> copies = SingleflightGroup.create();
  private final SingleflightGroup<String, List<Book>> shelves = SingleflightGroup.create();
  private final SingleflightGroup<String, String> settings = SingleflightGroup.create();
  private final SingleflightGroup<String, Object> objects = SingleflightGroup.create();
  private final Map<String, Book> cached = new HashMap<>();
  private final Catalogue catalogue;
  private final Index index;

  Results(Catalogue catalogue, Index index) {
    this.catalogue = catalogue;
    this.index = index;
  }

  String chained(String isbn) {
    // BUG: Diagnostic contains: whose loader may return null (execute(…) → catalogue.find(k))
    return books.execute(isbn, k -> catalogue.find(k)).title();
  }

  String byReference(String isbn) {
    Book book = books.execute(isbn, catalogue::find);
    // BUG: Diagnostic contains: 'book' is the result of a coalesced load whose loader may return
    return book.title();
  }

  String withTimeout(String isbn) throws Exception {
    Book book = books.execute(isbn, () -> index.read(isbn), Duration.ofSeconds(1));
    // BUG: Diagnostic contains: (book → execute(…) → read(…) → books.get(isbn))
    return book.title();
  }

  String literal(String isbn) {
    Book book =
        books.execute(
            isbn,
            k -> {
              if (k.isEmpty()) {
                return null;
              }
              return catalogue.get(k);
            });
    // BUG: Diagnostic contains: (book → execute(…) → null)
    return book.title();
  }

  String nullInHandler(String isbn) {
    Book book =
        books.execute(
            isbn,
            k -> {
              try {
                return index.demand(k);
              } catch (NoSuchElementException e) {
                return null;
              }
            });
    // BUG: Diagnostic contains: 'book' is the result
    return book.title();
  }

  String emptyOptional(String isbn) {
    // BUG: Diagnostic contains: orElse(null)
    return books.execute(isbn, k -> catalogue.lookup(k).orElse(null)).title();
  }

  String shared(String isbn) {
    SharedResult<Book> result = books.executeShared(isbn, cached::get);
    if (result.isLeader()) {
      System.out.println("loaded " + isbn);
    }
    // BUG: Diagnostic contains: 'result.value()' is the result of a coalesced load
    return result.value().title();
  }

  String joined(String isbn) {
    // BUG: Diagnostic contains: is the result of a coalesced load
    return books.executeAsync(isbn, k -> index.read(k)).join().title();
  }

  String waited(String isbn) throws Exception {
    Future<Book> future = books.executeAsync(isbn, index::read);
    Book book = future.get();
    // BUG: Diagnostic contains: 'book' is the result
    return book.title();
  }

  CompletableFuture<String> applied(String isbn) {
    // BUG: Diagnostic contains: 'book' is the result
    return books.executeAsync(isbn, index::read).thenApply(book -> book.title());
  }

  CompletableFuture<String> appliedByReference(String isbn) {
    // BUG: Diagnostic contains: 'Book::title' is the result
    return books.executeAsync(isbn, index::read).thenApply(Book::title);
  }

  CompletableFuture<String> appliedByHelper(String isbn) {
    // BUG: Diagnostic contains: is given to of(…)
    return books.executeAsync(isbn, index::read).thenApply(Titles::of);
  }

  void accepted(String isbn) {
    CompletableFuture<Book> future = books.executeAsync(isbn, index::read);
    // BUG: Diagnostic contains: 'book' is the result
    future.thenAccept(book -> System.out.println(book.title()));
  }

  int unboxed(String isbn) {
    // BUG: Diagnostic contains: and is unboxed
    int number = copies.execute(isbn, k -> k.isEmpty() ? null : Integer.valueOf(1));
    return number + 1;
  }

  int unboxedByReturn(String isbn) {
    // BUG: Diagnostic contains: and is unboxed
    return copies.execute(isbn, k -> index.copies(k));
  }

  int looped(String name) {
    int count = 0;
    // BUG: Diagnostic contains: and is looped over
    for (Book book : shelves.execute(name, k -> k.isEmpty() ? null : catalogue.shelf(k))) {
      count += book.title().length();
    }
    return count;
  }

  String switched(String name) {
    // BUG: Diagnostic contains: and is switched on
    switch (settings.execute(name, k -> System.getProperty(k))) {
      case "on":
        return "yes";
      default:
        return "no";
    }
  }

  String helper(String isbn) {
    // BUG: Diagnostic contains: is given to of(…), where 'title' is called on it
    return Titles.of(books.execute(isbn, index::read));
  }

  private Book find(String isbn) {
    return books.execute(isbn, index::read);
  }

  String returned(String isbn) {
    // BUG: Diagnostic contains: (find(…) → execute(…) → read(…) → books.get(isbn))
    return find(isbn).title();
  }

  List<String> streamed(List<String> isbns) {
    // BUG: Diagnostic contains: 'Book::title' is the result
    return isbns.stream().map(this::find).map(Book::title).toList();
  }

  private Book last;

  void load(String isbn) {
    last = books.execute(isbn, index::read);
  }

  String kept() {
    // BUG: Diagnostic contains: 'last' is the result
    return last.title();
  }

  String throughWrapper(String isbn) {
    // BUG: Diagnostic contains: is the result of a coalesced load
    return cached(isbn, () -> catalogue.find(isbn)).title();
  }

  @SuppressWarnings("unchecked")
  private <T> T cached(String key, Supplier<T> supplier) {
    return (T) objects.execute(key, k -> supplier.get());
  }

  String cast(String isbn) {
    // BUG: Diagnostic contains: is the result of a coalesced load
    return ((Book) objects.execute(isbn, k -> index.read(k))).title();
  }

  String declaredNullable(String isbn) {
    // BUG: Diagnostic contains: is the result of a coalesced load
    return nullable.execute(isbn, k -> catalogue.get(k)).title();
  }

  String anonymous(String isbn) {
    Book book =
        books.execute(
            isbn,
            new Loader<String, Book, RuntimeException>() {
              @Override
              public Book load(String k) {
                return cached.get(k);
              }
            });
    // BUG: Diagnostic contains: 'book' is the result
    return book.title();
  }

  private final Loader<String, Book, RuntimeException> held = k -> cached.get(k);

  String held(String isbn) {
    // BUG: Diagnostic contains: is the result of a coalesced load
    return books.execute(isbn, held).title();
  }

  @Coalescing
  Book coalesced(String isbn) {
    return cached.get(isbn);
  }

  String declared(String isbn) {
    // BUG: Diagnostic contains: 'coalesced(isbn)' is the result
    return coalesced(isbn).title();
  }

  String askedAndGoneOn(String isbn) {
    Book book = books.execute(isbn, index::read);
    if (book == null) {
      System.err.println("no book " + isbn);
    }
    // BUG: Diagnostic contains: 'book' is the result
    return book.title();
  }

  String optionalOf(String isbn) {
    Book book = books.execute(isbn, index::read);
    // BUG: Diagnostic contains: is given to Optional.of, which fails on null
    return Optional.of(book).map(Book::title).get();
  }

  private final SingleflightLoader<String, Book> loader =
      SingleflightLoader.newBuilder().build((String k) -> cached.get(k));
  private final TenantLoader<String, String, Book> branches =
      SingleflightLoader.newBuilder().buildPerTenant((String tenant, String k) -> cached.get(k));

  String ofLoader(String isbn) {
    // BUG: Diagnostic contains: 'loader.get(isbn)' is the result
    return loader.get(isbn).title();
  }

  CompletableFuture<String> ofLoaderAsync(String isbn) {
    // BUG: Diagnostic contains: 'book' is the result
    return loader.getAsync(isbn).thenApply(book -> book.title());
  }

  String ofBranch(String branch, String isbn) {
    // BUG: Diagnostic contains: is the result
    return branches.get(branch, isbn).title() + branches.forTenant(branch);
  }

  String cachedOrLoaded(String isbn) {
    Book book = cachedOrFound(isbn);
    // BUG: Diagnostic contains: 'book' is the result
    return book.title();
  }

  private Book cachedOrFound(String isbn) {
    Book hit = cached.get(isbn);
    if (hit != null) {
      return hit;
    }
    return books.execute(isbn, index::read);
  }
}
