package org.visionfashion.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.eval.Comparison;
import org.visionfashion.eval.DegradedScores;
import org.visionfashion.eval.Details;
import org.visionfashion.eval.EmbeddingTable;
import org.visionfashion.eval.Evaluation;
import org.visionfashion.eval.EvaluationFiles;
import org.visionfashion.eval.Part;
import org.visionfashion.eval.Provenance;
import org.visionfashion.eval.PublishedResult;
import org.visionfashion.eval.Score;
import org.visionfashion.eval.ScoreKey;
import org.visionfashion.eval.Section;
import org.visionfashion.metrics.Difference;
import org.visionfashion.metrics.Interval;
import org.visionfashion.report.table.Cell;

/** The page as text; {@link BrowserTest} looks at it. */
class ReportTest {

  @TempDir private static Path pictures;
  @TempDir private Path folder;

  private static Sample sample;
  private static Evaluation evaluation;

  @BeforeAll
  static void judge() {
    sample = new Sample(pictures, 44);
    evaluation = sample.evaluation();
  }

  @AfterAll
  static void close() {
    sample.close();
  }

  private static Evaluation with(Provenance provenance, String split, List<String> cautions) {
    Details details = evaluation.details();
    return new Evaluation(
        split,
        evaluation.pictures(),
        provenance,
        evaluation.sections(),
        new Details(details.slices(), details.category(), details.attributes(), null),
        null,
        cautions);
  }

  @Test
  void thePageHoldsTheSameNumbersEscaped() {
    Evaluation sly =
        with(
            new Provenance(
                new Provenance.Model(null, "a & b", null),
                new Provenance.Data(null, null),
                new Provenance.Measurement(null, null, null, null, null)),
            "<script>alert('x')</script>",
            List.of("\"quoted\" <b>caution</b>"));
    String page = Report.html(sample.subject(sly));
    assertThat(page)
        .contains("&lt;script&gt;", "a &lt;model&gt;")
        .doesNotContain("<script>alert", "<b>number", "<b>caution", "{{", "http")
        .contains("a &amp; b")
        .contains("prefers-color-scheme: dark", "@media print");
    for (Section section : evaluation.sections()) {
      // How recall falls with the gallery has a table of its own.
      boolean galleries = section.key().equals("retrieval.galleries");
      boolean zeroShot = section.key().startsWith("zero_shot"); // taken out above
      if (!galleries && !zeroShot) {
        assertThat(page).contains(section.title());
      }
      for (Score score : zeroShot ? List.<Score>of() : section.scores()) {
        int decimals = Math.min(3, score.decimals());
        String value = Cell.number(score.value(), decimals).text();
        String interval = Cell.interval(score.interval(), decimals).text();
        assertThat(page).contains(">" + value + "<", ">" + interval + "<");
      }
    }
    assertThat(page).doesNotContain("<dt>version</dt>");
  }

  @Test
  void theFirstScreenSaysHowMuchOfWhatAndHowSure() {
    String page = Report.html(sample.subject(evaluation));
    String top = page.substring(page.indexOf("<header>"), page.indexOf("</header>"));
    assertThat(top)
        .contains("44 pictures", "11 items", "data set toys", "2026-02-28", "test split")
        .contains("4 of 44 pictures (9.1 %) show an item that training has seen too");
    for (String key :
        List.of(
            "retrieval.image_to_text.recall@10",
            "retrieval.text_to_image.recall@10",
            "category.top1",
            "attributes.texture48.recall@5")) {
      Score score = evaluation.score(key).orElseThrow();
      assertThat(top)
          .contains(">" + Cell.decimal(score.value(), 3) + "<")
          .contains("95 % interval " + Cell.interval(score.interval(), 3).text())
          .contains(" " + Cell.decimal(score.baseline(), 3));
    }
    assertThat(Headline.of(evaluation)).hasSize(4);
  }

