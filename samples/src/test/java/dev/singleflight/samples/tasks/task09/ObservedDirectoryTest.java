package dev.singleflight.samples.tasks.task09;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.singleflight.samples.engines.Engines;
import dev.singleflight.samples.engines.EnginesExtension;
import dev.singleflight.samples.tasks.Crowd;
import dev.singleflight.samples.tasks.users.TableLock;
import dev.singleflight.samples.tasks.users.User;
import dev.singleflight.samples.tasks.users.UserNotFoundException;
import dev.singleflight.samples.tasks.users.UserTable;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What Prometheus is served, and that the dashboard asks for nothing else. */
@Timeout(60)
@ExtendWith(EnginesExtension.class)
final class ObservedDirectoryTest {
  private static final Pattern SELECTOR = Pattern.compile("(\\w+)\\{([^}]*)}");
  private static final Pattern LABEL = Pattern.compile("(\\w+)(=~?)\"([^\"]*)\"");
  private static final Pattern GROUPING = Pattern.compile("by \\((\\w+)\\)");

  private final DataSource database;
  private final ObservedDirectory directory;
  private final MetricsServer server;

  ObservedDirectoryTest(Engines engines) throws SQLException, IOException {
    database = engines.postgres().dataSource();
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    directory = new ObservedDirectory(UserTable.create(database, Duration.ZERO), registry);
    server = new MetricsServer(registry, 0);
  }

  @BeforeEach
  void tenCallersOneHitAndAFailure() throws Exception {
    List<Future<User>> callers =
        TableLock.during(
            "users",
            database,
            () -> {
              List<Future<User>> waiting = Crowd.start(10, number -> () -> directory.user(42));
              await().until(() -> directory.stats().followers() == 9);
              return waiting;
            });
    for (Future<User> caller : callers) {
      assertThat(caller.get()).isEqualTo(new User(42, "user-42"));
    }
    assertThat(directory.user(42)).isEqualTo(new User(42, "user-42"));
    assertThatThrownBy(() -> directory.user(-1)).isInstanceOf(UserNotFoundException.class);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void callsLoadsAndFailuresAreCounted() throws Exception {
    assertThat(scrape())
        .contains(
            "singleflight_calls_total{group=\"users\"} 12.0",
            "singleflight_gets_total{group=\"users\",result=\"hit\"} 1.0",
            "singleflight_callers_total{group=\"users\",role=\"follower\"} 9.0",
            "singleflight_callers_total{group=\"users\",role=\"leader\"} 2.0",
            "singleflight_load_failures_total{group=\"users\"} 1.0",
            "singleflight_load_duration_seconds_count{group=\"users\"} 2");
  }

  @Test
  void loadTimesAreAHistogram() throws Exception {
    assertThat(scrape())
        .contains(
            "load_time_seconds_bucket{group=\"users\",outcome=\"finished\",le=\"+Inf\"} 1",
            "load_time_seconds_bucket{group=\"users\",outcome=\"failed\",le=\"+Inf\"} 1",
            "load_time_seconds_count{group=\"users\",outcome=\"finished\"} 1");
  }

  @Test
  void dashboardAsksForWhatIsServed() throws Exception {
    List<String> samples = scrape();
    List<Panel> panels = Panel.of(Path.of("grafana/singleflight.json"));
    assertThat(panels).hasSizeGreaterThan(4);
    for (Panel panel : panels) {
      assertThat(panel.queries()).as(panel.title()).isNotEmpty();
      for (Panel.Query query : panel.queries()) {
        List<MatchResult> selectors = SELECTOR.matcher(query.expression()).results().toList();
        assertThat(selectors).as(query.expression()).isNotEmpty();
        for (MatchResult selector : selectors) {
          assertThat(samples)
              .as("%s in %s", selector.group(), query.expression())
              .anyMatch(sample -> selects(selector, query.expression(), sample));
        }
      }
    }
  }

  /** Says whether a sample has the name, the labels and the values that a query selects it by. */
  private static boolean selects(MatchResult selector, String expression, String sample) {
    return sample.startsWith(selector.group(1) + "{")
        && LABEL
            .matcher(selector.group(2))
            .results()
            .allMatch(label -> sample.contains(wanted(label)))
        && GROUPING
            .matcher(expression)
            .results()
            .allMatch(label -> sample.contains(label.group(1) + "=\""));
  }

  private static String wanted(MatchResult label) {
    boolean anyValue = label.group(2).equals("=~");
    return label.group(1) + "=\"" + (anyValue ? "" : label.group(3) + "\"");
  }

  private List<String> scrape() throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(server.uri()).build(), BodyHandlers.ofLines())
        .body()
        .toList();
  }
}
