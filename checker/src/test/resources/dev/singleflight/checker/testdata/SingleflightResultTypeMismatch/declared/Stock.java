package test;

import java.util.List;
import java.util.Optional;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;

class Stock {
  record Item(long id) {}

  record Shelf(long id) {}

  interface Database {
    Item item(long id);

    Shelf shelf(long id);

    List<Item> items();
  }

  private final Database database;

  Stock(Database database) {
    this.database = database;
  }

  @Cacheable("stock")
  public Item item(long id) {
    return database.item(id);
  }

  // BUG: Diagnostic contains: gets a test.Stock.Item for a test.Stock.Shelf
  @Cacheable("stock")
  public Shelf shelf(long id) {
    return database.shelf(id);
  }

  @Cacheable("items")
  public Item itemAlone(long id) {
    return database.item(id);
  }

  @Cacheable("items")
  public List<Item> all() {
    return database.items();
  }

  @Cacheable(value = "told", key = "'item' + #id")
  public Item toldItem(long id) {
    return database.item(id);
  }

  @Cacheable(value = "told", key = "'shelf' + #id")
  public Shelf toldShelf(long id) {
    return database.shelf(id);
  }

  @Cacheable("found")
  public Optional<Item> found(long id) {
    return Optional.of(database.item(id));
  }

  // BUG: Diagnostic contains: puts the boolean that it returns into 'found'
  @CachePut(value = "found", key = "#item.id")
  public boolean change(Item item) {
    return database.item(item.id()) != null;
  }

  // BUG: Diagnostic contains: puts null into 'found'
  @CachePut(value = "found", key = "#item.id")
  public void replace(Item item) {
    database.item(item.id());
  }

  /** What is kept of an optional is what it holds. */
  @CachePut(value = "found", key = "#item.id")
  public Item put(Item item) {
    return database.item(item.id());
  }

  /** The cache may be read by others. */
  @CachePut(value = "elsewhere", key = "#item.id")
  public boolean elsewhere(Item item) {
    return database.item(item.id()) != null;
  }
}