  @Test
  void theOverviewLinksEverySectionAndShowsTheBestAndTheWorstQuery() {
    String page = Report.html(sample.subject(evaluation));
    String overview =
        page.substring(page.indexOf("<section id=\"overview\""), page.indexOf("<section id=\"ret"));
    List<String> linked = found("href=\"#([\\w-]+)\"", overview);
    assertThat(found("<section id=\"([\\w-]+)\"", page)).containsAll(linked).contains("overview");
    assertThat(linked)
        .containsExactly(
            "retrieval",
            "similar",
            "category",
            "attributes",
            "zero-shot",
            "space",
            "attention",
            "learning",
            "provenance");
    assertThat(found("class=\"why\">(\\w+)", overview)).containsExactly("best", "worst");
    List<Galleries.Case> examples = Page.of(sample.subject(evaluation)).examples();
    assertThat(Integer.valueOf(examples.get(0).rank()))
        .isLessThan(Integer.valueOf(examples.get(1).rank()));
  }

  /** The hint on the category by hand: the cell of the matrix with the most wrong answers. */
  @Test
  void theOverviewNamesTheMostFrequentConfusion() {
    List<List<Integer>> confusion = evaluation.details().category().confusion();
    int most = 0;
    for (int row = 0; row < confusion.size(); row++) {
      for (int column = 0; column < confusion.size(); column++) {
        most = row == column ? most : Math.max(most, confusion.get(row).get(column));
      }
    }
    assertThat(Report.html(sample.subject(evaluation)))
        .containsPattern("predicted as .* \\(" + most + " of \\d+\\)");
  }

  @Test
  void everyPictureIsStoredOnce() {
    String page = Report.html(sample.subject(evaluation));
    List<String> defined = found("\\.([ts]\\d+)\\{background-image", page);
    List<String> used = found("class=\"t ([ts]\\d+)\"", page);
    assertThat(defined).doesNotHaveDuplicates().containsAll(used);
    assertThat(used.size()).isGreaterThan(2 * defined.size());
    assertThat(defined.stream().filter(name -> name.startsWith("t")).count())
        .isLessThanOrEqualTo(44);
  }

  private static List<String> found(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map(found -> found.group(1)).toList();
  }

