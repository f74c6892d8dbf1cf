package dev.singleflight.shared.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import redis.embedded.RedisServer;

/** A server of the tests' own, that can be killed and started again with what it had saved. */
final class RedisServers implements AutoCloseable {

  private final int port;
  private final Path directory;
  private RedisServer server;

  RedisServers() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "redis");
    server = start();
  }

  private RedisServer start() throws IOException {
    RedisServer one =
        RedisServer.newRedisServer()
            .port(port)
            .setting("bind 127.0.0.1")
            .setting("save \"\"")
            .setting("dir " + directory)
            .build();
    one.start();
    return one;
  }

  String uri() {
    return "redis://127.0.0.1:" + port;
  }

  <T> T tell(Function<RedisCommands<String, String>, T> commands) {
    try (RedisClient client = RedisClient.create(uri());
        StatefulRedisConnection<String, String> connection = client.connect()) {
      return commands.apply(connection.sync());
    }
  }

  /** Returns the server's process. */
  ProcessHandle process() {
    String info = tell(redis -> redis.info("server"));
    return info.lines()
        .filter(line -> line.startsWith("process_id:"))
        .mapToLong(line -> Long.parseLong(line.substring("process_id:".length()).trim()))
        .mapToObj(pid -> ProcessHandle.of(pid).orElseThrow())
        .findFirst()
        .orElseThrow();
  }

  /** As {@code kill -9}. */
  void kill() throws Exception {
    ProcessHandle process = process();
    if (!process.destroyForcibly()) {
      throw new IllegalStateException("Redis cannot be killed");
    }
    Object unused = process.onExit().get();
    server.stop();
  }

  void startAgain() throws IOException {
    server = start();
  }

  @Override
  public void close() throws IOException {
    server.stop();
  }
}
