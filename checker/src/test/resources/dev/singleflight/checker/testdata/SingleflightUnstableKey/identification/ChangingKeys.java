package test;

import dev.singleflight.SingleflightGroup;
import java.security.SecureRandom;
import java.text.MessageFormat;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import test.Domain.*;

/** Keys that are another one each time. */
class ChangingKeys {
  private static final AtomicLong SEQUENCE = new AtomicLong();
  private static int calls;
  private final SingleflightGroup<String, User> group = SingleflightGroup.create();
  private final SingleflightGroup<Object, User> any = SingleflightGroup.create();
  private final SingleflightGroup<Long, User> longs = SingleflightGroup.create();
  private final Random random = new Random();
  private final SecureRandom secure = new SecureRandom();
  private final AtomicInteger counter = new AtomicInteger();
  private final Clock clock;
  private final Repository db;
  private long requests;

  ChangingKeys(Clock clock, Repository db) {
    this.clock = clock;
    this.db = db;
  }

  User millis(String id) {
    // BUG: Diagnostic contains: time of the call
    return group.execute(id + ":" + System.currentTimeMillis(), k -> db.findUser(id));
  }

  User seconds(String id) {
    // BUG: Diagnostic contains: time of the call
    return group.execute(id + ":" + System.currentTimeMillis() / 1000, k -> db.findUser(id));
  }

  User nanos(String id) {
    // BUG: Diagnostic contains: time of the call
    return group.execute(System.nanoTime() + id, k -> db.findUser(id));
  }

  User local(String id) {
    long now = System.currentTimeMillis();
    // BUG: Diagnostic contains: time of the call
    return group.execute(id + now, k -> db.findUser(id));
  }

  User localKey(String id) {
    String key = id + "@" + Instant.now();
    // BUG: Diagnostic contains: time of the call
    return group.execute(key, k -> db.findUser(id));
  }

  User epochSecond(String id) {
    long second = Instant.now().getEpochSecond();
    // BUG: Diagnostic contains: time of the call
    return group.execute(String.format("%s-%d", id, second), k -> db.findUser(id));
  }

  User injectedClock(String id) {
    // BUG: Diagnostic contains: time of the call
    return group.execute(id + clock.millis(), k -> db.findUser(id));
  }

  User instantOfClock(String id) {
    // BUG: Diagnostic contains: time of the call
    return group.execute(id + clock.instant(), k -> db.findUser(id));
  }

  User instantNowOfClock(String id) {
    // BUG: Diagnostic contains: time of the call
    return any.execute(List.of(id, Instant.now(clock)), k -> db.findUser(id));
  }

  User dateTime(String id) {
    // BUG: Diagnostic contains: time of the call
    return group.execute(id + LocalDateTime.now(), k -> db.findUser(id));
  }

  User formattedTime(String id) {
    String time = LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss"));
    // BUG: Diagnostic contains: time of the call
    return group.execute(id + time, k -> db.findUser(id));
  }

  User truncatedToSeconds(String id) {
    // BUG: Diagnostic contains: time of the call
    return group.execute(id + Instant.now().truncatedTo(ChronoUnit.SECONDS), k -> db.findUser(id));
  }

  User localTime(String id) {
    // BUG: Diagnostic contains: time of the call
    return group.execute(id + LocalTime.now().toSecondOfDay(), k -> db.findUser(id));
  }

  User zoned(String id) {
    // BUG: Diagnostic contains: time of the call
    return any.execute(Map.entry(id, ZonedDateTime.now()), k -> db.findUser(id));
  }

  User offset(String id) {
    // BUG: Diagnostic contains: time of the call
    return any.execute(List.of(id, OffsetDateTime.now().toEpochSecond()), k -> db.findUser(id));
  }

  User date(String id) {
    // BUG: Diagnostic contains: time of the call
    return group.execute(id + new Date().getTime(), k -> db.findUser(id));
  }

  User dateObject(String id) {
    Date now = new Date();
    // BUG: Diagnostic contains: time of the call
    return group.execute(id + now, k -> db.findUser(id));
  }

