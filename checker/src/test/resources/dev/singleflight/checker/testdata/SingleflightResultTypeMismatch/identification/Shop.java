package test;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What a shop's services are made of. */
public final class Shop {
  public static class Customer {
    final String name;

    public Customer(String name) {
      this.name = name;
    }
  }

  public static class Member extends Customer {
    public Member(String name) {
      super(name);
    }
  }

  public static class CustomerDto {
    public CustomerDto(Customer customer) {}
  }

  public static final class Invoice {}

  public record Order(String id) {}

  public interface Priced {}

  public enum Kind {
    CUSTOMER,
    INVOICE
  }

  public record Key(Kind kind, String id) {}

  public record CustomerKey(String id) {}

  public record InvoiceKey(String id) {}

  public interface Store {
    Customer customer(String id);

    Invoice invoice(String id);

    Order order(String id);

    Object any(String id);

    long count(String id);

    Priced priced(String id);

    List<Customer> customers(String id);

    Optional<Customer> lookup(String id);

    CompletableFuture<Customer> later(String id);
  }

  private Shop() {}
}
