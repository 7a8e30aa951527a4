package org.visionfashion.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.visionfashion.eval.Comparison;
import org.visionfashion.eval.EvaluatedModel;
import org.visionfashion.eval.EvaluationFiles;
import org.visionfashion.eval.Part;
import org.visionfashion.report.curves.RunCurves;

/**
 * The pages in Chromium, headless: on a desk and on a telephone, light and dark, and on paper.
 * Needs {@code chromium} and {@code chromedriver} on the PATH (Debian: chromium, chromium-driver).
 * {@code -Dreport.page=FILE} looks at that page instead of a small one.
 */
class BrowserTest {

  /** Boxes of one parent that lie over each other by more than a pixel. */
  private static final String OVERLAPS =
      """
      const bad = [];
      const inFlow = box => {
        const style = getComputedStyle(box);
        return !["absolute", "fixed"].includes(style.position) && style.display !== "inline"
          && box.getClientRects().length > 0;
      };
      const check = boxes => boxes.forEach((a, i) => boxes.slice(0, i).forEach(b => {
        const r = a.getBoundingClientRect(), s = b.getBoundingClientRect();
        const wide = Math.min(r.right, s.right) - Math.max(r.left, s.left);
        const high = Math.min(r.bottom, s.bottom) - Math.max(r.top, s.top);
        if (wide > 1 && high > 1) {
          bad.push(`${b.tagName}.${b.className} and ${a.tagName}.${a.className}: ${a.textContent}`);
        }
      }));
      for (const parent of document.body.querySelectorAll("*")) {
        if (!parent.closest("svg, script")) check([...parent.children].filter(inFlow));
      }
      document.querySelectorAll(".map").forEach(map => check([...map.querySelectorAll(".t")]));
      return bad;
      """;

  @TempDir private static Path folder;

  private static ChromeDriver browser;
  private static Path report;
  private static Path curves;
  private static Path comparison;

  @BeforeAll
  static void open() throws IOException {
    Optional<Path> chromium = program("chromium");
    Optional<Path> driver = program("chromedriver");
    Assumptions.assumeTrue(
        chromium.isPresent() && driver.isPresent(),
        "the report was not looked at: no chromium and chromedriver on the PATH"
            + " (apt-get install chromium chromium-driver)");
    writePages();
    browser = browser(chromium.get(), driver.get());
  }

  private static Optional<Path> program(String name) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .map(place -> Path.of(place, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static void writePages() throws IOException {
    String given = System.getProperty("report.page");
    List<RunCurves> runs = List.of(Sample.curves("one", 1), Sample.curves("two", 2));
    try (Sample sample = new Sample(folder.resolve("pictures"), 60)) {
      EvaluatedModel model = sample.model();
      if (given == null) {
        Report.write(sample.subject(model.evaluation()), EvaluationFiles.of(folder, Part.TEST));
      }
      ComparisonPage.write(
          Comparison.of(
              "test",
              List.of(
                  new Comparison.Run("one", "a", model),
                  new Comparison.Run("two", "b", model),
                  new Comparison.Run("three", "b", model))),
          runs,
          folder);
    }
    comparison = folder.resolve("test.comparison.html");
    report = given == null ? folder.resolve("test.html") : Path.of(given).toAbsolutePath();
    curves = folder.resolve("curves.html");
    CurvesPage.write(runs, false, curves);
  }

  private static ChromeDriver browser(Path chromium, Path driver) {
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.toFile());
    options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu");
    options.addArguments("--disable-dev-shm-usage", "--user-data-dir=" + folder.resolve("profile"));
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder().usingDriverExecutable(driver.toFile()).build();
    return new ChromeDriver(service, options);
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.quit();
    }
  }

  private static void look(Path page, int width, String scheme, String medium) {
    browser.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    browser.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "media",
            medium,
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    browser.manage().logs().get(LogType.BROWSER);
    browser.manage().logs().get(LogType.PERFORMANCE);
    browser.get(page.toUri().toString());
  }