  User calendar(String id) {
    // BUG: Diagnostic contains: time of the call
    return group.execute(id + Calendar.getInstance().getTimeInMillis(), k -> db.findUser(id));
  }

  User bucketTooFine(String id) {
    long bucket = System.currentTimeMillis() / 500;
    // BUG: Diagnostic contains: time of the call
    return group.execute(id + ":" + bucket, k -> db.findUser(id));
  }

  User toSeconds(String id) {
    long second = TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
    // BUG: Diagnostic contains: time of the call
    return group.execute(id + ":" + second, k -> db.findUser(id));
  }

  User randomUuid(String id) {
    // BUG: Diagnostic contains: random
    return group.execute(id + UUID.randomUUID(), k -> db.findUser(id));
  }

  User randomUuidAlone(String id) {
    // BUG: Diagnostic contains: random
    return group.execute(UUID.randomUUID().toString(), k -> db.findUser(id));
  }

  User requestId(String id) {
    String requestId = UUID.randomUUID().toString().substring(0, 8);
    // BUG: Diagnostic contains: random
    return group.execute(id + "/" + requestId, k -> db.findUser(id));
  }

  User mathRandom(String id) {
    // BUG: Diagnostic contains: random
    return group.execute(id + (int) (Math.random() * 10), k -> db.findUser(id));
  }

  User randomField(String id) {
    // BUG: Diagnostic contains: random
    return group.execute(id + random.nextInt(), k -> db.findUser(id));
  }

  User secureRandom(String id) {
    // BUG: Diagnostic contains: random
    return group.execute(id + secure.nextLong(), k -> db.findUser(id));
  }

  User threadLocalRandom(String id) {
    // BUG: Diagnostic contains: random
    return longs.execute(ThreadLocalRandom.current().nextLong(), k -> db.findUser(id));
  }

  User counter(String id) {
    // BUG: Diagnostic contains: another number
    return group.execute(id + counter.incrementAndGet(), k -> db.findUser(id));
  }

  User sequence(String id) {
    // BUG: Diagnostic contains: another number
    return longs.execute(SEQUENCE.getAndIncrement(), k -> db.findUser(id));
  }

  User field(String id) {
    // BUG: Diagnostic contains: another number
    return group.execute(id + requests++, k -> db.findUser(id));
  }

  User staticField(String id) {
    // BUG: Diagnostic contains: another number
    return group.execute(id + ++calls, k -> db.findUser(id));
  }

  User fieldIntoLocal(String id) {
    long number = ++requests;
    // BUG: Diagnostic contains: another number
    return group.execute(id + number, k -> db.findUser(id));
  }

  User thread(String id) {
    // BUG: Diagnostic contains: thread
    return group.execute(id + Thread.currentThread().getName(), k -> db.findUser(id));
  }

  User threadId(String id) {
    // BUG: Diagnostic contains: thread
    return group.execute(id + Thread.currentThread().getId(), k -> db.findUser(id));
  }

  User identity(User user) {
    // BUG: Diagnostic contains: object
    return group.execute("u" + System.identityHashCode(user), k -> db.findUser(user.getName()));
  }

  private String key(String id) {
    return id + ":" + System.currentTimeMillis();
  }

  User helper(String id) {
    // BUG: Diagnostic contains: time of the call
    return group.execute(key(id), k -> db.findUser(id));
  }

  User elsewhere(String id) {
    // BUG: Diagnostic contains: random
    return group.execute(UserKeys.unique(id), k -> db.findUser(id));
  }

  record Timed(String id, long at) {
    static Timed now(String id) {
      return new Timed(id, System.currentTimeMillis());
    }
  }

  User inRecord(String id) {
    // BUG: Diagnostic contains: time of the call
    return any.execute(new Timed(id, System.nanoTime()), k -> db.findUser(id));
  }

  User inFactory(String id) {
    // BUG: Diagnostic contains: time of the call
    return any.execute(Timed.now(id), k -> db.findUser(id));
  }

