package test;

import dev.singleflight.SingleflightGroup;
import test.Shop.Customer;
import test.Shop.Invoice;
import test.Shop.Store;

/** Results that are given to a helper which casts them. */
class Handed {
  private final SingleflightGroup<String, Object> group = SingleflightGroup.create();
  private final Store store;

  Handed(Store store) {
    this.store = store;
  }

  Customer inHelper(String id) {
    // BUG: Diagnostic contains: cast to Customer here, but its loader returns Invoice
    return Converters.customer(group.execute("a:" + id, store::invoice));
  }

  String inVoidHelper(String id) {
    Object loaded = group.execute("b:" + id, store::invoice);
    StringBuilder text = new StringBuilder();
    // BUG: Diagnostic contains: cast to Customer here, but its loader returns Invoice
    Converters.describe(text, loaded);
    return text.toString();
  }

  Customer ofRightType(String id) {
    return Converters.customer(group.execute("c:" + id, store::customer));
  }

  Customer asked(String id) {
    Object loaded = group.execute("d:" + id, store::invoice);
    return loaded instanceof Customer ? Converters.customer(loaded) : null;
  }

  Customer askedInHelper(String id) {
    return Converters.customerOrNull(group.execute("e:" + id, store::invoice));
  }

  Object dependsOnAnother(String id) {
    return Converters.either(group.execute("f:" + id, store::invoice), false);
  }

  Object firstMadeAnother(String id) {
    return Converters.reread(group.execute("g:" + id, store::invoice), store);
  }

  Invoice generic(String id) {
    return Converters.as(group.execute("h:" + id, store::invoice));
  }

  static final class Converters {
    private Converters() {}

    static Customer customer(Object loaded) {
      return (Customer) loaded;
    }

    static void describe(StringBuilder text, Object loaded) {
      text.append(((Customer) loaded).toString());
    }

    static Customer customerOrNull(Object loaded) {
      if (!(loaded instanceof Customer)) {
        return null;
      }
      return (Customer) loaded;
    }

    static Object either(Object loaded, boolean customer) {
      return customer ? (Customer) loaded : (Invoice) loaded;
    }

    static Object reread(Object loaded, Store store) {
      loaded = store.customer("one");
      return (Customer) loaded;
    }

    @SuppressWarnings("unchecked")
    static <T> T as(Object loaded) {
      return (T) loaded;
    }
  }
}
