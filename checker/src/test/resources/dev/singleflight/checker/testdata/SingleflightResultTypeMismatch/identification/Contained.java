package test;

import dev.singleflight.SingleflightGroup;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import test.Shop.Customer;
import test.Shop.Invoice;
import test.Shop.Store;

/** What is in a loaded optional or list is not what was loaded; what is in its future is. */
class Contained {
  private final SingleflightGroup<String, Object> group = SingleflightGroup.create();
  private final Store store;

  Contained(Store store) {
    this.store = store;
  }

  Optional<Customer> inOptional(String id) {
    Object found = group.execute("o:" + id, k -> Optional.of(store.customer(id)));
    return ((Optional<?>) found).map(Customer.class::cast);
  }

  Customer takenOut(String id) {
    Optional<?> found =
        (Optional<?>) group.execute("o:" + id, k -> Optional.of(store.customer(id)));
    return (Customer) found.orElseThrow();
  }

  Customer first(String id) {
    List<?> found = (List<?>) group.execute("l:" + id, k -> List.of(store.customer(id)));
    return (Customer) found.get(0);
  }

  CompletableFuture<Customer> inFuture(String id) {
    return group.executeAsync("c:" + id, k -> store.customer(id)).thenApply(Customer.class::cast);
  }

  CompletableFuture<Invoice> otherInFuture(String id) {
    // BUG: Diagnostic contains: cast to Invoice
    return group.executeAsync("c:" + id, k -> store.customer(id)).thenApply(Invoice.class::cast);
  }

  void ended(String id, List<Exception> failures) {
    CompletableFuture<?> unused =
        group
            .executeAsync("c:" + id, k -> store.customer(id))
            .whenComplete((customer, failure) -> failures.add((Exception) failure));
  }
}
