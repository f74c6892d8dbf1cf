// Over 400 lines: a list of cases of a few lines each, which share the fields at the top.
package test;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import dev.singleflight.SharedResult;
import dev.singleflight.SingleflightGroup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** Copies, reading, and objects that are the caller's own. */
class NearMisses {
  private final SingleflightGroup<String, Account> group = SingleflightGroup.create();
  private final SingleflightGroup<String, List<String>> lists = SingleflightGroup.create();
  private final SingleflightGroup<String, List<Account>> beans = SingleflightGroup.create();
  private final SingleflightGroup<String, Map<String, String>> maps = SingleflightGroup.create();
  private final SingleflightGroup<String, byte[]> bytes = SingleflightGroup.create();
  private final SingleflightGroup<String, ConcurrentMap<String, String>> concurrent =
      SingleflightGroup.create();
  private final SingleflightGroup<String, AtomicLong> counters = SingleflightGroup.create();
  private final SingleflightGroup<String, String> texts = SingleflightGroup.create();
  private final SingleflightGroup<String, Point> points = SingleflightGroup.create();
  private final Accounts accounts;
  private final Accounts.Source source;
  private final Map<String, Account> cache = new ConcurrentHashMap<>();
  private final List<Account> history = new ArrayList<>();
  private Account current;
  private int loads;

  record Point(int x, int y, String label) {
    Point moved(int by) {
      return new Point(x + by, y, label);
    }
  }

  NearMisses(Accounts accounts, Accounts.Source source) {
    this.accounts = accounts;
    this.source = source;
  }

  Account copyMethod(String id) {
    Account copy = group.execute(id, source::load).copy();
    copy.setState("seen");
    return copy;
  }

  Account copyConstructor(String id) {
    Account copy = new Account(group.execute(id, source::load));
    copy.owner = "me";
    return copy;
  }

  Account cloned(String id) {
    Account copy = group.execute(id, source::load).clone();
    copy.setState("seen");
    return copy;
  }

  Account reassigned(String id) {
    Account account = group.execute(id, source::load);
    account = account.copy();
    account.setState("seen");
    return account;
  }

  Account reassignedInBranch(String id, boolean change) {
    Account account = group.execute(id, source::load);
    if (change) {
      account = new Account(account);
      account.setState("changed");
    }
    return account;
  }

  Account wither(String id) {
    Account account = group.execute(id, source::load).withState("seen");
    account.visits++;
    return account;
  }

  Account builder(String id) {
    Account.Builder builder = group.execute(id, source::load).toBuilder();
    builder.setOwner("me");
    return builder.owner("you").build();
  }

  Account filledBuilder(String id) {
    Account shared = group.execute(id, source::load);
    Account.Builder builder = Account.builder();
    builder.setOwner(shared.owner);
    return builder.build();
  }

  Account fresh(String id) {
    Account shared = group.execute(id, source::load);
    Account own = new Account();
    own.owner = shared.owner;
    own.setState(shared.getState());
    own.getTags().addAll(shared.getTags());
    return own;
  }

  Account helperFills(String id) {
    Account own = new Account();
    AccountTools.fill(own, group.execute(id, source::load));
    return own;
  }

  Account helperCopies(String id) {
    Account own = AccountTools.anonymized(group.execute(id, source::load));
    own.setState("anonymous");
    return own;
  }

  String helperReads(String id) {
    return AccountTools.describe(group.execute(id, source::load));
  }

  Account copyFromOtherFile(String id) {
    Account own = accounts.findCopy(id);
    own.setState("seen");
    return own;
  }

  Account notShared(String id) {
    Account own = accounts.direct(id);
    own.setState("seen");
    return own;
  }

  Account insideLoader(String id) {
    return group.execute(
        id,
        k -> {
          Account loaded = source.load(k);
          loaded.setState("loaded");
          loaded.getTags().add("fresh");
          AccountTools.markSeen(loaded);
          return loaded;
        });
  }

  Account loaderMethod(String id) {
    return group.execute(id, this::loadAndPrepare);
  }

