package org.visionfashion.report;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.visionfashion.report.chart.Figure;
import org.visionfashion.report.table.Table;

/**
 * A part of a report. A new one needs a class that makes it, its template and its place in {@link
 * Page}.
 *
 * @param id anchor on the page, and name of the template
 * @param title heading
 * @param hint a sentence for the overview at the top: what is here, or what stands out
 * @param view what the template shows
 * @param figures charts that are files beside the page as well
 * @param tables likewise
 * @param pictures figures for papers by file name, drawn when they are written
 */
record PageSection(
    String id,
    String title,
    String hint,
    Map<String, ?> view,
    List<Figure> figures,
    List<Table> tables,
    Map<String, Supplier<BufferedImage>> pictures) {

  /** With no files beside the page. */
  PageSection(String id, String title, String hint, Map<String, ?> view) {
    this(id, title, hint, view, List.of(), List.of(), Map.of());
  }

  /** What lies between heading and next section. */
  String html() {
    return Template.html(id).fill(view);
  }
}
