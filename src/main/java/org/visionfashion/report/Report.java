package org.visionfashion.report;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import org.visionfashion.base.AtomicFiles;
import org.visionfashion.eval.EvaluationFiles;
import org.visionfashion.report.chart.Figure;
import org.visionfashion.report.table.Table;

/**
 * An evaluation as one page that needs nothing but itself, its figures as PNG files and its tables
 * as Markdown and CSV.
 */
public final class Report {

  private static final Template TEMPLATE = Template.html("report");

  private Report() {}

  /**
   * Writes the page, and beside it a folder with {@code figures/*.png} and {@code tables/*}.
   *
   * @param files of the evaluation
   */
  public static void write(Subject subject, EvaluationFiles files) throws IOException {
    Page page = Page.of(subject);
    AtomicFiles.write(files.page(), TEMPLATE.fill(page));
    Path figures = Files.createDirectories(files.parts().resolve("figures"));
    Path tables = files.parts().resolve("tables");
    for (Table table : ScoreTables.of(subject.evaluation())) {
      table.write(tables);
    }
    for (PageSection section : page.sections()) {
      for (Figure figure : section.figures()) {
        figure.writePng(figures);
      }
      for (Map.Entry<String, Supplier<BufferedImage>> picture : section.pictures().entrySet()) {
        Path file = figures.resolve(picture.getKey() + ".png");
        ImageIO.write(picture.getValue().get(), "png", file.toFile());
      }
      for (Table table : section.tables()) {
        table.write(tables);
      }
    }
  }

  /** The page alone. */
  static String html(Subject subject) {
    return TEMPLATE.fill(Page.of(subject));
  }
}
