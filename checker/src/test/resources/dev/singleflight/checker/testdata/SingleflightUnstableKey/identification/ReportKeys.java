package test;

import dev.singleflight.SingleflightGroup;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import test.Domain.*;

/** Keys of reports, right and wrong side by side. */
class ReportKeys {
  private final SingleflightGroup<Object, User> any = SingleflightGroup.create();
  private final SingleflightGroup<String, User> group = SingleflightGroup.create();
  private final Map<String, Long> versions = new ConcurrentHashMap<>();
  private final Supplier<Instant> now = Instant::now;
  private final LongSupplier ticker = System::nanoTime;
  private final AtomicLong sequence = new AtomicLong();
  private final Duration window;
  private final Clock clock;
  private final Repository db;

  ReportKeys(Duration window, Clock clock, Repository db) {
    this.window = window;
    this.clock = clock;
    this.db = db;
  }

  private long currentTime() {
    return clock.millis();
  }

  User helperClock(String id) {
    // BUG: Diagnostic contains: time of the call
    return group.execute(id + currentTime(), k -> db.findUser(id));
  }

  User helperClockBucket(String id) {
    return group.execute(id + currentTime() / 60_000L, k -> db.findUser(id));
  }

  User supplierField(String id) {
    // BUG: Diagnostic contains: time of the call
    return group.execute(id + now.get(), k -> db.findUser(id));
  }

  User tickerField(String id) {
    // BUG: Diagnostic contains: time of the call
    return group.execute(id + ticker.getAsLong(), k -> db.findUser(id));
  }

  User windowOfConfiguration(String id) {
    long slot = clock.millis() / window.toMillis();
    return group.execute(id + "#" + slot, k -> db.findUser(id));
  }

  User floored(String id) {
    long slot = Math.floorDiv(System.currentTimeMillis(), 60_000L);
    return group.execute(id + "#" + slot, k -> db.findUser(id));
  }

  User millisOfInstant(String id) {
    // BUG: Diagnostic contains: time of the call
    return group.execute(id + Instant.now().toEpochMilli(), k -> db.findUser(id));
  }

  User zonedNow(String id, ZoneId zone) {
    // BUG: Diagnostic contains: time of the call
    return any.execute(List.of(id, LocalDateTime.now(zone)), k -> db.findUser(id));
  }

  User zonedToday(String id, ZoneId zone) {
    return any.execute(List.of(id, LocalDate.now(zone)), k -> db.findUser(id));
  }

  User multipliedBucket(String id) {
    long slot = System.currentTimeMillis() / 300_000 * 300_000;
    return group.execute(id + slot, k -> db.findUser(id));
  }

  User secondsMinutes(String id) {
    long minute = Instant.now().getEpochSecond() / 60;
    return group.execute(id + minute, k -> db.findUser(id));
  }

  User yesterday(String id) {
    return group.execute(id + LocalDate.now(clock).minusDays(1), k -> db.findUser(id));
  }

  static final class Stamped {
    private final String id;
    private final Instant createdAt;

    Stamped(String id) {
      this.id = id;
      this.createdAt = Instant.now();
    }

    Stamped(String id, Instant createdAt) {
      this.id = id;
      this.createdAt = createdAt;
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof Stamped s && s.id.equals(id);
    }

    @Override
    public int hashCode() {
      return id.hashCode();
    }
  }

  User timeNotCompared(String id) {
    return any.execute(new Stamped(id), k -> db.findUser(id));
  }

  User givenTimeNotCompared(String id) {
    return any.execute(new Stamped(id, Instant.now()), k -> db.findUser(id));
  }

  static final class Compared {
    private final String id;
    private final Instant createdAt;

    Compared(String id) {
      this.id = id;
      this.createdAt = Instant.now();
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof Compared c && c.id.equals(id) && c.createdAt.equals(createdAt);
    }

    @Override
    public int hashCode() {
      return Objects.hash(id, createdAt);
    }
  }

  User timeCompared(String id) {
    // BUG: Diagnostic contains: time of the call
    return any.execute(new Compared(id), k -> db.findUser(id));
  }

  interface Question {
    String id();
  }

  static final class PlainQuestion implements Question {
    private final String id;

    PlainQuestion(String id) {
      this.id = id;
    }

    @Override
    public String id() {
      return id;
    }
  }

  User behindInterface(String id) {
    Question question = new PlainQuestion(id);
    // BUG: Diagnostic contains: no equals
    return any.execute(question, k -> db.findUser(question.id()));
  }

  record RecordQuestion(String id) implements Question {}

  User recordBehindInterface(String id) {
    Question question = new RecordQuestion(id);
    return any.execute(question, k -> db.findUser(question.id()));
  }

  User toArray(List<String> ids) {
    // BUG: Diagnostic contains: array
    return any.execute(ids.toArray(), k -> db.findUser(ids.get(0)));
  }

  User hexHash(String query) {
    // BUG: Diagnostic contains: hash
    return group.execute(String.format("%08x", query.hashCode()), k -> db.findUser(query));
  }

  User hashBesideValue(String query) {
    return group.execute(query.hashCode() + ":" + query, k -> db.findUser(query));
  }

  User versionOf(String id) {
    long version = versions.getOrDefault(id, 0L);
    return group.execute(id + "@" + version, k -> db.findUser(id));
  }

  User sequenceRead(String id) {
    return group.execute(id + sequence.get(), k -> db.findUser(id));
  }

  User sequenceBumped(String id) {
    long next = sequence.addAndGet(1);
    // BUG: Diagnostic contains: another number
    return group.execute(id + next, k -> db.findUser(id));
  }

  User traceInLoader(String id) {
    String trace = UUID.randomUUID().toString();
    return group.execute(id, k -> db.findUser(trace, k));
  }

  User keyOfMap(Map<String, String> filters) {
    String key =
        filters.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(e -> e.getKey() + "=" + e.getValue())
            .collect(Collectors.joining("&"));
    return group.execute(key, k -> db.findUser(filters.toString()));
  }

  User setKey(Set<String> ids) {
    return any.execute(Set.copyOf(ids), k -> db.findUser(ids.toString()));
  }

  User deepString(String[][] rows) {
    return group.execute(Arrays.deepToString(rows), k -> db.findUser("x"));
  }

  User dateGiven(Date from, Date to) {
    return group.execute(from.getTime() + "-" + to.getTime(), k -> db.findUser("x"));
  }

  User daysAgo(String id, LocalDate day) {
    long days = java.time.temporal.ChronoUnit.DAYS.between(day, LocalDate.now());
    return group.execute(id + days, k -> db.findUser(id));
  }

  User randomNamedOnly(String randomSeed, long timestamp, String nonce) {
    return group.execute(randomSeed + timestamp + nonce, k -> db.findUser(randomSeed));
  }
}
