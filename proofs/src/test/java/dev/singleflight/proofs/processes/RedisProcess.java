package dev.singleflight.proofs.processes;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.Closeable;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import redis.embedded.RedisServer;

/** A Redis that can be killed, and started again with what it had saved before. */
final class RedisProcess implements Closeable {

  private final int port;
  private final Path directory;
  private RedisServer server;

  RedisProcess() throws IOException {
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

  /** Saves all that there is now: with that it will be started again. */
  void save() {
    try (RedisClient client = RedisClient.create(uri());
        StatefulRedisConnection<String, String> connection = client.connect()) {
      String unused = connection.sync().save();
    }
  }

  /** Returns how many scripts have been run since the start. */
  long scripts() {
    try (RedisClient client = RedisClient.create(uri());
        StatefulRedisConnection<String, String> connection = client.connect()) {
      return connection
          .sync()
          .info("commandstats")
          .lines()
          .filter(line -> line.startsWith("cmdstat_eval"))
          .mapToLong(line -> Long.parseLong(line.replaceAll(".*:calls=(\\d+),.*", "$1")))
          .sum();
    }
  }

  void kill() throws IOException, InterruptedException, ExecutionException {
    long pid;
    try (RedisClient client = RedisClient.create(uri());
        StatefulRedisConnection<String, String> connection = client.connect()) {
      pid =
          connection
              .sync()
              .info("server")
              .lines()
              .filter(line -> line.startsWith("process_id:"))
              .mapToLong(line -> Long.parseLong(line.substring("process_id:".length()).trim()))
              .findFirst()
              .orElseThrow();
    }
    ProcessHandle handle = ProcessHandle.of(pid).orElseThrow();
    if (!handle.destroyForcibly()) {
      throw new IllegalStateException("Redis cannot be killed");
    }
    handle.onExit().get();
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
