package dev.singleflight.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.singleflight.SingleflightLoader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is in the tier, and cannot be read; what is to be put there, and cannot be written. */
final class PayloadsTest extends PeersTest {

  record User(long id, String name, List<String> roles, @Nullable User manager) {}

  @Test
  void payloadThatCannotBeDecodedIsReplaced() {
    byte[] bad = TierEngineContract.bytes("\u0001bad");
    engine.put(Peer.tierKey("k"), bad);
    assertThat(a.get("k")).isEqualTo("v0");
    assertThat(a.stats().badPayloads()).isEqualTo(1);
    assertThat(b.get("k")).isEqualTo("v0");
    assertThat(source.loads()).isEqualTo(1);
  }

  @Test
  void nullThatTheCodecMadeIsNoValue() {
    engine.put(Peer.tierKey("k"), TierEngineContract.bytes("\u0001null"));
    Codec<@Nullable String> json = JsonCodec.of(String.class);
    try (SharedTier<String, @Nullable String> tier =
        SharedTier.newBuilder("tier", engine.member(), KeyCodec.strings(), json)
            .expireAfterWrite(Peer.FRESH)
            .clock(clock)
            .build()) {
      assertThat(
              SingleflightLoader.newBuilder()
                  .expireAfterWrite(Peer.FRESH_HERE)
                  .sharedTier(tier)
                  .build(source)
                  .get("k"))
          .isEqualTo("v0");
    }
  }

  @Test
  void payloadOfAnotherProgramIsReplaced() {
    for (String foreign : List.of("", "x", "\u0002more than null", "{\"id\":1}")) {
      engine.put(Peer.tierKey("k"), TierEngineContract.bytes(foreign));
      Peer fresh = new Peer(engine, clock, source);
      assertThat(fresh.get("k")).isEqualTo("v0");
      assertThat(fresh.stats().badPayloads()).isEqualTo(1);
    }
  }

  @Test
  void valueThatCannotBeEncodedIsTheLoadersAllTheSame() {
    Codec<@Nullable String> broken =
        new Codec<>() {
          @Override
          public byte[] encode(@Nullable String value) {
            throw new UnsupportedOperationException("encode");
          }

          @Override
          public String decode(byte[] payload) {
            throw new AssertionError("nothing is there");
          }
        };
    try (SharedTier<String, @Nullable String> tier =
        SharedTier.newBuilder("tier", engine.member(), KeyCodec.strings(), broken)
            .expireAfterWrite(Peer.FRESH)
            .clock(clock)
            .build()) {
      assertThat(
              SingleflightLoader.newBuilder()
                  .expireAfterWrite(Peer.FRESH_HERE)
                  .sharedTier(tier)
                  .build(source)
                  .get("k"))
          .isEqualTo("v0");
      assertThat(tier.stats().badPayloads()).isEqualTo(1);
      assertThat(engine.isLeased(Peer.tierKey("k"))).isFalse();
    }
  }

  @Test
  void engineThatThrowsAtOnceIsOneThatFails() {
    try (SharedTier<String, @Nullable String> tier =
        SharedTier.newBuilder("tier", new ThrowingEngine(), KeyCodec.strings(), Peer.TEXT)
            .expireAfterWrite(Peer.FRESH)
            .clock(clock)
            .build()) {
      assertThat(tier.stats().inUse()).isTrue();
      SingleflightLoader<String, @Nullable String> loader =
          SingleflightLoader.newBuilder()
              .expireAfterWrite(Peer.FRESH_HERE)
              .sharedTier(tier)
              .build(source);
      assertThat(loader.get("k")).isEqualTo("v0");
      loader.invalidate("k");
      loader.invalidateAll();
      assertThat(tier.stats().engineFailures()).isEqualTo(2);
    }
  }

  @Test
  void jsonBringsRecordsBack() throws Exception {
    Codec<User> codec = JsonCodec.of(User.class);
    User user = new User(1, "ä€", List.of("a", "b"), new User(2, "boss", List.of(), null));
    assertThat(codec.decode(codec.encode(user))).isEqualTo(user);
    Codec<Map<String, List<User>>> generic = JsonCodec.of(new TypeReference<>() {});
    Map<String, List<User>> users = Map.of("one", List.of(user));
    assertThat(generic.decode(generic.encode(users))).isEqualTo(users);
  }

  @Test
  void jsonOfAnotherFormIsRefused() {
    Codec<User> codec = JsonCodec.of(User.class);
    for (String json :
        List.of(
            "",
            "[]",
            "{}",
            "{\"id\":1,\"name\":\"n\",\"roles\":[]}",
            "{\"id\":null,\"name\":\"n\",\"roles\":[],\"manager\":null}",
            "{\"id\":1,\"name\":\"n\",\"roles\":[],\"manager\":null} and more",
            "not json")) {
      assertThatThrownBy(() -> codec.decode(TierEngineContract.bytes(json)))
          .as(json)
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void jsonOfALaterFormIsRead() throws Exception {
    Codec<User> codec = JsonCodec.of(User.class);
    String later = "{\"id\":1,\"name\":\"n\",\"roles\":[],\"manager\":null,\"email\":\"e\"}";
    assertThat(codec.decode(TierEngineContract.bytes(later)))
        .isEqualTo(new User(1, "n", List.of(), null));
  }
}
