package test;

import dev.singleflight.SingleflightGroup;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import test.Domain.*;

/** Keys made of times that callers meet in: given ones, and those of a minute or coarser. */
class StableTimes {
  private static final long MINUTE = 60_000;
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyyMMdd");
  private final SingleflightGroup<String, User> group = SingleflightGroup.create();
  private final SingleflightGroup<Object, User> any = SingleflightGroup.create();
  private final Clock clock;
  private final Repository db;

  StableTimes(Clock clock, Repository db) {
    this.clock = clock;
    this.db = db;
  }

  User minuteBucket(String id) {
    long minute = System.currentTimeMillis() / 60_000;
    return group.execute(id + ":" + minute, k -> db.findUser(id));
  }

  User minuteConstant(String id) {
    return group.execute(id + System.currentTimeMillis() / MINUTE, k -> db.findUser(id));
  }

  User hourBucket(String id) {
    long hour = System.currentTimeMillis() / 1000 / 3600;
    return group.execute(id + ":" + hour, k -> db.findUser(id));
  }

  User unitBucket(String id) {
    long bucket = System.currentTimeMillis() / TimeUnit.MINUTES.toMillis(5);
    return group.execute(id + ":" + bucket, k -> db.findUser(id));
  }

  User durationBucket(String id) {
    long bucket = clock.millis() / Duration.ofMinutes(10).toMillis();
    return group.execute(id + ":" + bucket, k -> db.findUser(id));
  }

  User subtractedRemainder(String id) {
    long now = System.currentTimeMillis();
    long bucket = now - now % 300_000;
    return group.execute(id + ":" + bucket, k -> db.findUser(id));
  }

  User toMinutes(String id) {
    long minutes = TimeUnit.MILLISECONDS.toMinutes(System.currentTimeMillis());
    return group.execute(id + ":" + minutes, k -> db.findUser(id));
  }

  User truncated(String id) {
    return group.execute(id + Instant.now().truncatedTo(ChronoUnit.HOURS), k -> db.findUser(id));
  }

  User truncatedLocal(String id) {
    LocalDateTime hour = LocalDateTime.now(clock).truncatedTo(ChronoUnit.MINUTES);
    return any.execute(List.of(id, hour), k -> db.findUser(id));
  }

  User today(String id) {
    return group.execute(id + LocalDate.now(), k -> db.findUser(id));
  }

  User todayFormatted(String id) {
    return group.execute(id + LocalDate.now().format(DAY), k -> db.findUser(id));
  }

  User todayFromDateTime(String id) {
    return group.execute(id + LocalDateTime.now().toLocalDate(), k -> db.findUser(id));
  }

  User dayPattern(String id) {
    String day = LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyy-MM-dd"));
    return group.execute(id + day, k -> db.findUser(id));
  }

  User dayFormatterField(String id) {
    return group.execute(id + DAY.format(LocalDateTime.now()), k -> db.findUser(id));
  }

  User minutePattern(String id) {
    String minute = DateTimeFormatter.ofPattern("yyyyMMddHHmm").format(LocalDateTime.now());
    return group.execute(id + minute, k -> db.findUser(id));
  }

  User month(String id) {
    return group.execute(id + YearMonth.now(), k -> db.findUser(id));
  }

  User year(String id) {
    return group.execute(id + Year.now().getValue(), k -> db.findUser(id));
  }

  User weekday(String id) {
    DayOfWeek day = LocalDate.now().getDayOfWeek();
    return group.execute(id + day, k -> db.findUser(id));
  }

  User hourOfDay(String id) {
    return group.execute(id + LocalDateTime.now().getHour(), k -> db.findUser(id));
  }

  User epochDay(String id) {
    return group.execute(id + LocalDate.now(ZoneOffset.UTC).toEpochDay(), k -> db.findUser(id));
  }

  User givenTime(String id, Instant asOf) {
    return group.execute(id + asOf, k -> db.findUser(id));
  }

  User givenMillis(String id, long timestamp) {
    return group.execute(id + ":" + timestamp, k -> db.findUser(id));
  }

  User lastModified(String id, java.io.File file) {
    return group.execute(id + file.lastModified(), k -> db.findUser(id));
  }

  User dateOf(String id, Date date) {
    return group.execute(id + date.getTime(), k -> db.findUser(id));
  }

  User dateGiven(long at) {
    return any.execute(new Date(at), k -> db.findUser(Long.toString(at)));
  }

  User expired(String id, Instant until) {
    boolean expired = Instant.now().isAfter(until);
    return group.execute(id + expired, k -> db.findUser(id));
  }

  User daytime(String id) {
    String shift = System.currentTimeMillis() % 2 == 0 ? "even" : "odd";
    return group.execute(id + shift, k -> db.findUser(id));
  }
}
