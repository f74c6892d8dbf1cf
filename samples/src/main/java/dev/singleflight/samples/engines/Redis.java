package dev.singleflight.samples.engines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import redis.embedded.RedisServer;

/**
 * A Redis: the one that {@code -Dsingleflight.redis.url} (or {@code SINGLEFLIGHT_REDIS_URL}) names,
 * or else one that is started here, keeps everything in memory and is gone when it is closed.
 *
 * <p>Thread-safe.
 */
public final class Redis implements AutoCloseable {
  static final Setting URL = new Setting("singleflight.redis.url");
  private static final String HOST = "127.0.0.1";
  private static final int DEFAULT_PORT = 6379;
  private static final int REACHED_WITHIN_MILLIS = 2_000;

  private final URI uri;
  private final @Nullable RedisServer embedded;

  private Redis(URI uri, @Nullable RedisServer embedded) {
    this.uri = uri;
    this.embedded = embedded;
  }

  /**
   * Reaches the server that was named, or starts one.
   *
   * @throws EngineException if the server cannot be reached or started
   */
  public static Redis start() {
    Optional<String> url = URL.value();
    return url.isPresent() ? named(url.get()) : startEmbedded();
  }

  /** Returns where it is, as {@code redis://[user:password@]host:port[/database]}. */
  public URI uri() {
    return uri;
  }

  /** Stops the server if it was started here. */
  @Override
  public void close() {
    if (embedded == null) {
      return;
    }
    try {
      embedded.stop();
    } catch (IOException e) {
      throw new UncheckedIOException("Redis was not stopped", e);
    }
  }

  private static Redis named(String url) {
    URI uri = parsed(url);
    int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(uri.getHost(), port), REACHED_WITHIN_MILLIS);
    } catch (IOException e) {
      throw new EngineException(
          "Redis, named by " + URL + ", is not at " + uri.getHost() + ":" + port, e);
    }
    return new Redis(uri, null);
  }

  private static URI parsed(String url) {
    try {
      URI uri = URI.create(url);
      if (("redis".equals(uri.getScheme()) || "rediss".equals(uri.getScheme()))
          && uri.getHost() != null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw malformed(e);
    }
    throw malformed(null);
  }

  private static EngineException malformed(@Nullable Throwable cause) {
    return new EngineException(URL + " is to be like redis://user:password@host:6379/0", cause);
  }

  /**
   * Starts one, whatever has been named: to be stopped when it is needed most.
   *
   * @throws EngineException if the server cannot be started
   */
  public static Redis startEmbedded() {
    try {
      int port = freePort();
      RedisServer server =
          RedisServer.newRedisServer()
              .bind(HOST)
              .port(port)
              .setting("save \"\"") // no snapshots: they would be left in the temporary folder
              .build();
      server.start();
      return new Redis(URI.create("redis://" + HOST + ":" + port), server);
    } catch (IOException | RuntimeException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new EngineException(
          "Redis does not start here ("
              + cause.getMessage()
              + "). On Linux it needs OpenSSL's libssl.so.3: install it, or name a server by "
              + URL
              + ".",
          e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
