package org.visionfashion.report;

import java.io.IOException;
import java.nio.file.Path;
import org.visionfashion.base.AtomicFiles;
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
   * Writes {@code <split>.html}, {@code <split>/figures/*.png} and {@code <split>/tables/*}.
   *
   * @param folder for the page
   */
  public static void write(Subject subject, Path folder) throws IOException {
    Page page = Page.of(subject);
    String split = subject.evaluation().split();
    AtomicFiles.write(folder.resolve(split + ".html"), TEMPLATE.fill(page));
    Path figures = folder.resolve(split).resolve("figures");
    for (Figure figure : page.figures()) {
      figure.writePng(figures);
    }
    new PictureFigures(page).write(figures);
    for (Table table : page.tables()) {
      table.write(folder.resolve(split).resolve("tables"));
    }
  }

  /** The page alone. */
  static String html(Subject subject) {
    return TEMPLATE.fill(Page.of(subject));
  }
}
