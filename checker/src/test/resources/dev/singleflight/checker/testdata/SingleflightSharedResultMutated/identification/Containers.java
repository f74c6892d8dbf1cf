package test;

import dev.singleflight.SingleflightGroup;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Collections, arrays and buffers that are changed after the load that shares them. */
class Containers {
  private final SingleflightGroup<String, List<String>> lists = SingleflightGroup.create();
  private final SingleflightGroup<String, Set<String>> sets = SingleflightGroup.create();
  private final SingleflightGroup<String, Map<String, Account>> maps = SingleflightGroup.create();
  private final SingleflightGroup<String, NavigableMap<String, String>> sortedMaps =
      SingleflightGroup.create();
  private final SingleflightGroup<String, List<Account>> beans = SingleflightGroup.create();
  private final SingleflightGroup<String, Account[]> arrays = SingleflightGroup.create();
  private final SingleflightGroup<String, byte[]> bytes = SingleflightGroup.create();
  private final SingleflightGroup<String, StringBuilder> texts = SingleflightGroup.create();
  private final SingleflightGroup<String, ByteBuffer> buffers = SingleflightGroup.create();
  private final SingleflightGroup<String, BitSet> bits = SingleflightGroup.create();
  private final SingleflightGroup<String, Deque<String>> queues = SingleflightGroup.create();
  private final SingleflightGroup<String, EnumMap<TimeUnit, String>> enums =
      SingleflightGroup.create();
  private final Accounts accounts;
  private final Accounts.Source source;

  interface Loaders {
    <T> T load(String id);
  }

  private final Loaders loaders;

  Containers(Accounts accounts, Accounts.Source source, Loaders loaders) {
    this.accounts = accounts;
    this.source = source;
    this.loaders = loaders;
  }

  void add(String id) {
    List<String> names = lists.execute(id, source::names);
    // BUG: Diagnostic contains: names.add("me")
    names.add("me");
  }

  void addAll(String id, List<String> more) {
    // BUG: Diagnostic contains: addAll(more)
    lists.execute(id, source::names).addAll(more);
  }

  void removeIf(String id) {
    List<String> names = lists.execute(id, source::names);
    // BUG: Diagnostic contains: names.removeIf
    names.removeIf(String::isEmpty);
  }

  void sort(String id) {
    List<String> names = lists.execute(id, source::names);
    // BUG: Diagnostic contains: Collections.sort(names)
    Collections.sort(names);
  }

  void sortMethod(String id) {
    List<String> names = lists.execute(id, source::names);
    // BUG: Diagnostic contains: names.sort
    names.sort(Comparator.naturalOrder());
  }

  void shuffle(String id) {
    // BUG: Diagnostic contains: Collections.shuffle
    Collections.shuffle(lists.execute(id, source::names));
  }

  void collectionsAddAll(String id) {
    // BUG: Diagnostic contains: Collections.addAll
    Collections.addAll(lists.execute(id, source::names), "a", "b");
  }

  void set(String id) {
    List<String> names = lists.execute(id, source::names);
    // BUG: Diagnostic contains: names.set(0, id)
    names.set(0, id);
  }

  void loopAndRemove(String id) {
    List<String> names = lists.execute(id, source::names);
    for (Iterator<String> i = names.iterator(); i.hasNext(); ) {
      if (i.next().isEmpty()) {
        // BUG: Diagnostic contains: i.remove()
        i.remove();
      }
    }
  }

  void listIterator(String id) {
    ListIterator<String> i = lists.execute(id, source::names).listIterator();
    while (i.hasNext()) {
      // BUG: Diagnostic contains: i.set
      i.set(i.next().trim());
    }
  }

  void subList(String id) {
    List<String> names = lists.execute(id, source::names);
    // BUG: Diagnostic contains: clear()
    names.subList(1, names.size()).clear();
  }

  void subListInLocal(String id) {
    List<String> page = lists.execute(id, source::names).subList(0, 10);
    // BUG: Diagnostic contains: page.add
    page.add("more");
  }

  void ofSet(String id) {
    Set<String> names = sets.execute(id, loaders::load);
    // BUG: Diagnostic contains: names.remove(id)
    names.remove(id);
  }

  void retain(String id, Collection<String> allowed) {
    // BUG: Diagnostic contains: retainAll(allowed)
    sets.execute(id, loaders::load).retainAll(allowed);
  }

  void put(String id) {
    Map<String, Account> map = maps.execute(id, loaders::load);
    // BUG: Diagnostic contains: map.put(id, new Account())
    map.put(id, new Account());
  }

  void computeIfAbsent(String id) {
    Map<String, Account> map = maps.execute(id, loaders::load);
    // BUG: Diagnostic contains: map.computeIfAbsent
    map.computeIfAbsent(id, source::load);
  }

  void keySet(String id) {
    // BUG: Diagnostic contains: keySet().remove(id)
    maps.execute(id, loaders::load).keySet().remove(id);
  }

  void values(String id) {
    // BUG: Diagnostic contains: values().removeIf
    maps.execute(id, loaders::load).values().removeIf(Account::isClosed);
  }

  void valueOfMap(String id) {
    // BUG: Diagnostic contains: setState
    maps.execute(id, loaders::load).get(id).setState("seen");
  }

  void valuesLoop(String id) {
    for (Account account : maps.execute(id, loaders::load).values()) {
      // BUG: Diagnostic contains: account.setState
      account.setState("seen");
    }
  }

  void entries(String id) {
    for (Map.Entry<String, Account> entry : maps.execute(id, loaders::load).entrySet()) {
      // BUG: Diagnostic contains: entry.setValue(null)
      entry.setValue(null);
    }
  }

