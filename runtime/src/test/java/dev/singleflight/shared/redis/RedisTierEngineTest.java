package dev.singleflight.shared.redis;

import dev.singleflight.shared.TierEngine;
import dev.singleflight.shared.TierEngineContract;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Redis, the server embedded or that of {@code -Dsingleflight.redis=redis://…}, is an engine. */
final class RedisTierEngineTest extends TierEngineContract {

  private static @Nullable RedisServers server;
  private static RedisTierEngine[] engines = {};

  @BeforeAll
  static void start() throws IOException {
    String uri = System.getProperty("singleflight.redis", "");
    if (uri.isEmpty()) {
      server = new RedisServers();
      uri = server.uri();
    }
    engines = new RedisTierEngine[] {RedisTierEngine.connect(uri), RedisTierEngine.connect(uri)};
  }

  @AfterAll
  static void stop() throws IOException {
    for (RedisTierEngine engine : engines) {
      engine.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @Override
  protected TierEngine engine(int which) {
    return engines[which];
  }
}