  record Stamped(String id, Instant at) {
    Stamped(String id) {
      this(id, Instant.now());
    }
  }

  User inConstructor(String id) {
    // BUG: Diagnostic contains: time of the call
    return any.execute(new Stamped(id), k -> db.findUser(id));
  }

  User builder(String id) {
    StringBuilder key = new StringBuilder(id);
    key.append(':').append(System.nanoTime());
    // BUG: Diagnostic contains: time of the call
    return group.execute(key.toString(), k -> db.findUser(id));
  }

  User joiner(String id) {
    return group.execute(
        // BUG: Diagnostic contains: random
        new StringJoiner(":").add(id).add(UUID.randomUUID().toString()).toString(),
        k -> db.findUser(id));
  }

  User joined(String id) {
    // BUG: Diagnostic contains: random
    return group.execute(String.join("-", id, UUID.randomUUID().toString()), k -> db.findUser(id));
  }

  User formatted(String id) {
    // BUG: Diagnostic contains: time of the call
    return group.execute("%s:%d".formatted(id, System.currentTimeMillis()), k -> db.findUser(id));
  }

  User messageFormat(String id) {
    // BUG: Diagnostic contains: time of the call
    return group.execute(MessageFormat.format("{0}/{1}", id, new Date()), k -> db.findUser(id));
  }

  User streamed(String id) {
    String key = Stream.of(id, Instant.now().toString()).collect(Collectors.joining("/"));
    // BUG: Diagnostic contains: time of the call
    return group.execute(key, k -> db.findUser(id));
  }

  User optional(String id, Optional<String> trace) {
    String suffix = trace.orElse(UUID.randomUUID().toString());
    // BUG: Diagnostic contains: random
    return group.execute(id + suffix, k -> db.findUser(id));
  }

  User optionalLazily(String id, Optional<String> trace) {
    String suffix = trace.orElseGet(() -> UUID.randomUUID().toString());
    // BUG: Diagnostic contains: random
    return group.execute(id + suffix, k -> db.findUser(id));
  }

  User ternary(String id, String trace) {
    String suffix = trace != null ? trace : Long.toString(System.nanoTime());
    // BUG: Diagnostic contains: time of the call
    return group.execute(id + suffix, k -> db.findUser(id));
  }

  User supplied(String id) {
    Supplier<String> ids = () -> UUID.randomUUID().toString();
    // BUG: Diagnostic contains: random
    return group.execute(id + ids.get(), k -> db.findUser(id));
  }

  User referenced(String id) {
    Supplier<UUID> ids = UUID::randomUUID;
    // BUG: Diagnostic contains: random
    return group.execute(id + ids.get(), k -> db.findUser(id));
  }

  CompletableFuture<User> async(String id) {
    // BUG: Diagnostic contains: time of the call
    return group.executeAsync(id + System.nanoTime(), k -> db.findUser(id));
  }

  User timed(String id) throws Exception {
    // BUG: Diagnostic contains: time of the call
    return group.execute(id + System.nanoTime(), () -> db.findUser(id), Duration.ofSeconds(1));
  }

  User compound(String id) {
    String key = id;
    key += System.currentTimeMillis();
    // BUG: Diagnostic contains: time of the call
    return group.execute(key, k -> db.findUser(id));
  }

  User switched(String id, boolean fresh) {
    String suffix =
        switch (id.length()) {
          case 0 -> "";
          default -> fresh ? Instant.now().toString() : "";
        };
    // BUG: Diagnostic contains: time of the call
    return group.execute(id + suffix, k -> db.findUser(id));
  }

  void loop(List<String> ids) {
    for (String id : ids) {
      // BUG: Diagnostic contains: random
      group.execute(id + UUID.randomUUID(), k -> db.findUser(id));
    }
  }

  User freshObject(String id) {
    // BUG: Diagnostic contains: Object
    return any.execute(new Object(), k -> db.findUser(id));
  }

  User function(String id) {
    Runnable work = () -> db.findUser(id);
    // BUG: Diagnostic contains: function
    return any.execute(work, k -> db.findUser(id));
  }
}
