package test;

import dev.singleflight.SingleflightGroup;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import test.Shop.Customer;

/** Interfaces that some class may have both of, and those that none can. */
@SuppressWarnings("unchecked")
class Collections {
  interface Source {
    List<Customer> list(String name);

    Collection<Customer> all(String name);

    Map<String, Customer> map(String name);

    Iterable<Customer> some(String name);
  }

  private final SingleflightGroup<String, Object> group = SingleflightGroup.create();
  private final Source source;

  Collections(Source source) {
    this.source = source;
  }

  Map<String, Customer> listAsMap(String name) {
    // BUG: Diagnostic contains: its loader returns List
    return (Map<String, Customer>) group.execute("a:" + name, () -> source.list(name));
  }

  Set<Customer> mapAsSet(String name) {
    // BUG: Diagnostic contains: its loader returns Map
    return (Set<Customer>) group.execute("b:" + name, () -> source.map(name));
  }

  List<Customer> collectionAsList(String name) {
    return (List<Customer>) group.execute("c:" + name, () -> source.all(name));
  }

  NavigableMap<String, Customer> mapAsNavigable(String name) {
    return (NavigableMap<String, Customer>) group.execute("d:" + name, () -> source.map(name));
  }

  Map<String, Customer> iterableAsMap(String name) {
    return (Map<String, Customer>) group.execute("e:" + name, () -> source.some(name));
  }

  Runnable listAsRunnable(String name) {
    return (Runnable) group.execute("f:" + name, () -> source.list(name));
  }
}