  private Account loadAndPrepare(String id) {
    Account loaded = source.load(id);
    loaded.close();
    return loaded;
  }

  List<String> arrayList(String id) {
    List<String> own = new ArrayList<>(lists.execute(id, source::names));
    own.add("me");
    Collections.sort(own);
    return own;
  }

  List<String> reassignedList(String id) {
    List<String> names = lists.execute(id, source::names);
    names = new ArrayList<>(names);
    names.removeIf(String::isEmpty);
    return names;
  }

  List<String> addAllIntoNew(String id) {
    List<String> own = new ArrayList<>();
    own.addAll(lists.execute(id, source::names));
    own.add("me");
    return own;
  }

  List<String> guava(String id) {
    List<String> own = Lists.newArrayList(lists.execute(id, source::names));
    own.add("me");
    return own;
  }

  List<String> collected(String id) {
    List<String> own =
        lists.execute(id, source::names).stream()
            .filter(n -> !n.isEmpty())
            .collect(Collectors.toCollection(ArrayList::new));
    own.add("me");
    return own;
  }

  List<String> sortedStream(String id) {
    return lists.execute(id, source::names).stream().sorted(Comparator.reverseOrder()).toList();
  }

  List<String> helperSortsCopy(String id) {
    return AccountTools.sorted(lists.execute(id, source::names));
  }

  ImmutableList<String> immutableCopy(String id) {
    return ImmutableList.copyOf(lists.execute(id, source::names));
  }

  Set<String> set(String id) {
    Set<String> own = new HashSet<>(lists.execute(id, source::names));
    own.remove(id);
    return own;
  }

  Map<String, String> map(String id) {
    Map<String, String> own = new LinkedHashMap<>(maps.execute(id, k -> new HashMap<>()));
    own.put("a", "b");
    own.keySet().remove("c");
    return own;
  }

  Map<String, String> putAll(String id) {
    Map<String, String> own = new TreeMap<>();
    own.putAll(maps.execute(id, k -> new HashMap<>()));
    own.put("a", "b");
    return own;
  }

  List<String> tagsCopied(String id) {
    List<String> tags = new ArrayList<>(group.execute(id, source::load).getTags());
    tags.add("new");
    return tags;
  }

  List<String> copyingAccessor(String id) {
    List<String> tags = group.execute(id, source::load).copyOfTags();
    tags.add("new");
    return tags;
  }

  List<Account> deepCopies(String id) {
    List<Account> own =
        beans.execute(id, source::loadAll).stream().map(Account::copy).collect(Collectors.toList());
    own.forEach(a -> a.setState("mine"));
    own.get(0).setState("first");
    return own;
  }

  List<Account> deepCopiesByConstructor(String id) {
    return beans.execute(id, source::loadAll).stream()
        .map(Account::new)
        .peek(a -> a.setState("mine"))
        .toList();
  }

  List<Account> loopOfCopies(String id) {
    List<Account> own = new ArrayList<>();
    for (Account shared : beans.execute(id, source::loadAll)) {
      Account copy = shared.copy();
      copy.setState("mine");
      own.add(copy);
    }
    own.get(0).close();
    return own;
  }

  byte[] clonedArray(String id) {
    byte[] own = bytes.execute(id, k -> new byte[8]).clone();
    own[0] = 1;
    Arrays.sort(own);
    return own;
  }

  byte[] copiedArray(String id) {
    byte[] own = Arrays.copyOf(bytes.execute(id, k -> new byte[8]), 16);
    own[9] = 1;
    return own;
  }

  byte[] arraycopyFrom(String id) {
    byte[] shared = bytes.execute(id, k -> new byte[8]);
    byte[] own = new byte[16];
    System.arraycopy(shared, 0, own, 0, shared.length);
    own[0] = shared[1];
    return own;
  }

  int readOnly(String id) {
    Account account = group.execute(id, source::load);
    int sum = 0;
    for (int limit : account.limits) {
      sum += limit;
    }
    return sum + account.getTags().size() + account.getLabels().getOrDefault("n", "").length();
  }

