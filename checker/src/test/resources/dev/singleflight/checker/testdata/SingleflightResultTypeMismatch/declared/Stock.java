package test;

import java.util.List;
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
}
