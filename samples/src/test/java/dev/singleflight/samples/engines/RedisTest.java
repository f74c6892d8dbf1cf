package dev.singleflight.samples.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class RedisTest {
  private static final String URL = "singleflight.redis.url";

  private final @Nullable String named = System.getProperty(URL);

  @BeforeEach
  void nameNone() {
    System.clearProperty(URL);
  }

  @AfterEach
  void restore() {
    if (named == null) {
      System.clearProperty(URL);
    } else {
      System.setProperty(URL, named);
    }
  }

  @Test
  void startsOneAndFindsItAgainByItsUrl() throws IOException {
    try (Redis started = Redis.start()) {
      System.setProperty(URL, started.uri().toString());
      try (Redis named = Redis.start()) {
        assertThat(named.uri()).isEqualTo(started.uri());
      }
      assertThat(ping(started.uri()))
          .as("one that was named is not stopped by who has not started it")
          .isEqualTo("+PONG");
    }
  }

  @Test
  void urlOfSomethingElseIsRefused() {
    for (String url :
        new String[] {"localhost:6379", "http://localhost", "redis:///0", "redis:\\"}) {
      System.setProperty(URL, url);
      assertThatThrownBy(Redis::start)
          .isInstanceOf(EngineException.class)
          .hasMessage(
              "-Dsingleflight.redis.url (or SINGLEFLIGHT_REDIS_URL)"
                  + " is to be like redis://user:password@host:6379/0");
    }
  }

  @Test
  void serverThatIsNotThereIsNamed() {
    System.setProperty(URL, "redis://127.0.0.1:1");
    assertThatThrownBy(Redis::start)
        .isInstanceOf(EngineException.class)
        .hasMessageEndingWith("is not at 127.0.0.1:1");
  }

  private static String ping(URI uri) throws IOException {
    try (Socket socket = new Socket(uri.getHost(), uri.getPort());
        BufferedReader answers =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
      socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      return answers.readLine();
    }
  }
}
