package test;

import dev.singleflight.SharedResult;
import dev.singleflight.SingleflightGroup;
import dev.singleflight.SingleflightLoader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import test.Library.Book;
import test.Library.Catalogue;
import test.Library.Index;
import test.Library.Titles;

/** Callers that ask first, and loaders that never return null. */
class NearMisses {
  private final SingleflightGroup<String, Book> books = SingleflightGroup.create();
  private final SingleflightGroup<String, Integer> copies = SingleflightGroup.create();
  private final SingleflightGroup<String, String> titles = SingleflightGroup.create();
  private final Map<String, Book> cached = new HashMap<>();
  private final Catalogue catalogue;
  private final Index index;

  NearMisses(Catalogue catalogue, Index index) {
    this.catalogue = catalogue;
    this.index = index;
  }

  String chosen(String isbn) {
    Book book = books.execute(isbn, catalogue::find);
    return book == null ? "unknown" : book.title();
  }

  String thrown(String isbn) {
    Book book = books.execute(isbn, catalogue::find);
    if (book == null) {
      throw new NoSuchElementException(isbn);
    }
    return book.title();
  }

  String assignedInTheCondition(String isbn) {
    Book book;
    if ((book = books.execute(isbn, catalogue::find)) == null) {
      return "unknown";
    }
    return book.title();
  }

  String nothingIsKnown(String isbn) {
    return books.execute(isbn, catalogue::get).title();
  }

  String demandedInTheSource(String isbn) {
    return books.execute(isbn, index::demand).title();
  }

  String optional(String isbn) {
    return Optional.ofNullable(books.execute(isbn, catalogue::find))
        .map(Book::title)
        .orElse("unknown");
  }

  Book handedOn(String isbn) {
    return books.execute(isbn, catalogue::find);
  }

  String required(String isbn) {
    return Objects.requireNonNull(books.execute(isbn, catalogue::find)).title();
  }

  String replaced(String isbn) {
    Book book = books.execute(isbn, catalogue::find);
    return Objects.requireNonNullElseGet(book, () -> catalogue.get(isbn)).title();
  }

  CompletableFuture<String> applied(String isbn) {
    return books
        .executeAsync(isbn, index::read)
        .thenApply(book -> book == null ? "unknown" : book.title());
  }

  CompletableFuture<String> appliedToOptional(String isbn) {
    return books
        .executeAsync(isbn, index::read)
        .thenApply(Optional::ofNullable)
        .thenApply(book -> book.map(Book::title).orElse("unknown"));
  }

  String shared(String isbn) {
    SharedResult<Book> result = books.executeShared(isbn, index::read);
    return result.value() == null ? "unknown" : result.value().title();
  }

  private Book demand(String isbn) {
    Book book = books.execute(isbn, index::read);
    if (book == null) {
      throw new NoSuchElementException(isbn);
    }
    return book;
  }

  String checkedWhereItIsReturned(String isbn) {
    return demand(isbn).title();
  }

  String checkedByHelper(String isbn) {
    return Titles.orUnknown(books.execute(isbn, index::read));
  }

  String checkedInTheLoader(String isbn) {
    return titles
        .execute(
            isbn,
            k -> {
              Book book = index.read(k);
              return book == null ? "unknown" : book.title();
            })
        .trim();
  }

  String replacedInTheLoader(String isbn) {
    return books
        .execute(
            isbn,
            k -> {
              Book book = index.read(k);
              if (book == null) {
                book = new Book(k, "unknown");
              }
              return book;
            })
        .title();
  }

  String cachedInTheLoader(String isbn) {
    return books
        .execute(isbn, k -> cached.computeIfAbsent(k, missing -> catalogue.get(missing)))
        .title();
  }

  void filtered(List<String> isbns) {
    isbns.stream()
        .map(isbn -> books.execute(isbn, index::read))
        .filter(Objects::nonNull)
        .forEach(book -> System.out.println(book.title()));
  }

  void skipped(List<String> isbns) {
    for (String isbn : isbns) {
      Book book = books.execute(isbn, index::read);
      if (book == null) {
        continue;
      }
      System.out.println(book.title());
    }
  }

  boolean compared(String isbn, Book other) {
    return other.equals(books.execute(isbn, index::read));
  }

  int boxed(String isbn) {
    Integer number = copies.execute(isbn, index::copies);
    return number == null ? 0 : number;
  }

  private Book last;

  void load(String isbn) {
    Book book = books.execute(isbn, index::read);
    if (book != null) {
      last = book;
    }
  }

  String kept() {
    return last.title();
  }

  String worded(String isbn) {
    return "book " + books.execute(isbn, index::read);
  }

  private final SingleflightLoader<String, Book> loader =
      SingleflightLoader.newBuilder().build((String k) -> cached.get(k));

  String present(String isbn) {
    return loader.getIfPresent(isbn).map(Book::title).orElse("unknown");
  }

  String ofLoader(String isbn) {
    Book book = loader.get(isbn);
    return book == null ? "unknown" : book.title();
  }

  String valueAsked(String isbn) {
    SharedResult<Book> result = books.executeShared(isbn, index::read);
    Book book = result.value();
    if (book == null) {
      return "unknown";
    }
    return result.value().title();
  }
}
