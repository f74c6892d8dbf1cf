package dev.singleflight.samples.service.live;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.singleflight.samples.engines.Engines;
import dev.singleflight.samples.engines.EnginesExtension;
import dev.singleflight.samples.engines.Postgres;
import dev.singleflight.samples.service.database.DemoProducts;
import dev.singleflight.samples.service.database.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The page, as a user of a browser meets it. Products do not expire, so queries can be counted. */
@ExtendWith(EnginesExtension.class)
@Timeout(120)
final class LivePageTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Path SCREENSHOTS = Path.of("target/screenshots");

  private static ChromeDriver browser;

  private final Postgres postgres;
  private Arena arena;
  private LivePage page;

  LivePageTest(Engines engines) {
    this.postgres = engines.postgres();
  }

  @BeforeAll
  static void startBrowser(@TempDir Path profile) {
    browser = Chromium.start(profile);
    browser.manage().window().setSize(new Dimension(1400, 1150));
  }

  @AfterAll
  static void quitBrowser() {
    if (browser != null) {
      browser.quit();
    }
  }

  @BeforeEach
  void open() throws SQLException {
    var unused = consoleOfPage(); // of the test before
    Schema.create(postgres.dataSource());
    DemoProducts.addTo(postgres.dataSource(), 100);
    Duration ttl = Duration.ofHours(1);
    Journal journal = new Journal();
    arena = new Arena(postgres, ttl, journal);
    page = new LivePage(arena, Setup.of(ttl), journal);
    URI uri = page.start(0);
    browser.get(uri.toString());
    waitFor("Start a stampede");
  }

  @AfterEach
  void close() {
    if (page != null) {
      page.close();
    }
    if (arena != null) {
      arena.close();
    }
  }

  @Test
  void stampedeIsStartedAndSeen() {
    crowd(20, 100, 1);
    button("COALESCING").click();
    waitFor("Coalescing: 4 queries for 100 requests");
    assertThat(row("COALESCING").get(0)).isEqualTo("4");
    assertThat(row("COALESCING").get(1)).isEqualTo("100");
    assertThat(row("PLAIN")).containsOnly("–");
    assertThat(browser.findElements(By.cssSelector("#panel-COALESCING rect.bar"))).isNotEmpty();
    assertThat(browser.findElement(By.cssSelector("#panel-COALESCING path.p99")).isDisplayed())
        .isTrue();
    assertThat(browser.findElement(By.cssSelector("#panel-COALESCING .load")).getAccessibleName())
        .startsWith("Coalescing: up to ");

    browser.navigate().refresh();
    waitFor("Coalescing: 4 queries for 100 requests");
    assertThat(row("COALESCING").get(0)).as("is told to who comes later").isEqualTo("4");

    crowd(20, 100, 1);
    browser.findElement(By.cssSelector("button.main")).click();
    waitFor("refresh ahead: 4 queries for 100 requests");
    assertThat(Integer.parseInt(row("PLAIN").get(0))).isGreaterThanOrEqualTo(4);
    assertThat(row("COALESCING").get(0)).as("all is cached").isEqualTo("0");
    assertNothingWentWrong();
  }

  @Test
  void whileOneRunsNoOtherStarts() {
    crowd(5, 50, 2);
    button("COALESCING").click();
    waitFor("Coalescing: 5 clients send 50 requests a second");
    assertThat(button("PLAIN").getDomAttribute("aria-disabled")).isEqualTo("true");
    button("PLAIN").click();
    Object answer =
        browser.executeAsyncScript(
            """
            const done = arguments[arguments.length - 1];
            fetch('stampedes', { method: 'POST', body: JSON.stringify(
                { subjects: ['PLAIN'], clients: 1, requestsPerSecond: 1, seconds: 1 }) })
              .then(answer => done(answer.status));
            """);
    assertThat(answer).isEqualTo(409L);
    waitFor("Coalescing: 4 queries for 100 requests");
    assertThat(row("PLAIN")).containsOnly("–");
    assertThat(button("PLAIN").getDomAttribute("aria-disabled")).isEqualTo("false");
  }

  @Test
  void crowdThatMakesNoSenseIsRefusedHereAndThere() {
    crowd(0, 100, 1);
    button("PLAIN").click();
    assertThat(browser.findElement(By.cssSelector("input:invalid")).getDomProperty("name"))
        .isEqualTo("clients");
    Object answer =
        browser.executeAsyncScript(
            """
            const done = arguments[arguments.length - 1];
            fetch('stampedes', { method: 'POST', body: JSON.stringify(
                { subjects: ['PLAIN'], clients: 0, requestsPerSecond: 1, seconds: 1 }) })
              .then(answer => answer.text().then(text => done(answer.status + ' ' + text)));
            """);
    assertThat(answer).asString().startsWith("400 ").contains("clients has to be from 1 to 500");
    assertThat(row("PLAIN")).containsOnly("–");
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void isReadableInEitherScheme(String scheme) {
    Chromium.prefer(browser, scheme);
    crowd(20, 100, 1);
    browser.findElement(By.cssSelector("button.main")).click();
    waitFor("refresh ahead: 4 queries for 100 requests");
    assertThat(contrasts())
        .as("W3C's Web Content Accessibility Guidelines ask for 4.5")
        .isNotEmpty()
        .allSatisfy(
            (what, contrast) ->
                assertThat((Number) contrast)
                    .satisfies(
                        number ->
                            assertThat(number.doubleValue()).as(what).isGreaterThanOrEqualTo(4.5)));
    screenshot(scheme);
  }

  @Test
  void everythingHasANameAndFitsOnAPhone() {
    for (WebElement element : browser.findElements(By.cssSelector("button, input, svg, section"))) {
      assertThat(element.getAccessibleName()).as(element.getTagName()).isNotBlank();
    }
    assertThat(browser.findElement(By.tagName("html")).getDomAttribute("lang")).isEqualTo("en");
    assertThat(browser.findElements(By.tagName("h1"))).hasSize(1);
    browser.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", 360, "height", 740, "deviceScaleFactor", 1, "mobile", true));
    assertThat(browser.executeScript("return document.documentElement.scrollWidth"))
        .isEqualTo(360L);
    screenshot("phone");
    browser.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    assertNothingWentWrong();
  }

  private void crowd(int clients, int requestsPerSecond, int seconds) {
    Map.of("clients", clients, "requestsPerSecond", requestsPerSecond, "seconds", seconds)
        .forEach(
            (name, number) -> {
              WebElement input = browser.findElement(By.name(name));
              input.clear();
              input.sendKeys(Integer.toString(number));
            });
  }

  private WebElement button(String subject) {
    return browser.findElement(By.cssSelector("#panel-" + subject + " button"));
  }

  /** Returns what the table says of a subject, column by column. */
  private List<String> row(String subject) {
    return browser.findElements(By.cssSelector("#row-" + subject + " td")).stream()
        .map(WebElement::getText)
        .toList();
  }

  private void waitFor(String status) {
    new WebDriverWait(browser, PATIENCE)
        .withMessage(() -> "'" + status + "'; the page says '" + status() + "'")
        .until(any -> status().contains(status));
  }

  private String status() {
    return browser.findElement(By.id("status")).getText();
  }

  /** Returns of what is written on the page the contrast to what it is written on. */
  @SuppressWarnings("unchecked") // what the script returns
  private Map<String, Object> contrasts() {
    return (Map<String, Object>)
        requireNonNull(
            browser.executeScript(
                """
            const channels = colour => colour.match(/[\\d.]+/g).map(Number);
            const luminance = colour => {
              const [r, g, b] = channels(colour).map(c => c / 255)
                .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
              return 0.2126 * r + 0.7152 * g + 0.0722 * b;
            };
            const ground = element => {
              const colour = getComputedStyle(element).backgroundColor;
              return channels(colour)[3] === 0 ? ground(element.parentElement) : colour;
            };
            const result = {};
            for (const element of document.querySelectorAll(
                'h1, h2, p, label, input, button, dt, dd, figcaption, .legend, th, td, text')) {
              const style = getComputedStyle(element);
              const ink = element.tagName === 'text' ? style.fill : style.color;
              const [more, less] = [luminance(ink), luminance(ground(element))].sort((a, b) => b - a);
              const name = element.tagName + ' ' + element.className + ' ' + element.textContent;
              result[name] = (more + 0.05) / (less + 0.05);
            }
            return result;
            """));
  }

  private void assertNothingWentWrong() {
    assertThat(consoleOfPage()).isEmpty();
    assertThat(
            (List<?>)
                browser.executeScript(
                    """
                return performance.getEntriesByType('resource').map(entry => entry.name)
                  .filter(name => !name.startsWith(location.origin));
                """))
        .as("loaded from elsewhere")
        .isEmpty();
  }

  /** Takes out what the browser has complained of. */
  private static List<LogEntry> consoleOfPage() {
    return browser.manage().logs().get(LogType.BROWSER).getAll();
  }

  private void screenshot(String name) {
    try {
      Files.createDirectories(SCREENSHOTS);
      Files.write(SCREENSHOTS.resolve(name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
