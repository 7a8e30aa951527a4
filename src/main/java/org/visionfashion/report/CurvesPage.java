package org.visionfashion.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.visionfashion.base.AtomicFiles;
import org.visionfashion.report.chart.Figure;
import org.visionfashion.report.curves.CurveFigures;
import org.visionfashion.report.curves.RunCurves;

/** Learning curves as a page of their own, of one run or of several over each other. */
public final class CurvesPage {

  private static final Template TEMPLATE = Template.html("curves");

  private CurvesPage() {}

  /** What the template sees. */
  record View(String title, boolean growing, boolean none, List<Stage> stages) {}

  /** One stage. */
  record Stage(String title, List<Figure> figures) {

    static List<Stage> of(List<RunCurves> runs) {
      return Arrays.stream(RunCurves.Stage.values())
          .map(stage -> new Stage(stage.title(), CurveFigures.of(runs, stage)))
          .filter(stage -> !stage.figures().isEmpty())
          .toList();
    }
  }

  /** The same as a part of a report. */
  static Optional<PageSection> section(Optional<RunCurves> run) {
    List<Stage> stages = run.map(each -> Stage.of(List.of(each))).orElse(List.of());
    return stages.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new PageSection(
                "learning",
                "Learning",
                "Loss and validation scores during training; scores that still rise at the end"
                    + " would gain from a longer training.",
                Map.of("stages", stages),
                stages.stream().flatMap(stage -> stage.figures().stream()).toList(),
                List.of(),
                Map.of()));
  }

  /**
   * Writes the page; a reader sees the old one or the new one.
   *
   * @param growing whether the run is still training: the page then reloads itself every minute
   */
  public static void write(List<RunCurves> runs, boolean growing, Path file) throws IOException {
    AtomicFiles.write(file, text(runs, growing));
  }

  static String text(List<RunCurves> runs, boolean growing) {
    List<Stage> stages = Stage.of(runs);
    return TEMPLATE.fill(
        new View(
            runs.stream().map(RunCurves::run).collect(Collectors.joining(", ")),
            growing,
            stages.isEmpty(),
            stages));
  }
}
