package dev.singleflight.shared.redis;

import java.io.IOException;
import java.net.ServerSocket;
import redis.embedded.RedisServer;

/** Servers for tests: one that is given by its address, or one of the tests' own. */
final class RedisServers {

  private RedisServers() {}

  static RedisServer start() throws IOException {
    return start(freePort());
  }

  static RedisServer start(int port) throws IOException {
    RedisServer server =
        RedisServer.newRedisServer()
            .port(port)
            .setting("bind 127.0.0.1")
            .setting("save \"\"")
            .build();
    server.start();
    return server;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  static String uri(RedisServer server) {
    return "redis://127.0.0.1:" + server.ports().get(0);
  }
}
