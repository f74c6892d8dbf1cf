package dev.singleflight.samples.service.live;

import dev.singleflight.samples.service.http.JsonBody;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.ConflictResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.sse.SseClient;
import io.javalin.http.staticfiles.Location;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * The page, and what it asks for.
 *
 * <pre>
 * GET  /           the page
 * GET  /setup      what can be compared
 * GET  /events     what happens, as server-sent events
 * POST /stampedes  starts some; 409 if one is under way
 * </pre>
 */
final class LivePage implements AutoCloseable {
  private static final String FILES = "/dev/singleflight/samples/service/live/page";

  /** How often a page that has nothing to be told is told so, to find out whether it is there. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);

  private final Arena arena;
  private final Journal journal;
  private final Javalin app;

  LivePage(Arena arena, Setup setup, Journal journal) {
    this.arena = arena;
    this.journal = journal;
    this.app = Javalin.create(LivePage::configure);
    app.before(context -> context.header("Content-Security-Policy", "default-src 'self'"));
    app.get("/setup", context -> context.json(setup));
    app.post("/stampedes", this::start);
    app.sse("/events", this::tell);
  }

  private static void configure(JavalinConfig config) {
    config.showJavalinBanner = false;
    config.staticFiles.add(FILES, Location.CLASSPATH);
  }

  /**
   * Begins to listen.
   *
   * @param port where; 0 for any port that is free
   * @return where the page is
   * @throws io.javalin.util.JavalinBindException if the port cannot be had
   */
  URI start(int port) {
    return URI.create("http://localhost:" + app.start(port).port());
  }

  private void start(Context context) {
    StampedeOrder order = JsonBody.read(context, StampedeOrder.class);
    if (!arena.start(order.subjects(), order.crowd())) {
      throw new ConflictResponse("A stampede is under way");
    }
    context.status(HttpStatus.ACCEPTED);
  }

  /** Tells a page all that happens, on a thread that Javalin has for it, until it leaves. */
  private void tell(SseClient page) {
    try {
      page.sendComment("here"); // so that the page knows at once that it is connected
      long known = 0;
      while (!page.terminated() && !journal.isClosed()) {
        known = tell(page, journal.after(known, HEARTBEAT), known);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      page.close();
    }
  }

  private static long tell(SseClient page, List<Journal.Entry> entries, long known) {
    if (entries.isEmpty()) {
      page.sendComment("nothing new");
      return known;
    }
    for (Journal.Entry entry : entries) {
      page.sendEvent(entry.event().name(), entry.event(), Long.toString(entry.number()));
    }
    return entries.get(entries.size() - 1).number();
  }

  @Override
  public void close() {
    journal.close();
    var unused = app.stop();
  }
}