  boolean readCollections(String id) {
    List<String> names = lists.execute(id, source::names);
    return names.contains(id) && names.indexOf(id) > 0 && !names.isEmpty();
  }

  int lazilyRemembered(String id) {
    return group.execute(id, source::load).fingerprint();
  }

  void concurrentMap(String id) {
    concurrent.execute(id, k -> new ConcurrentHashMap<>()).put("a", "b");
  }

  void concurrentField(String id) {
    group.execute(id, source::load).notes().put("a", "b");
  }

  void atomic(String id) {
    counters.execute(id, k -> new AtomicLong()).incrementAndGet();
    group.execute(id, source::load).hits().incrementAndGet();
  }

  String strings(String id) {
    return texts.execute(id, String::trim).concat("!").replace("a", "b");
  }

  Point records(String id) {
    Point point = points.execute(id, k -> new Point(1, 2, k));
    return point.moved(3);
  }

  void intoOwnCache(String id) {
    Account account = group.execute(id, source::load);
    cache.put(id, account);
    history.add(account);
    current = account;
    loads++;
  }

  void ownField(String id) {
    group.execute(id, source::load);
    current = new Account();
    current.setState("mine");
  }

  void differentObject(String id, Account mine) {
    Account shared = group.execute(id, source::load);
    mine.setState(shared.getState());
    mine.owner = shared.owner;
  }

  void before(String id) {
    Account account = new Account();
    account.setState("new");
    account = group.execute(id, source::load);
    AccountTools.describe(account);
  }

  void keyIsOwn(Account query) {
    query.setState("asked");
    group.execute(query.owner, source::load);
    query.setState("answered");
  }

  StringBuilder text(String id) {
    StringBuilder text = new StringBuilder();
    text.append(group.execute(id, source::load).owner);
    text.append(texts.execute(id, k -> k));
    return text;
  }

  StringBuilder textFromShared(String id) {
    StringBuilder text = new StringBuilder(texts.execute(id, k -> k));
    text.append("!");
    return text;
  }

  List<String> names(String id) {
    List<String> names = new ArrayList<>();
    for (Account account : beans.execute(id, source::loadAll)) {
      names.add(account.owner);
    }
    return names;
  }

  Map<String, List<Account>> grouped(String id) {
    Map<String, List<Account>> byState =
        beans.execute(id, source::loadAll).stream()
            .collect(Collectors.groupingBy(Account::getState));
    byState.remove("closed");
    byState.computeIfAbsent("open", k -> new ArrayList<>()).add(new Account());
    return byState;
  }

  CompletableFuture<Account> futureCopied(String id) {
    return group
        .executeAsync(id, source::load)
        .thenApply(Account::copy)
        .thenApply(
            own -> {
              own.setState("mine");
              return own;
            });
  }

  CompletableFuture<Void> futureRead(String id, Account mine) {
    return group.executeAsync(id, source::load).thenAccept(a -> mine.setState(a.getState()));
  }

  void futureItself(String id) {
    CompletableFuture<Account> future = group.executeAsync(id, source::load);
    future.cancel(true);
    future.complete(null);
  }

  void optionalCopied(String id) {
    Optional.ofNullable(group.execute(id, source::load))
        .map(Account::copy)
        .ifPresent(own -> own.setState("mine"));
  }

  boolean sharedResult(String id) {
    SharedResult<Account> result = group.executeShared(id, source::load);
    return result.isLeader() && result.followers() > 3;
  }

  Account sharedResultCopied(String id) {
    Account own = group.executeShared(id, source::load).value().copy();
    own.setState("mine");
    return own;
  }

  void holder(String id) {
    AtomicReference<Account> holder = new AtomicReference<>();
    holder.set(group.execute(id, source::load));
    List<Account> box = new ArrayList<>();
    box.add(group.execute(id, source::load));
    box.clear();
  }

  void ofGroup(String id) {
    group.execute(id, source::load);
    group.forget(id);
  }