  /** Boxes that do not show their whole width. */
  private static List<?> cut() {
    return (List<?>)
        browser.executeScript(
            "return [...document.querySelectorAll('.scroll')]"
                + ".filter(box => box.scrollWidth > box.clientWidth + 1)"
                + ".map(box => box.getAttribute('aria-label'))");
  }

  private static List<?> overlaps() {
    return (List<?>) browser.executeScript(OVERLAPS);
  }

  private static long number(String script) {
    return ((Number) browser.executeScript("return " + script)).longValue();
  }

  @ParameterizedTest
  @CsvSource({
    "1920,light,screen",
    "1280,light,screen",
    "1280,dark,screen",
    "390,light,screen",
    "390,dark,screen",
    "718,light,print"
  })
  void nothingOverlapsNothingIsWiderThanTheScreenNothingIsFetched(
      int width, String scheme, String medium) {
    for (Path page : List.of(report, curves, comparison)) {
      look(page, width, scheme, medium);
      String what = page.getFileName() + " at " + width;
      assertThat(number("innerWidth")).isEqualTo(width);
      assertThat(number("document.documentElement.scrollWidth"))
          .as(what)
          .isLessThanOrEqualTo(width);
      if (width > 1000) {
        assertThat(cut()).as("tables to be scrolled, " + what).isEmpty();
      }
      assertThat(overlaps()).as(what).isEmpty();
      assertThat(browser.manage().logs().get(LogType.BROWSER).getAll())
          .as("console, " + what)
          .isEmpty();
      assertThat(requests())
          .as("requests, " + what)
          .isNotEmpty()
          .allMatch(url -> url.startsWith("file:") || url.startsWith("data:"));
      String paper = scheme.equals("dark") ? "rgb(18, 21, 27)" : "rgb(255, 255, 255)";
      assertThat(browser.findElement(By.tagName("body")).getCssValue("background-color"))
          .as(what)
          .isIn(paper, paper.replace("rgb", "rgba").replace(")", ", 1)"));
    }
  }

  private static List<String> requests() {
    return browser.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
        .map(LogEntry::getMessage)
        .filter(message -> message.contains("\"Network.requestWillBeSent\""))
        .map(message -> message.replaceAll("(?s).*\"url\":\"([^\"]*)\".*", "$1"))
        .toList();
  }

  @Test
  void everyPictureIsThere() {
    look(report, 1280, "light", "screen");
    assertThat(number("[...document.images].filter(i => !i.complete || !i.naturalWidth).length"))
        .isZero();
    assertThat(number("document.querySelectorAll('.t').length")).isGreaterThan(50);
    assertThat(
            number(
                "[...document.querySelectorAll('.t')].filter(t =>"
                    + " getComputedStyle(t).backgroundImage === 'none').length"))
        .isZero();
  }

  @Test
  void aTableIsSortedByAClick() {
    look(report, 1280, "light", "screen");
    List<WebElement> tables = browser.findElements(By.cssSelector("table.sortable"));
    WebElement table = tables.get(tables.size() - 1); // the attributes: enough of them have a score
    List<WebElement> heads = table.findElements(By.tagName("th"));
    for (int column = 1; column < heads.size(); column++) {
      WebElement head = heads.get(column);
      head.findElement(By.tagName("button")).click();
      assertThat(head.getDomAttribute("aria-sort")).isEqualTo("descending");
      assertThat(column(table, column))
          .isSortedAccordingTo(Comparator.reverseOrder())
          .hasSizeGreaterThan(1);
      head.findElement(By.tagName("button")).click();
      assertThat(head.getDomAttribute("aria-sort")).isEqualTo("ascending");
      assertThat(column(table, column)).isSorted();
    }
  }

  /** Numbers, or the lower ends of intervals. */
  private static List<Double> column(WebElement table, int column) {
    String cells = "tbody tr td:nth-child(%d)".formatted(column + 1);
    return table.findElements(By.cssSelector(cells)).stream()
        .map(cell -> cell.getDomAttribute("data-v"))
        .filter(value -> !value.isEmpty())
        .map(value -> Double.valueOf(value.replaceAll(" .*", "")))
        .toList();
  }
}