  @Test
  void filesForPapersLieBeside() throws IOException {
    Report.write(sample.subject(evaluation), EvaluationFiles.of(folder, Part.TEST));
    Report.write(
        sample.subject(evaluation), EvaluationFiles.of(folder, Part.TEST)); // over what is there
    assertThat(names(folder)).containsExactlyInAnyOrder("test", "test.html");
    assertThat(names(folder.resolve("test/figures")))
        .contains(
            "attention.png",
            "class-f1.png",
            "confusion.png",
            "contrastive-loss.png",
            "map.png",
            "neighbours.png",
            "reliability.png",
            "similarities.png",
            "texts-and-pictures.png")
        .allMatch(name -> name.endsWith(".png"));
    Path tables = folder.resolve("test/tables");
    assertThat(names(tables))
        .contains("classes.md", "attributes.csv", "scores-category.md", "slices-category.csv")
        .allMatch(name -> name.endsWith(".md") || name.endsWith(".csv"));
    assertThat(Files.readAllLines(tables.resolve("classes.csv")))
        .hasSize(1 + Sample.SCHEME.categories().size())
        .startsWith("class,F1,precision,recall,95 % interval,pictures");
    assertThat(folder.resolve("test.html"))
        .content()
        .isEqualTo(Report.html(sample.subject(evaluation)));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void everyZeroShotPromptHasItsOwnScore() {
    Details.Prompt prompt = evaluation.details().zeroShot().perPrompt().get(1);
    assertThat(prompt.prompt()).isEqualTo("{}");
    assertThat(Report.html(sample.subject(evaluation)))
        .contains("“{}” " + Cell.decimal(prompt.top1(), 3) + ".");
  }

  @Test
  void whatTheDataLackIsLeftOut() {
    EmbeddingTable mute =
        new EmbeddingTable(
            sample.examples.subList(0, 1),
            new float[][] {{1, 0}},
            new float[0][],
            new float[0][],
            new float[0][]);
    Evaluation nothing =
        new Evaluation(
            "test",
            new Evaluation.Pictures(1, 0, 0, 0, List.of(), 0),
            Sample.PROVENANCE,
            List.of(),
            new Details(List.of(), null, null, null),
            null,
            List.of());
    Subject subject =
        new Subject(
            "m", nothing, mute, Optional.empty(), Optional.empty(), 1, LimitsConfig.DEFAULT);
    assertThat(Report.html(subject))
        .contains("id=\"provenance\"")
        .doesNotContain("id=\"similar\"", "id=\"zero-shot\"", "id=\"robustness\"")
        .doesNotContain("id=\"retrieval\"", "id=\"category\"", "id=\"attributes\"", "id=\"space\"")
        .doesNotContain("id=\"attention\"", "id=\"learning\"", "class=\"cautions\"", "#retrieval");
  }

  @Test
  void scoresOnDegradedPicturesAreShown() throws IOException {
    Evaluation robust =
        evaluation.withRobustness(
            List.of(
                new DegradedScores(
                    "grey",
                    List.of(
                        new DegradedScores.Drop("category.top1", 0.25, -0.5, null),
                        new DegradedScores.Drop("category.top3", 0.25, 0.5, null)))));
    String page = Report.html(sample.subject(robust));
    Matcher table =
        Pattern.compile("<h3>Without colour</h3>.*?</table>", Pattern.DOTALL).matcher(page);
    assertThat(table.find()).isTrue();
    String clean = Cell.decimal(evaluation.score("category.top1").orElseThrow().value(), 3);
    assertThat(table.group())
        .contains(">" + ScoreKey.CATEGORY.title() + "<", ">0.250<", ">" + clean + "<", ">−0.500<")
        .doesNotContain("top-3");
    Report.write(sample.subject(robust), EvaluationFiles.of(folder, Part.TEST));
    assertThat(folder.resolve("test/tables/robustness.csv"))
        .content()
        .contains("grey,category.top1,0.25,-0.5,", "grey,category.top3,0.25,0.5,");
  }

  @Test
  void zeroShotScoresStandBesideWhatTheCaptionsTeach() {
    String page = Report.html(sample.subject(evaluation));
    assertThat(page)
        .contains("id=\"zero-shot\"", "“a photo of a {}”, “{}”")
        .contains(evaluation.details().zeroShot().caution());
  }

  @Test
  void aPageOfCurvesReloadsItselfOnlyWhileItGrows() throws IOException {
    List<org.visionfashion.report.curves.RunCurves> runs =
        List.of(Sample.curves("one", 1), Sample.curves("two", 2));
    assertThat(CurvesPage.text(runs, true)).contains("http-equiv=\"refresh\"", "one, two");
    CurvesPage.write(runs, false, folder.resolve("curves.html"));
    assertThat(folder.resolve("curves.html"))
        .content()
        .doesNotContain("refresh", "{{", "http:")
        .contains("Stage one", "Stage two", "Category, top-1");
    assertThat(CurvesPage.text(List.of(), true)).contains("No data yet");
  }

  @Test
  void modelsSideBySide() throws IOException {
    Score score = new Score("top_1", 0.5, 44, 0.25, 1, new Interval(0.4, 0.6));
    Section section = new Section("category", "Category", "pictures", "constant", List.of(score));
    Comparison.Cell first =
        new Comparison.Cell(0.5, score.interval(), List.of(0.5), Double.NaN, null);
    Comparison.Cell second =
        new Comparison.Cell(
            0.25, null, List.of(0.2, 0.3), 0.05, new Difference(-0.25, new Interval(-0.5, 0.125)));
    Comparison comparison =
        new Comparison(
            "test",
            List.of(
                new Comparison.Contender(List.of("a <b>"), 44, 88, "toys", true),
                new Comparison.Contender(List.of("c", "d"), 43, 43, "toys", false)),
            List.of(
                new Comparison.Row(
                    section.title(), section.key(score), "top_1", 4, List.of(first, second))),
            PublishedResult.ALL);
    ComparisonPage.write(
        comparison, List.of(Sample.curves("a <b>", 1), Sample.curves("c", 2)), folder);
    assertThat(folder.resolve("test.comparison.html"))
        .content()
        .contains(
            "a &lt;b&gt;",
            "mean of 2 seeds",
            "44 pictures with 88 captions",
            "on other pictures than A",
            "0.400 to 0.600")
        .contains("−0.250", "−0.500 to +0.125", "Stage two", "not comparable")
        .contains(PublishedResult.ALL.get(0).conditions())
        .doesNotContain("{{", "http");
    assertThat(folder.resolve("test.comparison/category.csv"))
        .hasContent(
            """
            metric,of,score,95 % interval,spread,to A: difference,to A: 95 % interval
            top_1,A,0.5,0.4 0.6,,,
            top_1,B,0.25,,0.05,-0.25,-0.5 0.125
            """);
  }
}
