package dev.singleflight.samples.tasks.task07;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.singleflight.samples.tasks.Crowd;
import dev.singleflight.samples.tasks.FullFlight;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class ReportsTest {
  private static final int CALLERS = 10;

  @Test
  void tenCallersAreThrownTheOneFailure() {
    RuntimeException unlucky = new IllegalStateException("unlucky");
    assertThat(
            tenCallers(
                id -> {
                  throw unlucky;
                }))
        .hasSize(CALLERS)
        .allSatisfy(failure -> assertThat(failure).isSameAs(unlucky));
  }

  @Test
  void errorReachesAllOfThemToo() {
    Error broken = new NoClassDefFoundError("Renderer");
    assertThat(
            tenCallers(
                id -> {
                  throw broken;
                }))
        .hasSize(CALLERS)
        .allSatisfy(failure -> assertThat(failure).isSameAs(broken));
  }

  @Test
  void reportThatRefersToItselfIsNamed() {
    assertThat(tenCallers(ReportsTest::endless))
        .hasSize(CALLERS)
        .allSatisfy(
            failure ->
                assertThat(failure)
                    .isInstanceOf(ReportException.class)
                    .hasMessage("report 13 refers to itself"));
  }

  @ParameterizedTest
  @ValueSource(longs = {13, 14})
  void failureIsForgotten(long id) {
    Reports reports = new Reports(new FailingOnce()::render, new FullFlight(1));
    assertThat(catchThrowable(() -> reports.report(id))).hasMessage("unlucky");
    assertThat(reports.report(id)).isEqualTo("report " + id);
  }

  /** Returns what each of ten callers of one load is thrown. */
  private static List<Throwable> tenCallers(LongFunction<String> renderer) {
    FullFlight everybody = new FullFlight(CALLERS);
    Reports reports =
        new Reports(
            id -> {
              everybody.await();
              return renderer.apply(id);
            },
            everybody);
    List<Throwable> failures =
        Crowd.<String>start(CALLERS, number -> () -> reports.report(13)).stream()
            .map(caller -> catchThrowable(caller::get))
            .map(
                thrown -> {
                  assertThat(thrown).isInstanceOf(ExecutionException.class);
                  return thrown.getCause();
                })
            .toList();
    assertThat(reports.stats().loads()).isEqualTo(1);
    return failures;
  }

  private static String endless(long id) {
    return id == 0 ? "" : "see " + endless(id);
  }

  private static final class FailingOnce {
    private boolean failed;

    String render(long id) {
      if (!failed) {
        failed = true;
        throw new IllegalStateException("unlucky");
      }
      return "report " + id;
    }
  }
}
