package test;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import test.Domain.*;

/** What maps and caches that are not ours gave, and who changes it. */
class Maps {
  private final Map<String, List<User>> groups = new ConcurrentHashMap<>();
  private final Map<String, List<User>> memo = new HashMap<>();
  private final ConcurrentMap<String, Set<String>> tags = new ConcurrentHashMap<>();
  private final Map<String, List<User>> ranked = new HashMap<>();
  private Map<String, List<User>> replaced = new HashMap<>();
  private final Map<String, byte[]> images = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> hits = new ConcurrentHashMap<>();
  private final Map<String, User> profiles = new ConcurrentHashMap<>();
  private final Map<String, User> drafts = new ConcurrentHashMap<>();
  private final Map<String, Map<String, String>> texts = new ConcurrentHashMap<>();
  private final Map<String, UserSession> sessions = new ConcurrentHashMap<>();
  private final Cache<String, List<User>> cache = Caffeine.newBuilder().maximumSize(9).build();
  private final LoadingCache<String, List<User>> loading;
  private final Repository db;

  Maps(Repository db) {
    this.db = db;
    this.loading = Caffeine.newBuilder().maximumSize(100).build(db::users);
  }

  static final class UserSession {
    private long last;

    void setLast(long last) {
      this.last = last;
    }
  }

  List<User> sorted(String group) {
    List<User> members = groups.computeIfAbsent(group, db::users);
    // BUG: Diagnostic contains: stays in the cache
    members.sort(Comparator.comparing(User::getName));
    return members;
  }

  List<User> withGuest(String group, User guest) {
    List<User> members = groups.computeIfAbsent(group, g -> db.users(g));
    // BUG: Diagnostic contains: changes what 'groups.computeIfAbsent' gave
    members.add(guest);
    return members;
  }

  List<User> reversed(String group) {
    List<User> members = cache.get(group, db::users);
    // BUG: Diagnostic contains: changes what 'cache.get' gave
    Collections.reverse(members);
    return members;
  }

  List<User> withoutGuests(String group) {
    List<User> members = loading.get(group);
    // BUG: Diagnostic contains: changes what 'loading.get' gave
    members.removeIf(user -> user.getRoles().isEmpty());
    return members;
  }

  List<User> fromMemo(String group) {
    List<User> members = memo.get(group);
    if (members == null) {
      members = db.users(group);
      memo.put(group, members);
    }
    // BUG: Diagnostic contains: changes what 'memo.get' gave
    members.remove(0);
    return members;
  }

  List<User> members(String group) {
    return groups.computeIfAbsent(group, this::filled);
  }

  private List<User> filled(String group) {
    List<User> users = new ArrayList<>();
    for (User user : db.users(group)) {
      users.add(user);
    }
    return users;
  }

  List<User> findMembers(String group, User owner) {
    List<User> members = members(group);
    // BUG: Diagnostic contains: groups.computeIfAbsent
    members.add(0, owner);
    return members;
  }

  User greeted(String id, String salutation) {
    User user = profiles.computeIfAbsent(id, db::findUser);
    // BUG: Diagnostic contains: changes what 'profiles.computeIfAbsent' gave
    user.setName(salutation + " " + user.getName());
    return user;
  }

  User getCleaned(String id) {
    User user = profiles.computeIfAbsent(id, db::findUser);
    // BUG: Diagnostic contains: (through clean(…))
    clean(user);
    return user;
  }

  private static void clean(User user) {
    user.getRoles().clear();
  }

  byte[] masked(String id) {
    byte[] image = images.computeIfAbsent(id, db::bytes);
    // BUG: Diagnostic contains: changes what 'images.computeIfAbsent' gave
    image[0] = 0;
    return image;
  }

  List<String> listNames(String group) {
    List<String> names = new ArrayList<>();
    for (User user : groups.computeIfAbsent(group, db::users)) {
      // BUG: Diagnostic contains: groups.computeIfAbsent
      user.setName(user.getName().trim());
      names.add(user.getName());
    }
    return names;
  }

  // Near misses: copies.

  List<User> sortedCopy(String group) {
    List<User> members = new ArrayList<>(groups.computeIfAbsent(group, db::users));
    members.sort(Comparator.comparing(User::getName));
    return members;
  }

  byte[] maskedCopy(String id) {
    byte[] image = images.computeIfAbsent(id, db::bytes).clone();
    image[0] = 0;
    return image;
  }

  List<User> preparedBeforeItIsPut(String group) {
    List<User> members = memo.get(group);
    if (members == null) {
      members = db.users(group);
      members.sort(Comparator.comparing(User::getName));
      memo.put(group, members);
    }
    return members;
  }

  // Near misses: multimaps, state and what is kept up to date.

  Set<String> tag(String id, String tag) {
    Set<String> all = tags.computeIfAbsent(id, k -> new HashSet<>());
    all.add(tag);
    return all;
  }

  void hit(String id) {
    hits.computeIfAbsent(id, k -> new LongAdder()).increment();
  }

  User rename(String id, String name) {
    User draft = drafts.computeIfAbsent(id, k -> new User());
    draft.setName(name);
    return draft;
  }

  void addMember(String group, User user) {
    groups.computeIfAbsent(group, db::users).add(user);
  }

  User getNamed(String id) {
    User user = profiles.computeIfAbsent(id, db::findUser);
    if (user.getName() == null) {
      user.setName(id);
    }
    return user;
  }

  Map<String, String> textsOf(String language, String key, String text) {
    Map<String, String> all = texts.computeIfAbsent(language, k -> new LinkedHashMap<>());
    all.put(key, text);
    return all;
  }

  UserSession session(String id, long now) {
    UserSession session = sessions.computeIfAbsent(id, this::resume);
    session.setLast(now);
    return session;
  }

  private UserSession resume(String id) {
    return db.findUser(id) == null ? null : new UserSession();
  }

  List<User> ofThisCall(List<String> ids) {
    Map<String, List<User>> own = new HashMap<>();
    List<User> all = new ArrayList<>();
    for (String id : ids) {
      List<User> members = own.computeIfAbsent(id, db::users);
      members.sort(Comparator.comparing(User::getName));
      all.addAll(members);
    }
    return all;
  }

  List<User> kept(String group) {
    List<User> members = ranked.get(group);
    if (members != null) {
      ranked.put(group, members);
    }
    return members;
  }

  List<User> rankedWithout(String group, User user) {
    List<User> members = ranked.get(group);
    members.remove(user);
    return members;
  }

  void rank(Map<String, List<User>> all) {
    replaced = all;
  }

  List<User> replacedWithout(String group, User user) {
    List<User> members = replaced.computeIfAbsent(group, db::users);
    List<User> known = replaced.get(group);
    known.remove(user);
    return members;
  }

  List<byte[]> sortedArrays(String id) {
    byte[] copy = Arrays.copyOf(images.computeIfAbsent(id, db::bytes), 10);
    Arrays.sort(copy);
    return List.of(copy);
  }
}
