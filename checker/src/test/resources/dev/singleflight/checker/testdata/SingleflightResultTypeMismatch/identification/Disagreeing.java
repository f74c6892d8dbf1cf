package test;

import dev.singleflight.SingleflightGroup;
import java.util.function.Supplier;
import test.Shop.Customer;
import test.Shop.Invoice;
import test.Shop.Key;
import test.Shop.Kind;
import test.Shop.Order;
import test.Shop.Store;

/** Loaders of one group that return different types for what may be the same key. */
class Disagreeing {
  private final SingleflightGroup<String, Object> plain = SingleflightGroup.create();
  private final SingleflightGroup<String, Object> built = SingleflightGroup.create();
  private final SingleflightGroup<Object, Object> records = SingleflightGroup.create();
  private final SingleflightGroup<String, Object> wrapped = SingleflightGroup.create();
  private final Store store;

  Disagreeing(Store store) {
    this.store = store;
  }

  Customer customer(String customerId) {
    // BUG: Diagnostic contains: loads Invoice
    return (Customer) plain.execute(customerId, k -> store.customer(k));
  }

  Invoice invoice(String invoiceId) {
    // BUG: Diagnostic contains: loads Customer
    return (Invoice) plain.execute(invoiceId, k -> store.invoice(k));
  }

  Customer customer(String shop, String id) {
    // BUG: Diagnostic contains: loads Order
    return (Customer) built.execute(shop + ":" + id, () -> store.customer(id));
  }

  Order order(String shop, String id) {
    String key = String.format("%s:%s", shop, id);
    Object order = built.execute(key, () -> store.order(id));
    // BUG: Diagnostic contains: loads Customer
    return (Order) order;
  }

  Customer ofRecord(String id) {
    // BUG: Diagnostic contains: loads Invoice
    return (Customer) records.execute(new Key(Kind.CUSTOMER, id), () -> store.customer(id));
  }

  Invoice ofTheSameRecord(String id) {
    // BUG: Diagnostic contains: loads Customer
    return (Invoice) records.execute(new Key(Kind.CUSTOMER, id), () -> store.invoice(id));
  }

  Customer wrappedCustomer(String id) {
    // BUG: Diagnostic contains: loads Invoice
    return load(id, () -> store.customer(id));
  }

  Invoice wrappedInvoice(String id) {
    // BUG: Diagnostic contains: loads Customer
    return load(id, () -> store.invoice(id));
  }

  @SuppressWarnings("unchecked")
  private <T> T load(String key, Supplier<T> supplier) {
    return (T) wrapped.execute(key, supplier::get);
  }
}
