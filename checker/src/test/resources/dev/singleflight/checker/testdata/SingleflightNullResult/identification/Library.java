package test;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a library's services are made of. */
public final class Library {
  public record Book(String isbn, String title) {}

  public interface Catalogue {
    @Nullable Book find(String isbn);

    Book get(String isbn);

    Optional<Book> lookup(String isbn);

    List<Book> shelf(String name);
  }

  public static class Index {
    private final Map<String, Book> books = new HashMap<>();

    public Book read(String isbn) {
      return books.get(isbn);
    }

    public Book demand(String isbn) {
      Book book = books.get(isbn);
      if (book == null) {
        throw new NoSuchElementException(isbn);
      }
      return book;
    }

    public Integer copies(String isbn) {
      return books.containsKey(isbn) ? 1 : null;
    }
  }

  public static class Titles {
    public static String of(Book book) {
      return book.title().trim();
    }

    public static String orUnknown(Book book) {
      if (book == null) {
        return "unknown";
      }
      return book.title();
    }
  }

  private Library() {}
}
