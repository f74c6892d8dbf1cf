package test;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import test.Domain.*;

/** Keys without equals that callers bring: made anew by each, or one for each value. */
class KeysFromElsewhere {
  private final Map<PageKey, Config> pages = new ConcurrentHashMap<>();
  private final Map<OptionKey, Config> options = new ConcurrentHashMap<>();
  private final Map<Page, Config> rendered = new ConcurrentHashMap<>();
  private final Repository db;

  KeysFromElsewhere(Repository db) {
    this.db = db;
  }

  static final class PageKey {
    final String site;
    final int number;

    PageKey(String site, int number) {
      this.site = site;
      this.number = number;
    }
  }

  /** One object for each option: its identity is what it is. */
  static final class OptionKey {
    static final OptionKey COLOUR = new OptionKey("colour");

    final String name;

    OptionKey(String name) {
      this.name = name;
    }
  }

  static final class Page {
    final String title;

    Page(String title) {
      this.title = title;
    }
  }

  static class Callers {
    private final KeysFromElsewhere keys;

    Callers(KeysFromElsewhere keys) {
      this.keys = keys;
    }

    Config page(String site, int number) {
      return keys.page(new PageKey(site, number));
    }

    Config colour() {
      return keys.option(OptionKey.COLOUR);
    }

    Config rendered(String title) {
      return keys.rendered(new Page(title));
    }
  }

  Config page(PageKey key) {
    // BUG: Diagnostic contains: PageKey, which has no equals
    return pages.computeIfAbsent(key, k -> db.config(k.site, "page" + k.number));
  }

  Config option(OptionKey key) {
    return options.computeIfAbsent(key, k -> db.config("options", k.name));
  }

  Config rendered(Page page) {
    return rendered.computeIfAbsent(page, p -> db.config("pages", p.title));
  }
}
