package test;

import dev.singleflight.SingleflightGroup;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;

/** Keys that are filled by functions, element by element. */
class FilledKeys {
  record Sku(String code) {}

  interface Store {
    String read(Collection<Sku> skus);

    String text(Collection<String> codes);
  }

  private final SingleflightGroup<Object, String> group = SingleflightGroup.create();
  private final Store store;

  FilledKeys(Store store) {
    this.store = store;
  }

  String byLambda(Set<Sku> skus) {
    Set<String> codes = new TreeSet<>();
    skus.forEach(sku -> codes.add(sku.code()));
    return group.execute(String.join("+", codes), () -> store.read(skus));
  }

  String byBlock(Set<Sku> skus) {
    Set<String> codes = new TreeSet<>();
    skus.forEach(
        sku -> {
          codes.add(sku.code());
        });
    return group.execute(String.join("+", codes), () -> store.read(skus));
  }

  String byReference(Set<String> codes) {
    Set<String> sorted = new TreeSet<>();
    codes.forEach(sorted::add);
    return group.execute(String.join("+", sorted), () -> store.text(codes));
  }

  String byStream(Set<Sku> skus) {
    StringJoiner key = new StringJoiner(",");
    skus.stream().map(Sku::code).sorted().forEachOrdered(key::add);
    return group.execute(key.toString(), () -> store.read(skus));
  }

  String byBuilder(Set<Sku> skus) {
    StringBuilder key = new StringBuilder();
    skus.forEach(sku -> key.append(sku.code()).append(','));
    return group.execute(key.toString(), () -> store.read(skus));
  }

  String byEntries(Map<String, String> codes) {
    StringBuilder key = new StringBuilder();
    codes.forEach((name, code) -> key.append(name).append('=').append(code));
    return group.execute(key.toString(), () -> store.text(codes.values()));
  }

  String byOptional(String code, Optional<String> variant) {
    StringBuilder key = new StringBuilder(code);
    variant.ifPresent(key::append);
    return group.execute(key.toString(), () -> store.text(List.of(code, variant.orElse("plain"))));
  }

  String byAddAll(String... codes) {
    List<String> sorted = new ArrayList<>();
    Collections.addAll(sorted, codes);
    Collections.sort(sorted);
    return group.execute(sorted.toString(), () -> store.text(List.of(codes)));
  }

  String ofOthers(Set<Sku> skus, Set<Sku> others) {
    Set<String> codes = new TreeSet<>();
    skus.forEach(sku -> codes.add(sku.code()));
    // BUG: Diagnostic contains: depends on 'others'
    return group.execute(String.join("+", codes), () -> store.read(skus) + store.read(others));
  }

  String ofOthersByReference(Set<String> codes, Set<String> others) {
    Set<String> sorted = new TreeSet<>();
    codes.forEach(sorted::add);
    // BUG: Diagnostic contains: depends on 'others'
    return group.execute(String.join("+", sorted), () -> store.text(codes) + store.text(others));
  }

  String filledAfterwards(Set<String> codes) {
    List<String> all = new ArrayList<>();
    String key = "all:" + all;
    codes.forEach(all::add);
    // BUG: Diagnostic contains: depends on 'codes'
    return group.execute(key, () -> store.text(codes));
  }
}
