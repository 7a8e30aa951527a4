package org.visionfashion.report.curves;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.report.chart.Figure;
import org.visionfashion.report.curves.RunCurves.Stage;
import org.visionfashion.report.curves.StageCurves.Step;

/** From {@code metrics.jsonl} to figures. */
class CurvesTest {

  @TempDir private Path folder;

  private static String step(int number, double loss) {
    return """
        {"stage":"contrastive","epoch":1,"step":%d,"loss":%s,"lr":1.0E-4,"grad_norm":2.0,\
        "examples":64,"time":{"seconds":0.5,"pairs_per_s":128.0,"data_wait":0.0}}"""
        .formatted(number, loss);
  }

  private static String epoch(int step, double score) {
    return """
        {"stage":"contrastive","epoch":1,"step":%d,"loss":1.0,"best":true,"validation":\
        {"loss":1.5,"score":%s,"image_to_text.recall@10":%s},"time":{"seconds":9.0}}"""
        .formatted(step, score, score);
  }

  private RunCurves run(String name, String... lines) throws IOException {
    Path stage = Files.createDirectories(folder.resolve(name).resolve("contrastive"));
    Files.write(stage.resolve("metrics.jsonl"), List.of(lines));
    return RunCurves.read(name, stage, folder.resolve(name).resolve("finetune"));
  }

  @Test
  void linesAreRead() throws IOException {
    RunCurves run = run("a", step(1, 2.5), step(2, 2), epoch(2, 0.25), "{\"stage\":\"contr");
    assertThat(run.finetune().isEmpty()).isTrue();
    assertThat(run.contrastive().steps())
        .containsExactly(new Step(1, 2.5, 1e-4, 2, 64, 0.5), new Step(2, 2, 1e-4, 2, 64, 0.5));
    assertThat(run.contrastive().epochs())
        .containsExactly(new StageCurves.Epoch(2, 1.5, Map.of("image_to_text.recall@10", 0.25)));
  }

  @Test
  void aBinIsTheMeanOfItsSteps() {
    List<Step> steps = new ArrayList<>();
    for (int i = 1; i <= 1001; i++) {
      double seconds = i % 2 == 0 ? 1 : 3;
      steps.add(new Step(i, i == 7 ? Double.NaN : i, 1, 1, 10, seconds));
    }
    Binned bins = new Binned(steps);
    assertThat(bins.steps()).hasSize(167).startsWith(6, 12, 18).endsWith(996, 1001);
    double[] loss = bins.means(Step::loss);
    assertThat(loss[0]).isEqualTo(3.5);
    assertThat(loss[1]).isEqualTo(10); // 8 to 12; 7 has none
    assertThat(bins.throughput()[0]).isCloseTo(60 / 12.0, within(1e-12));
    assertThat(new Binned(steps.subList(0, 3)).means(Step::loss)).containsExactly(1, 2, 3);
    assertThat(new Binned(List.of()).steps()).isEmpty();
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