  void entryValue(String id) {
    for (Map.Entry<String, Account> entry : maps.execute(id, loaders::load).entrySet()) {
      // BUG: Diagnostic contains: close()
      entry.getValue().close();
    }
  }

  void mapForEach(String id) {
    // BUG: Diagnostic contains: account.setState("seen")
    maps.execute(id, loaders::load).forEach((key, account) -> account.setState("seen"));
  }

  void headMap(String id) {
    // BUG: Diagnostic contains: clear()
    sortedMaps.execute(id, loaders::load).headMap("m").clear();
  }

  void pollFirst(String id) {
    // BUG: Diagnostic contains: pollFirstEntry()
    sortedMaps.execute(id, loaders::load).pollFirstEntry();
  }

  void forEachElement(String id) {
    for (Account account : beans.execute(id, source::loadAll)) {
      // BUG: Diagnostic contains: account.setState
      account.setState("seen");
    }
  }

  void forEachLambda(String id) {
    // BUG: Diagnostic contains: a.setState("seen")
    beans.execute(id, source::loadAll).forEach(a -> a.setState("seen"));
  }

  void forEachReference(String id) {
    // BUG: Diagnostic contains: Account::close
    beans.execute(id, source::loadAll).forEach(Account::close);
  }

  void streamForEach(String id) {
    beans.execute(id, source::loadAll).stream()
        .filter(a -> !a.isClosed())
        // BUG: Diagnostic contains: a.close()
        .forEach(a -> a.close());
  }

  List<Account> streamPeek(String id) {
    return beans.execute(id, source::loadAll).stream()
        // BUG: Diagnostic contains: a.setState("listed")
        .peek(a -> a.setState("listed"))
        .toList();
  }

  List<Account> streamMapInPlace(String id) {
    return beans.execute(id, source::loadAll).stream()
        .map(
            a -> {
              // BUG: Diagnostic contains: a.setState("listed")
              a.setState("listed");
              return a;
            })
        .toList();
  }

  void elementOfCopy(String id) {
    List<Account> own = new java.util.ArrayList<>(beans.execute(id, source::loadAll));
    // BUG: Diagnostic contains: setState
    own.get(0).setState("seen");
  }

  void elementsOfCopy(String id) {
    for (Account account : List.copyOf(accounts.all(id))) {
      // BUG: Diagnostic contains: account.close()
      account.close();
    }
  }

  void first(String id) {
    // BUG: Diagnostic contains: setState
    accounts.all(id).get(0).setState("first");
  }

  void found(String id) {
    Account closed = accounts.all(id).stream().filter(Account::isClosed).findFirst().orElseThrow();
    // BUG: Diagnostic contains: closed.setState
    closed.setState("reopened");
  }

  void helperOfList(String id) {
    // BUG: Diagnostic contains: AccountTools.touchAll
    AccountTools.touchAll(accounts.all(id));
  }

  void helperSorts(String id) {
    // BUG: Diagnostic contains: AccountTools.sortInPlace
    List<String> sorted = AccountTools.sortInPlace(lists.execute(id, source::names));
    sorted.size();
  }

  void array(String id) {
    byte[] data = bytes.execute(id, loaders::load);
    // BUG: Diagnostic contains: data[0]
    data[0] = 1;
  }

  void arrayCompound(String id) {
    byte[] data = bytes.execute(id, loaders::load);
    for (int i = 0; i < data.length; i++) {
      // BUG: Diagnostic contains: data[i]
      data[i] ^= 0x2a;
    }
  }

  void fill(String id) {
    // BUG: Diagnostic contains: Arrays.fill
    Arrays.fill(bytes.execute(id, loaders::load), (byte) 0);
  }

  void sortArray(String id) {
    byte[] data = bytes.execute(id, loaders::load);
    // BUG: Diagnostic contains: Arrays.sort(data)
    Arrays.sort(data);
  }

  void arraycopyInto(String id, byte[] header) {
    byte[] data = bytes.execute(id, loaders::load);
    // BUG: Diagnostic contains: System.arraycopy
    System.arraycopy(header, 0, data, 0, header.length);
  }

  void elementOfArray(String id) {
    for (Account account : arrays.execute(id, loaders::load)) {
      // BUG: Diagnostic contains: account.close()
      account.close();
    }
  }

  void elementOfClonedArray(String id) {
    Account[] own = arrays.execute(id, loaders::load).clone();
    // BUG: Diagnostic contains: setState
    own[0].setState("seen");
  }

  void asListWritesThrough(String id) {
    // BUG: Diagnostic contains: set(0, null)
    Arrays.asList(arrays.execute(id, loaders::load)).set(0, null);
  }

  String text(String id) {
    StringBuilder text = texts.execute(id, loaders::load);
    // BUG: Diagnostic contains: text.append("!")
    text.append("!");
    return text.toString();
  }

  byte buffer(String id) {
    ByteBuffer buffer = buffers.execute(id, loaders::load);
    // BUG: Diagnostic contains: buffer.flip()
    buffer.flip();
    return buffer.get(0);
  }

  void bits(String id) {
    // BUG: Diagnostic contains: set(3)
    bits.execute(id, loaders::load).set(3);
  }

  String queue(String id) {
    Deque<String> queue = queues.execute(id, k -> new ArrayDeque<>(source.names(k)));
    // BUG: Diagnostic contains: queue.poll()
    return queue.poll();
  }

  void enumMap(String id) {
    // BUG: Diagnostic contains: put
    enums.execute(id, loaders::load).put(TimeUnit.DAYS, "day");
  }
}
