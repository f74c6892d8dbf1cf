package test;

import dev.singleflight.SingleflightGroup;
import dev.singleflight.SingleflightLoader;
import dev.singleflight.ThrowingSupplier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import test.Shop.Customer;
import test.Shop.CustomerDto;
import test.Shop.CustomerKey;
import test.Shop.Invoice;
import test.Shop.InvoiceKey;
import test.Shop.Key;
import test.Shop.Kind;
import test.Shop.Member;
import test.Shop.Order;
import test.Shop.Priced;
import test.Shop.Store;

/** Casts that may succeed, and keys that cannot meet. */
class NearMisses {
  private final SingleflightGroup<String, Object> group = SingleflightGroup.create();
  private final SingleflightGroup<Object, Object> records = SingleflightGroup.create();
  private final SingleflightGroup<String, Object> family = SingleflightGroup.create();
  private final SingleflightGroup<String, Object> uncast = SingleflightGroup.create();
  private final Store store;

  NearMisses(Store store) {
    this.store = store;
  }

  Customer right(String id) {
    return (Customer) group.execute("a:" + id, k -> store.customer(k));
  }

  Customer subtype(String id) {
    return (Customer) group.execute("b:" + id, k -> new Member(k));
  }

  Customer nothingIsKnown(String id) {
    return (Customer) group.execute("c:" + id, k -> store.any(k));
  }

  Customer anInterfaceMayBe(String id) {
    return (Customer) group.execute("d:" + id, k -> store.priced(k));
  }

  Priced aSubclassMayBe(String id) {
    return (Priced) group.execute("e:" + id, k -> store.customer(k));
  }

  Member mayBeSpecial(String id) {
    return (Member) group.execute("f:" + id, k -> store.customer(k));
  }

  Customer asked(String id) {
    Object value = group.execute("g:" + id, k -> store.invoice(k));
    return value instanceof Customer ? (Customer) value : null;
  }

  Customer pattern(String id) {
    Object value = group.execute("h:" + id, k -> store.invoice(k));
    return value instanceof Customer customer ? customer : null;
  }

  Customer askedOfItsClass(String id, Class<Customer> wanted) {
    Object value = group.execute("g2:" + id, k -> store.invoice(k));
    return wanted.isInstance(value) ? (Customer) value : null;
  }

  Customer comparedByClass(String id) {
    Object value = group.execute("g3:" + id, k -> store.invoice(k));
    return value.getClass() == Customer.class ? (Customer) value : null;
  }

  @SuppressWarnings("unchecked")
  List<Customer> implementation(String id) {
    return (List<Customer>) group.execute("i:" + id, k -> new ArrayList<Customer>());
  }

  @SuppressWarnings("unchecked")
  List<Customer> otherImplementation(String id) {
    return (ArrayList<Customer>) group.execute("j:" + id, k -> store.customers(k));
  }

  long boxedAlike(String id) {
    return (Long) group.execute("k:" + id, k -> store.count(k));
  }

  int unboxedAlike(String id) {
    return (int) group.execute("l:" + id, k -> k.length());
  }

  Number wider(String id) {
    return (Number) group.execute("m:" + id, k -> store.count(k));
  }

  CharSequence text(String id) {
    return (CharSequence) group.execute("n:" + id, k -> "order " + k);
  }

  @SuppressWarnings("unchecked")
  Customer unwrapped(String id) {
    return ((Optional<Customer>) group.execute("o:" + id, k -> store.lookup(k))).orElse(null);
  }

  Object toObject(String id) {
    return (Object) group.execute("p:" + id, k -> new CustomerDto(store.customer(k)));
  }

  Customer nothing(String id) {
    return (Customer) group.execute("q:" + id, k -> null);
  }

  Customer prepared(String id) {
    try {
      return (Customer) group.execute("r:" + id, k -> store.invoice(k));
    } catch (ClassCastException e) {
      return null;
    }
  }

  Customer handedIn(String id, ThrowingSupplier<Customer, RuntimeException> supplier) {
    return (Customer) group.execute("s:" + id, supplier);
  }

  Customer prefixedCustomer(String id) {
    return (Customer) group.execute("customer:" + id, () -> store.customer(id));
  }

  Invoice prefixedInvoice(String id) {
    return (Invoice) group.execute("invoice:" + id, () -> store.invoice(id));
  }

  Customer customerByRecord(String id) {
    return (Customer) records.execute(new CustomerKey(id), () -> store.customer(id));
  }

  Invoice invoiceByRecord(String id) {
    return (Invoice) records.execute(new InvoiceKey(id), () -> store.invoice(id));
  }

  Customer customerByKind(String id) {
    return (Customer) records.execute(new Key(Kind.CUSTOMER, id), () -> store.customer(id));
  }

  Invoice invoiceByKind(String id) {
    return (Invoice) records.execute(new Key(Kind.INVOICE, id), () -> store.invoice(id));
  }

  Customer customerById(UUID customerId) {
    return (Customer) records.execute(customerId, () -> store.customer(customerId.toString()));
  }

  Invoice invoiceById(UUID invoiceId) {
    return (Invoice) records.execute(invoiceId, () -> store.invoice(invoiceId.toString()));
  }

  Customer customer(String id) {
    return (Customer) family.execute(id, () -> store.customer(id));
  }

  Customer member(String id) {
    return (Customer) family.execute(id, () -> new Member(id));
  }

  Object serialised(String id) {
    return uncast.execute(id, () -> store.customer(id));
  }

  String worded(String id) {
    return uncast.execute(id, () -> store.order(id)).toString();
  }

  Customer wrappedCustomer(String id) {
    return load("customer", id, () -> store.customer(id));
  }

  Order wrappedOrder(String id) {
    return load("order", id, () -> store.order(id));
  }

  @SuppressWarnings("unchecked")
  private <T> T load(String kind, String key, Supplier<T> supplier) {
    return (T) group.execute("t:" + kind + ":" + key, supplier::get);
  }

  Customer typedCustomer(String id) {
    return load(Customer.class, id, () -> store.customer(id));
  }

  Order typedOrder(String id) {
    return load(Order.class, id, () -> store.order(id));
  }

  private <T> T load(Class<T> type, String key, Supplier<T> supplier) {
    return type.cast(group.execute("u:" + type.getName() + ":" + key, supplier::get));
  }

  private final SingleflightLoader<String, Object> loader =
      SingleflightLoader.newBuilder().build((String id) -> new Invoice());

  Invoice ofLoader(String id) {
    return (Invoice) loader.get(id);
  }

  @SuppressWarnings("unchecked")
  SingleflightLoader<String, Invoice> itself() {
    Object built = SingleflightLoader.newBuilder().build((String id) -> new Invoice());
    return (SingleflightLoader<String, Invoice>) built;
  }

  @SuppressWarnings("unchecked")
  Optional<Invoice> present(String id) {
    return (Optional<Invoice>) (Object) loader.getIfPresent(id);
  }
}
