package test;

import dev.singleflight.SingleflightGroup;
import dev.singleflight.SingleflightLoader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import test.Library.Book;
import test.Library.Catalogue;

/** Results that are maps or optionals themselves: the loader made them, not the group. */
class Collected {
  private final SingleflightGroup<String, Map<String, Book>> indexes = SingleflightGroup.create();
  private final SingleflightGroup<String, Optional<Book>> found = SingleflightGroup.create();
  private final SingleflightLoader<String, Book> loader;
  private final Catalogue catalogue;

  Collected(Catalogue catalogue) {
    this.catalogue = catalogue;
    this.loader = SingleflightLoader.newBuilder().build((String isbn) -> catalogue.find(isbn));
  }

  int nullMap(List<String> isbns) {
    Map<String, Book> index =
        indexes.execute(
            String.join(",", isbns),
            () -> {
              if (isbns.isEmpty()) {
                return null;
              }
              return isbns.stream().collect(Collectors.toMap(Function.identity(), catalogue::get));
            });
    // BUG: Diagnostic contains: 'index' is the result of a coalesced load whose loader may return
    return index.size();
  }

  int emptyMap(List<String> isbns) {
    Map<String, Book> index =
        indexes.execute(
            String.join(",", isbns),
            () ->
                isbns.isEmpty()
                    ? Map.of()
                    : isbns.stream()
                        .collect(Collectors.toMap(Function.identity(), catalogue::get)));
    return index.size();
  }

  int nullMapChecked(List<String> isbns) {
    Map<String, Book> index =
        indexes.execute(String.join(",", isbns), () -> isbns.isEmpty() ? null : Map.of());
    return index == null ? 0 : index.size();
  }

  String nullOptional(String isbn) {
    return found
        .execute(isbn, key -> key.isEmpty() ? null : Optional.ofNullable(catalogue.find(key)))
        // BUG: Diagnostic contains: whose loader may return null
        .map(Book::title)
        .orElse("unknown");
  }

  String emptyOptional(String isbn) {
    return found
        .execute(isbn, key -> Optional.ofNullable(catalogue.find(key)))
        .map(Book::title)
        .orElse("unknown");
  }

  String presentOrThrow(String isbn) {
    return found.execute(isbn, key -> Optional.ofNullable(catalogue.find(key))).get().title();
  }

  String ofOwnOptional(String isbn) {
    return loader.getIfPresent(isbn).map(Book::title).orElse("unknown");
  }

  int ofOwnMap(List<String> isbns) {
    return loader.getAll(isbns).size();
  }
}
