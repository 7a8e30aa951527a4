package org.visionfashion.report;

import java.util.ArrayList;
import java.util.List;
import org.visionfashion.eval.RetrievalReport;
import org.visionfashion.eval.RetrievalReport.Gallery;
import org.visionfashion.eval.RetrievalReport.Recalls;
import org.visionfashion.eval.RetrievalReport.Slice;
import org.visionfashion.report.table.Cell;
import org.visionfashion.report.table.Table;

/**
 * Retrieval on the page.
 *
 * @param texts with the pictures they find
 * @param pictures with the texts they find
 * @param neighbours pictures with the pictures nearest to them
 * @param tables by size of the gallery, and for some of the queries
 */
record RetrievalView(
    List<Galleries.Case> texts,
    List<Galleries.Case> pictures,
    List<Galleries.Case> neighbours,
    List<Table> tables) {

  /** Name of the table by parts of the data. */
  static final String SLICES = "slices";

  private static final int NEIGHBOURS = 5;

  /**
   * Looks up the cases.
   *
   * @param report null where there are no captions
   */
  static RetrievalView of(RetrievalReport report, Galleries galleries) {
    return new RetrievalView(
        galleries.textsWithPictures(),
        galleries.picturesWithTexts(),
        galleries.neighbours(NEIGHBOURS),
        tables(report));
  }

  /** What there is of the two tables. */
  static List<Table> tables(RetrievalReport report) {
    List<Table> tables = new ArrayList<>();
    if (report != null && !report.galleries().isEmpty()) {
      tables.add(sizes(report.galleries()));
    }
    if (report != null && !report.slices().isEmpty()) {
      tables.add(slices(report.slices()));
    }
    return tables;
  }

  /** Whether there is a caption to search by. */
  boolean searched() {
    return !texts.isEmpty();
  }

  /** Whether there is a second picture. */
  boolean near() {
    return !neighbours.isEmpty();
  }

  private static Table sizes(List<Gallery> galleries) {
    return new Table(
        "galleries",
        "By size of the gallery",
        "The mean over all random galleries of a size that hold the right answer: a score without its"
            + " gallery says nothing.",
        List.of(
            "candidates",
            "image to text recall@1",
            "recall@10",
            "95 % interval",
            "text to image recall@1",
            "recall@10",
            "95 % interval",
            "chance recall@10"),
        galleries.stream().map(RetrievalView::row).toList(),
        false);
  }

  private static List<Cell> row(Gallery gallery) {
    List<Cell> row = new ArrayList<>();
    row.add(Cell.count(gallery.size()));
    row.addAll(cells(gallery.imageToText()));
    row.addAll(cells(gallery.textToImage()));
    row.add(Cell.number(gallery.textToImage().chanceAt10(), 4));
    return row;
  }

  private static List<Cell> cells(Recalls recalls) {
    return List.of(
        Cell.number(recalls.at1(), 3),
        Cell.number(recalls.at10(), 3),
        Cell.interval(recalls.ci95At10(), 3));
  }

  private static Table slices(List<Slice> slices) {
    return new Table(
        SLICES,
        "For some of the queries",
        "Among all candidates.",
        List.of(
            "queries",
            "number",
            "image to text recall@1",
            "recall@10",
            "95 % interval",
            "text to image recall@1",
            "recall@10",
            "95 % interval"),
        slices.stream().map(RetrievalView::row).toList(),
        true);
  }

  private static List<Cell> row(Slice slice) {
    List<Cell> row = new ArrayList<>();
    row.add(Cell.text(slice.by() + ": " + slice.value()));
    row.add(Cell.count(slice.queries()));
    row.addAll(cells(slice.imageToText()));
    row.addAll(cells(slice.textToImage()));
    return row;
  }

  private static List<Cell> cells(RetrievalReport.Direction direction) {
    return List.of(
        Cell.number(direction.recallAt1(), 3),
        Cell.number(direction.recallAt10(), 3),
        Cell.interval(direction.ci95RecallAt10(), 3));
  }
}
