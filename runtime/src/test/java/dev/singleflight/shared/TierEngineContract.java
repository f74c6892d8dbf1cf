package dev.singleflight.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.singleflight.shared.Event.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an engine has to do; two are two processes' ways to the same. */
@Timeout(60)
public abstract class TierEngineContract {

  static final Duration LONG = Duration.ofMinutes(5);
  static final Duration SHORT = Duration.ofMillis(300);
  static final Duration NONE = Duration.ZERO;
  static final long ANY = Long.MAX_VALUE;

  /** Never used before, by whatever test there was. */
  final String tier = "contract-" + UUID.randomUUID() + "@1";

  final TierKey key = new TierKey(tier, "tenant", "key");

  private int tokens;

  /** Returns one of two ways to the engine. */
  protected abstract TierEngine engine(int which);

  /** Lets time pass. */
  protected void pass(Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      TimeUnit.NANOSECONDS.sleep(left);
    }
  }

  /** Notes what it is told. */
  static final class Heard implements TierEngine.Listener {
    final CountDownLatch connected = new CountDownLatch(1);
    final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    @Override
    public void connected() {
      connected.countDown();
    }

    @Override
    public void disconnected() {}

    @Override
    public void told(Event event) {
      events.add(event);
    }

    @Nullable Event next() throws InterruptedException {
      return events.poll(VirtualClock.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  private final Heard[] heard = {new Heard(), new Heard()};

  @BeforeEach
  void connect() throws InterruptedException {
    for (int i = 0; i < heard.length; i++) {
      TierEngine.Registration unused = engine(i).listen(tier, heard[i]);
    }
    for (Heard one : heard) {
      assertThat(one.connected.await(VirtualClock.PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
  }

  static <T> T get(CompletionStage<T> step) throws Exception {
    return step.toCompletableFuture().get(VirtualClock.PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  String token() {
    return "token-" + tokens++;
  }

  Reading read(int which, TierKey of, String token) throws Exception {
    return get(engine(which).readOrLease(of, token, LONG, ANY));
  }

  String lease(TierKey of) throws Exception {
    String token = token();
    assertThat(read(0, of, token).state()).isEqualTo(Reading.State.LEASED);
    return token;
  }

  boolean fill(TierKey of, String token, String value) throws Exception {
    return get(engine(0).fill(of, token, bytes(value), LONG, NONE));
  }

  void assertHit(int which, TierKey of, String value) throws Exception {
    Reading reading = read(which, of, token());
    assertThat(reading.state()).isEqualTo(Reading.State.HIT);
    assertThat(reading.payload()).isEqualTo(bytes(value));
  }

  @Test
  void firstReaderLeasesOthersAreTurnedAway() throws Exception {
    String unused = lease(key);
    Reading other = read(1, key, token());
    assertThat(other.state()).isEqualTo(Reading.State.BUSY);
    assertThat(other.left()).isBetween(LONG.minusSeconds(30), LONG.plusSeconds(1));
    assertThat(other.age()).isBetween(Duration.ZERO, Duration.ofSeconds(30));
    assertThat(other.payload()).isNull();
    assertThat(read(0, key, token()).state()).isEqualTo(Reading.State.BUSY);
  }

  @Test
  void ofManyReadersOneLeases() throws Exception {
    int readers = 32;
    ExecutorService threads = Executors.newFixedThreadPool(readers);
    try {
      for (int round = 0; round < 20; round++) {
        TierKey one = new TierKey(tier, "many", "key " + round);
        CountDownLatch go = new CountDownLatch(1);
        List<Future<Reading>> readings = new ArrayList<>();
        for (int i = 0; i < readers; i++) {
          int which = i % 2;
          String token = token();
          Callable<Reading> reader =
              () -> {
                go.await();
                return read(which, one, token);
              };
          readings.add(threads.submit(reader));
        }
        go.countDown();
        int leased = 0;
        for (Future<Reading> reading : readings) {
          if (reading.get().state() == Reading.State.LEASED) {
            leased++;
          }
        }
        assertThat(leased).isEqualTo(1);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void whatTheLeaseholderFillsAllRead() throws Exception {
    assertThat(fill(key, lease(key), "value")).isTrue();
    assertHit(0, key, "value");
    assertHit(1, key, "value");
  }

  @Test
  void payloadIsAnyBytes() throws Exception {
    byte[] all = new byte[256 * 300];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    assertThat(get(engine(0).fill(key, lease(key), all, LONG, NONE))).isTrue();
    assertThat(read(1, key, token()).payload()).isEqualTo(all);
    TierKey other = new TierKey(tier, "", "empty");
    assertThat(get(engine(0).fill(other, lease(other), new byte[0], LONG, NONE))).isTrue();
    assertThat(read(1, other, token()).payload()).isEmpty();
  }

  @Test
  void onlyTheTokenFillsAndOnlyOnce() throws Exception {
    String token = lease(key);
    assertThat(fill(key, "another", "wrong")).isFalse();
    assertThat(fill(key, token, "value")).isTrue();
    assertThat(fill(key, token, "again")).isFalse();
    assertHit(1, key, "value");
  }

  @Test
  void invalidationVoidsTheLease() throws Exception {
    String token = lease(key);
    Void unused = get(engine(1).invalidate(key, "me"));
    assertThat(fill(key, token, "old")).isFalse();
    String second = lease(key);
    assertThat(fill(key, token, "old")).isFalse();
    assertThat(get(engine(0).renew(key, token, LONG))).isFalse();
    assertThat(get(engine(0).release(key, token, ""))).isFalse();
    assertThat(fill(key, second, "new")).isTrue();
    assertHit(1, key, "new");
  }

  @Test
  void invalidationRemovesTheValueAndTellsAll() throws Exception {
    assertThat(fill(key, lease(key), "old")).isTrue();
    Void unused = get(engine(1).invalidate(key, "me"));
    String unusedToo = lease(key);
    for (Heard one : heard) {
      assertThat(one.next()).isEqualTo(new Event(Kind.INVALIDATED, "tenant", "key", "me"));
    }
  }

  @Test
  void invalidationOfATenantSparesOthers() throws Exception {
    TierKey other = new TierKey(tier, "other", "key");
    TierKey noTenant = new TierKey(tier, "", "key");
    assertThat(fill(key, lease(key), "old")).isTrue();
    assertThat(fill(other, lease(other), "theirs")).isTrue();
    assertThat(fill(noTenant, lease(noTenant), "nobody's")).isTrue();
    TierKey loading = new TierKey(tier, "tenant", "loading");
    String token = lease(loading);
    Void unused = get(engine(1).invalidateTenant(tier, "tenant", "me"));
    assertThat(heard[0].next()).isEqualTo(new Event(Kind.TENANT_INVALIDATED, "tenant", "", "me"));
    assertThat(fill(loading, token, "old")).isFalse();
    assertThat(fill(key, lease(key), "new")).isTrue();
    assertHit(1, key, "new");
    assertHit(1, other, "theirs");
    assertHit(1, noTenant, "nobody's");
  }

  @Test
  void invalidationOfATierSparesOthers() throws Exception {
    String otherTier = "other-" + tier;
    Heard there = new Heard();
    TierEngine.Registration registration = engine(0).listen(otherTier, there);
    assertThat(there.connected.await(VirtualClock.PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    TierKey other = new TierKey(otherTier, "tenant", "key");
    TierKey noTenant = new TierKey(tier, "", "loading");
    assertThat(fill(key, lease(key), "old")).isTrue();
    assertThat(get(engine(0).fill(other, lease(other), bytes("theirs"), LONG, NONE))).isTrue();
    String token = lease(noTenant);
    Void unused = get(engine(1).invalidateTier(tier, "me"));
    assertThat(heard[0].next()).isEqualTo(new Event(Kind.TIER_INVALIDATED, "", "", "me"));
    assertThat(fill(noTenant, token, "old")).isFalse();
    String unusedToo = lease(key);
    assertHit(0, other, "theirs");
    assertThat(there.events).isEmpty();
    registration.close();
  }

  @Test
  void releasedLeaseIsFreeAndWhoWasTurnedAwayIsTold() throws Exception {
    String token = lease(key);
    assertThat(read(1, key, token()).state()).isEqualTo(Reading.State.BUSY);
    assertThat(get(engine(0).release(key, "another", "wrong"))).isFalse();
    assertThat(get(engine(0).release(key, token, "java.io.IOException"))).isTrue();
    assertThat(heard[1].next())
        .isEqualTo(new Event(Kind.RELEASED, "tenant", "key", "java.io.IOException"));
    assertThat(fill(key, token, "late")).isFalse();
    String unused = lease(key);
  }

  @Test
  void fillIsToldIfSomebodyWasTurnedAway() throws Exception {
    TierKey alone = new TierKey(tier, "tenant", "alone");
    assertThat(fill(alone, lease(alone), "value")).isTrue();
    String token = lease(key);
    assertThat(read(1, key, token()).state()).isEqualTo(Reading.State.BUSY);
    assertThat(fill(key, token, "value")).isTrue();
    assertThat(heard[1].next()).isEqualTo(new Event(Kind.FILLED, "tenant", "key", ""));
  }

  @Test
  void expiredLeasePassesOnAndNoLongerFills() throws Exception {
    String token = token();
    assertThat(get(engine(0).readOrLease(key, token, SHORT, ANY)).state())
        .isEqualTo(Reading.State.LEASED);
    assertThat(read(1, key, token()).state()).isEqualTo(Reading.State.BUSY);
    pass(SHORT.multipliedBy(2));
    String next = token();
    assertThat(read(1, key, next).state()).isEqualTo(Reading.State.LEASED);
    assertThat(fill(key, token, "late")).isFalse();
    assertThat(get(engine(1).fill(key, next, bytes("value"), LONG, NONE))).isTrue();
    assertHit(0, key, "value");
  }

  @Test
  void renewedLeaseLivesOn() throws Exception {
    String token = token();
    assertThat(get(engine(0).readOrLease(key, token, SHORT, ANY)).state())
        .isEqualTo(Reading.State.LEASED);
    assertThat(get(engine(0).renew(key, token, LONG))).isTrue();
    assertThat(get(engine(0).renew(key, "another", SHORT))).isFalse();
    pass(SHORT.multipliedBy(2));
    assertThat(read(1, key, token()).state()).isEqualTo(Reading.State.BUSY);
    assertThat(fill(key, token, "value")).isTrue();
  }

  @Test
  void valueExpires() throws Exception {
    assertThat(get(engine(0).fill(key, lease(key), bytes("value"), SHORT, NONE))).isTrue();
    pass(SHORT.multipliedBy(2));
    String unused = lease(key);
  }

  @Test
  void staleValueIsForThoseWhoAreTurnedAwayOnly() throws Exception {
    assertThat(get(engine(0).fill(key, lease(key), bytes("old"), SHORT, LONG))).isTrue();
    pass(SHORT.multipliedBy(2));
    String token = lease(key);
    Reading other = read(1, key, token());
    assertThat(other.state()).isEqualTo(Reading.State.BUSY);
    assertThat(other.payload()).isEqualTo(bytes("old"));
    Void unused = get(engine(1).invalidate(key, "me"));
    assertThat(fill(key, token, "void")).isFalse();
    String unusedToo = lease(key);
    assertThat(read(1, key, token()).payload()).isNull();
  }

  @Test
  void valueThatIsTooOldIsLoadedAnewUnlessSomebodyDoes() throws Exception {
    assertThat(fill(key, lease(key), "old")).isTrue();
    pass(Duration.ofMillis(50));
    long maxAge = Duration.ofMillis(20).toNanos();
    String token = token();
    assertThat(get(engine(1).readOrLease(key, token, LONG, maxAge)).state())
        .isEqualTo(Reading.State.LEASED);
    Reading third = get(engine(0).readOrLease(key, token(), LONG, maxAge));
    assertThat(third.state()).isEqualTo(Reading.State.BUSY);
    assertThat(third.payload()).isNull();
    assertHit(0, key, "old");
    assertThat(get(engine(1).fill(key, token, bytes("new"), LONG, NONE))).isTrue();
    assertHit(0, key, "new");
  }

  @Test
  void ageIsThatOfTheLease() throws Exception {
    String token = lease(key);
    pass(Duration.ofMillis(60));
    assertThat(fill(key, token, "value")).isTrue();
    long maxAge = Duration.ofMillis(30).toNanos();
    assertThat(get(engine(1).readOrLease(key, token(), LONG, maxAge)).state())
        .isEqualTo(Reading.State.LEASED);
  }

  @Test
  void nothingIsYoungEnoughForWhoWantsItAnew() throws Exception {
    assertThat(fill(key, lease(key), "value")).isTrue();
    assertThat(get(engine(1).readOrLease(key, token(), LONG, -1)).state())
        .isEqualTo(Reading.State.LEASED);
  }

  @Test
  void keysThatReadAlikeAreDifferent() throws Exception {
    List<TierKey> keys =
        List.of(
            new TierKey(tier, "a", "bc"),
            new TierKey(tier, "ab", "c"),
            new TierKey(tier, "", "abc"),
            new TierKey(tier, "a:b", "c"),
            new TierKey(tier, "a", ":bc"),
            new TierKey(tier, "1", "1:a"),
            new TierKey(tier, "1:1", "a"),
            new TierKey(tier, "}", "{"),
            new TierKey(tier, "", ""),
            new TierKey(tier, "ä€𝄞", "\u0000\n ä€𝄞"));
    for (TierKey one : keys) {
      assertThat(fill(one, lease(one), one.toString())).isTrue();
    }
    for (TierKey one : keys) {
      assertHit(1, one, one.toString());
    }
  }

  @Test
  void probeSucceeds() throws Exception {
    assertThat(TierEngineContract.<Boolean>get(engine(0).probe(tier).thenApply(done -> true)))
        .isTrue();
  }

  @Test
  void nobodyIsToldAfterClosing() throws Exception {
    Heard late = new Heard();
    TierEngine.Registration registration = engine(0).listen(tier, late);
    assertThat(late.connected.await(VirtualClock.PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    registration.close();
    Void unused = get(engine(0).invalidate(key, "me"));
    assertThat(heard[0].next()).isNotNull();
    assertThat(late.events).isEmpty();
  }
}
