package org.visionfashion.report.curves;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.report.chart.Figure;
import org.visionfashion.report.curves.RunCurves.Stage;
import org.visionfashion.report.curves.StepBins.Bin;
import org.visionfashion.run.RunFolder;

/** From {@code metrics.jsonl} to figures. */
class CurvesTest {

  @TempDir private Path folder;

  private static String step(int number, double loss) {
    return """
    {"stage":"contrastive","epoch":1,"step":%d,"loss":%s,"lr":1.0E-4,"grad_norm":2.0,\
    "examples":64,"time":{"seconds":0.5,"pairs_per_s":128.0,"data_wait":0.0}}\
    """
        .formatted(number, loss);
  }

  private static String epoch(int step, double score) {
    return """
    {"stage":"contrastive","epoch":1,"step":%d,"loss":1.0,"best":true,"validation":\
    {"loss":1.5,"score":%s,"image_to_text.recall@10":%s},"time":{"seconds":9.0}}\
    """
        .formatted(step, score, score);
  }

  private RunCurves run(String name, String... lines) throws IOException {
    RunFolder run = new RunFolder(folder.resolve(name));
    Files.createDirectories(run.contrastive());
    Files.write(run.contrastive().resolve("metrics.jsonl"), List.of(lines));
    return RunCurves.read(run);
  }

  @Test
  void linesAreRead() throws IOException {
    RunCurves run = run("a", step(1, 2.5), step(2, 2), epoch(2, 0.25), "{\"stage\":\"contr");
    assertThat(run.finetune().isEmpty()).isTrue();
    StepBins bins = run.contrastive().bins();
    assertThat(bins.values(Bin::last)).containsExactly(1, 2);
    assertThat(bins.values(Bin::loss)).containsExactly(2.5, 2);
    assertThat(bins.values(Bin::rate)).containsExactly(1e-4, 1e-4);
    assertThat(bins.values(Bin::gradientNorm)).containsExactly(2, 2);
    assertThat(bins.values(bin -> bin.examples() / bin.seconds())).containsExactly(128, 128);
    assertThat(run.contrastive().epochs())
        .containsExactly(new StageCurves.Epoch(2, 1.5, Map.of("image_to_text.recall@10", 0.25)));
  }

  @Test
  void averagesWithTheStartAreAFigure() throws IOException {
    RunFolder folderOf = new RunFolder(folder.resolve("wise"));
    Files.createDirectories(folderOf.contrastive());
    Files.writeString(
        folderOf.contrastive().resolve("wise_ft.json"),
        """
        {"curve":[{"coefficient":0.0,"loss":2.0,"score":0.25,"category.top1":0.5},\
        {"coefficient":1.0,"loss":1.0,"score":0.5,"category.top1":0.75}],"chosen":1.0}
        """);
    RunCurves run = run("wise", step(1, 2.5), epoch(1, 0.25));
    assertThat(run.contrastive().betweenStartAndBest())
        .containsExactly(
            new StageCurves.Between(0, Map.of("loss", 2.0, "score", 0.25, "category.top1", 0.5)),
            new StageCurves.Between(1, Map.of("loss", 1.0, "score", 0.5, "category.top1", 0.75)));
    assertThat(CurveFigures.of(List.of(run), Stage.CONTRASTIVE))
        .anyMatch(figure -> figure.title().contains("start"));
  }