  Instant derived(String id) {
    Account account = group.execute(id, source::load);
    return account.getOpened().toInstant().plusSeconds(3);
  }

  Account ternaryCopy(String id) {
    Account shared = group.execute(id, source::load);
    Account own = shared == null ? new Account() : shared.copy();
    own.setState("mine");
    return own;
  }

  Account defaultOnly(String id) {
    Account shared = group.execute(id, source::load);
    if (shared == null) {
      Account own = new Account();
      own.setState("default");
      return own;
    }
    return shared;
  }

  List<Account> listOfShared(String id) {
    List<Account> own = new ArrayList<>(List.of(group.execute(id, source::load)));
    own.add(new Account());
    return own;
  }

  List<String> subListOfCopy(String id) {
    List<String> own = new ArrayList<>(lists.execute(id, source::names).subList(0, 3));
    own.add("more");
    return own;
  }

  List<String> filteredCopy(String id) {
    List<String> own = new ArrayList<>();
    lists.execute(id, source::names).forEach(own::add);
    lists.execute(id, source::names).forEach(n -> own.add(n.trim()));
    return own;
  }

  int counted(String id) {
    int[] count = {0};
    lists.execute(id, source::names).forEach(n -> count[0]++);
    return count[0];
  }

  Map<String, String> entriesOfCopy(String id) {
    Map<String, String> own = new HashMap<>(maps.execute(id, k -> new HashMap<>()));
    for (Map.Entry<String, String> entry : own.entrySet()) {
      entry.setValue(entry.getValue().trim());
    }
    own.entrySet().removeIf(e -> e.getValue().isEmpty());
    own.values().remove("");
    own.keySet().iterator().remove();
    return own;
  }

  List<Account> groupsAreOwn(String id) {
    Map<String, List<Account>> byState =
        beans.execute(id, source::loadAll).stream()
            .collect(Collectors.groupingBy(Account::getState));
    byState.get("open").add(new Account());
    return byState.get("open");
  }

  void concurrentBehindMap(String id) {
    group.execute(id, source::load).getAnnotations().put("a", "b");
  }

  interface Pool {
    java.sql.Connection getConnection() throws java.sql.SQLException;
  }

  void connections(SingleflightGroup<String, Pool> pools, String id, Pool pool) throws Exception {
    pools.execute(id, k -> pool).getConnection().setAutoCommit(false);
  }

  @interface Immutable {}

  @Immutable
  static final class Money {
    private long cents;
    private String text;

    Money plus(long more) {
      text = null;
      cents += more;
      return this;
    }
  }

  Money immutableType(SingleflightGroup<String, Money> money, String id) {
    return money.execute(id, k -> new Money()).plus(3);
  }

  static final class Statistics {
    private volatile long last;
    private int count;

    void seen(long now) {
      last = now;
    }

    synchronized void count() {
      count++;
    }

    void counted() {
      synchronized (this) {
        count++;
      }
    }
  }

  void meantForMany(SingleflightGroup<String, Statistics> all, String id) {
    Statistics statistics = all.execute(id, k -> new Statistics());
    statistics.seen(3);
    statistics.count();
    statistics.counted();
  }

  int position(SingleflightGroup<String, java.nio.ByteBuffer> buffers, String id) {
    java.nio.ByteBuffer shared = buffers.execute(id, k -> java.nio.ByteBuffer.allocate(8));
    java.nio.ByteBuffer own = shared.duplicate();
    own.get();
    own.flip();
    return shared.limit() + shared.position() + shared.get(3) + shared.slice().get();
  }

  void swallowed(String id) {
    try {
      group.executeAsync(id, source::load).join();
    } catch (java.util.concurrent.CompletionException e) {
      e.addSuppressed(new Exception(id));
      throw e;
    } catch (RuntimeException e) {
      e.addSuppressed(new Exception(id));
      throw e;
    }
  }

  void onlyIfAlone(String id) {
    SharedResult<Account> result = group.executeShared(id, source::load);
    Account own = result.isShared() ? result.value().copy() : result.value();
    own.setState("own");
  }
}
