package test;

import dev.singleflight.SingleflightGroup;
import dev.singleflight.SingleflightLoader;
import dev.singleflight.ThrowingSupplier;
import dev.singleflight.annotations.Coalescing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import test.Shop.Customer;
import test.Shop.CustomerDto;
import test.Shop.Invoice;
import test.Shop.Member;
import test.Shop.Store;

/** Casts to what the loader of the very same call cannot return. */
class WrongCasts {
  private final SingleflightGroup<String, Object> group = SingleflightGroup.create();
  private final Store store;

  WrongCasts(Store store) {
    this.store = store;
  }

  Customer madeAnew(String id) {
    // BUG: Diagnostic contains: cast to Customer here, but its loader returns
    return (Customer) group.execute("a:" + id, k -> new CustomerDto(store.customer(k)));
  }

  Customer throughLocal(String id) {
    Object value = group.execute("b:" + id, k -> store.invoice(k));
    // BUG: Diagnostic contains: its loader returns Invoice
    return (Customer) value;
  }

  Customer shared(String id) {
    // BUG: Diagnostic contains: its loader returns Order
    return (Customer) group.executeShared("c:" + id, k -> store.order(k)).value();
  }

  Customer joined(String id) {
    // BUG: Diagnostic contains: its loader returns Invoice
    return (Customer) group.executeAsync("d:" + id, k -> store.invoice(k)).join();
  }

  CompletableFuture<Customer> applied(String id) {
    // BUG: Diagnostic contains: its loader returns Invoice
    return group.executeAsync("e:" + id, k -> store.invoice(k)).thenApply(v -> (Customer) v);
  }

  CompletableFuture<Customer> appliedByReference(String id) {
    CompletableFuture<Object> future = group.executeAsync("f:" + id, k -> store.invoice(k));
    // BUG: Diagnostic contains: its loader returns Invoice
    return future.thenApply(Customer.class::cast);
  }

  Customer classCast(String id) {
    // BUG: Diagnostic contains: its loader returns Invoice
    return Customer.class.cast(group.execute("g:" + id, store::invoice));
  }

  long boxedOtherwise(String id) {
    // BUG: Diagnostic contains: its loader returns Integer
    return (Long) group.execute("h:" + id, k -> k.length());
  }

  int unboxedOtherwise(String id) {
    // BUG: Diagnostic contains: its loader returns Long
    return (int) group.execute("i:" + id, k -> store.count(k));
  }

  Customer optional(String id) {
    // BUG: Diagnostic contains: its loader returns Optional
    return (Customer) group.execute("j:" + id, k -> store.lookup(k));
  }

  Customer future(String id) {
    // BUG: Diagnostic contains: its loader returns CompletableFuture
    return (Customer) group.execute("k:" + id, store::later);
  }

  @SuppressWarnings("unchecked")
  List<String> setForList(String id) {
    // BUG: Diagnostic contains: its loader returns HashSet
    return (List<String>) group.execute("l:" + id, k -> new HashSet<String>());
  }

  Customer[] listForArray(String id) {
    // BUG: Diagnostic contains: its loader returns ArrayList
    return (Customer[]) group.execute("m:" + id, k -> new ArrayList<Customer>());
  }

  Member notThatSpecial(String id) {
    // BUG: Diagnostic contains: its loader returns Customer
    return (Member) group.execute("n:" + id, k -> new Customer(k));
  }

  String builder(String id) {
    // BUG: Diagnostic contains: its loader returns StringBuilder
    return (String) group.execute("o:" + id, k -> new StringBuilder(k));
  }

  Customer nullOrWrong(String id) {
    Object found =
        group.execute(
            "p:" + id,
            k -> {
              if (k.isEmpty()) {
                return null;
              }
              Object made = new CustomerDto(store.customer(k));
              return made;
            });
    // BUG: Diagnostic contains: its loader returns CustomerDto
    return (Customer) found;
  }

  Customer madeByHelper(String id) {
    // BUG: Diagnostic contains: its loader returns CustomerDto
    return (Customer) group.execute("q:" + id, this::dto);
  }

  private Object dto(String id) {
    return new CustomerDto(store.customer(id));
  }

  Customer fromMethod(String id) {
    // BUG: Diagnostic contains: its loader returns Invoice
    return (Customer) invoice(id);
  }

  private Object invoice(String id) {
    return group.execute("r:" + id, k -> store.invoice(k));
  }

  @SuppressWarnings({"rawtypes", "unchecked"})
  Customer raw(String id) throws Exception {
    SingleflightGroup raw = group;
    // BUG: Diagnostic contains: its loader returns Invoice
    return (Customer) raw.execute("s:" + id, (ThrowingSupplier) () -> new Invoice());
  }

  Customer byWrapper(String id) {
    // BUG: Diagnostic contains: its loader returns Invoice
    return load(id, () -> store.invoice(id));
  }

  @SuppressWarnings("unchecked")
  private <T> T load(String id, Supplier<?> supplier) {
    return (T) group.execute("t:" + id, supplier::get);
  }

  @Coalescing
  Object coalesced(String id) {
    return store.invoice(id);
  }

  Customer declared(String id) {
    // BUG: Diagnostic contains: its loader returns Invoice
    return (Customer) coalesced(id);
  }

  private final SingleflightLoader<String, Object> loader =
      SingleflightLoader.newBuilder().build((String id) -> new Invoice());

  Customer ofLoader(String id) {
    // BUG: Diagnostic contains: its loader returns Invoice
    return (Customer) loader.get(id);
  }

  private final SingleflightGroup<String, List<Customer>> lists = SingleflightGroup.create();
  private final List<Customer> all = List.of();

  @SuppressWarnings("unchecked")
  ArrayList<Customer> ofHiddenClass(String id) {
    // BUG: Diagnostic contains: its loader returns List
    return (ArrayList<Customer>) lists.execute("u:" + id, () -> List.copyOf(all));
  }

  @SuppressWarnings("unchecked")
  ArrayList<Customer> ofArrayList(String id) {
    return (ArrayList<Customer>) lists.execute("v:" + id, () -> new ArrayList<>(all));
  }

  Iterable<Customer> ofInterface(String id) {
    return (Iterable<Customer>) lists.execute("w:" + id, () -> List.copyOf(all));
  }
}