  /** Read on line by line, cut in the middle of a line, and as a whole: the same. */
  @Test
  void readingOnGivesWhatReadingAnewGives() throws IOException {
    Path file = folder.resolve("metrics.jsonl");
    StageCurves followed = new StageCurves(file);
    assertThat(followed.update()).isFalse();
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= 500; i++) {
      text.append(step(i, 1.0 / i)).append('\n');
      if (i % 50 == 0) {
        text.append(epoch(i, i / 500.0)).append('\n');
      }
      int cut = i % 3 == 0 ? 0 : 20; // half of a line
      Files.writeString(file, text.substring(0, text.length() - cut));
      assertThat(followed.update()).isTrue();
    }
    assertSame(followed, new StageCurves(file));
    Files.writeString(file, text.substring(0, 5_000)); // as a resumed training cuts it
    assertSame(followed, new StageCurves(file));
    Files.delete(file);
    assertThat(followed.update()).isTrue();
    assertThat(followed.isEmpty()).isTrue();
    assertThat(followed.update()).isFalse();
  }

  private static void assertSame(StageCurves followed, StageCurves anew) throws IOException {
    followed.update();
    anew.update();
    assertThat(followed.epochs()).isEqualTo(anew.epochs());
    assertThat(followed.bins().values(Bin::last)).isEqualTo(anew.bins().values(Bin::last));
    assertThat(followed.bins().values(Bin::loss)).isEqualTo(anew.bins().values(Bin::loss));
    assertThat(followed.bins().values(bin -> bin.examples() / bin.seconds()))
        .isEqualTo(anew.bins().values(bin -> bin.examples() / bin.seconds()));
  }

  @Test
  void aBinIsTheMeanOfItsSteps() {
    StepBins bins = new StepBins();
    for (int i = 1; i <= 1001; i++) {
      double seconds = i % 2 == 0 ? 1 : 3;
      bins.add(new Bin(1, i, i == 7 ? Double.NaN : i, 1, 1, 10, seconds));
    }
    assertThat(bins.values(Bin::last)).hasSize(126).startsWith(8, 16, 24).endsWith(1000, 1001);
    assertThat(bins.values(Bin::loss)[0])
        .isCloseTo((36 + 8 - 7) / 8.0, within(1e-12)); // 7 counts as its neighbour;
    assertThat(bins.values(Bin::loss)[1]).isCloseTo(12.5, within(1e-12));
    assertThat(bins.values(bin -> bin.examples() / bin.seconds())[0])
        .isCloseTo(80 / 16.0, within(1e-12));
    StepBins none = new StepBins();
    assertThat(none.values(Bin::last)).isEmpty();
    none.add(new Bin(1, 1, Double.NaN, 1, 1, 10, 1));
    assertThat(none.values(Bin::loss)).containsExactly(Double.NaN);
  }

  /** Against all steps kept: bins of one width, at most so many, whatever the number of steps. */
  @Test
  void binsAreBoundedAndAgreeWithTheirStepsAtAnyLength() {
    StepBins bins = new StepBins();
    for (int n = 1; n <= 3_000; n++) {
      bins.add(new Bin(1, n, Math.sin(n), 1, 1, 1, 1));
      double[] ends = bins.values(Bin::last);
      assertThat(ends.length).isBetween(Math.min(n, StepBins.MOST / 2), StepBins.MOST);
      int last = ends.length - 1;
      int from = last == 0 ? 1 : (int) ends[last - 1] + 1;
      double mean = IntStream.rangeClosed(from, n).mapToDouble(Math::sin).average().orElseThrow();
      assertThat(ends[last]).isEqualTo(n);
      assertThat(bins.values(Bin::loss)[last]).isCloseTo(mean, within(1e-9));
    }
  }

  private static List<String> names(List<Figure> figures) {
    return figures.stream().map(Figure::name).toList();
  }

  @Test
  void oneRunHasItsScoresInOneFigureSeveralHaveAFigureAScore() throws IOException {
    RunCurves a = run("a", step(1, 2), step(2, 1), epoch(2, 0.5));
    RunCurves b = run("b", step(1, 3), step(2, 2), epoch(2, 0.25));
    RunCurves none = run("c");
    assertThat(names(CurveFigures.of(List.of(a, none), Stage.CONTRASTIVE)))
        .containsExactly(
            "contrastive-loss",
            "contrastive-validation-scores",
            "contrastive-learning-rate",
            "contrastive-gradient-norm",
            "contrastive-throughput");
    assertThat(names(CurveFigures.of(List.of(a, b), Stage.CONTRASTIVE)))
        .contains("contrastive-image-to-text-recall-10")
        .doesNotContain("contrastive-validation-scores");
    assertThat(CurveFigures.of(List.of(a, b), Stage.FINETUNE)).isEmpty();
    assertThat(CurveFigures.of(List.of(run("d", step(1, 1))), Stage.CONTRASTIVE)).hasSize(4);
  }
}
