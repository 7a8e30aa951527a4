package org.visionfashion.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.visionfashion.base.AtomicFiles;
import org.visionfashion.report.chart.Figure;
import org.visionfashion.report.chart.Palette;
import org.visionfashion.report.curves.CurveFigures;
import org.visionfashion.report.curves.RunCurves;

/** Learning curves as a page of their own, of one run or of several over each other. */
public final class CurvesPage {

  private static final Template TEMPLATE = Template.html("curves");

  private CurvesPage() {}

  /** What the template sees. */
  record View(
      String title, String light, String dark, boolean growing, boolean none, List<Stage> stages) {}

  /** One stage. */
  record Stage(String title, List<Figure> figures) {

    static List<Stage> of(List<RunCurves> runs) {
      return Arrays.stream(RunCurves.Stage.values())
          .map(stage -> new Stage(stage.title(), CurveFigures.of(runs, stage)))
          .filter(stage -> !stage.figures().isEmpty())
          .toList();
    }
  }

  /**
   * Writes the page; a reader sees the old one or the new one.
   *
   * @param growing whether more is to come: the page then loads itself anew every minute
   */
  public static void write(List<RunCurves> runs, boolean growing, Path file) throws IOException {
    AtomicFiles.write(file, text(runs, growing));
  }

  static String text(List<RunCurves> runs, boolean growing) {
    List<Stage> stages = Stage.of(runs);
    return TEMPLATE.fill(
        new View(
            runs.stream().map(RunCurves::run).collect(Collectors.joining(", ")),
            Palette.css(false),
            Palette.css(true),
            growing,
            stages.isEmpty(),
            stages));
  }
}
