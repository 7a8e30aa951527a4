package org.visionfashion.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.visionfashion.eval.Evaluation;
import org.visionfashion.eval.RetrievalReport;
import org.visionfashion.eval.RetrievalReport.Gallery;
import org.visionfashion.eval.RetrievalReport.Recalls;
import org.visionfashion.eval.RetrievalReport.Slice;
import org.visionfashion.report.table.Cell;
import org.visionfashion.report.table.Table;

/**
 * Retrieval on the page.
 *
 * @param scores each direction
 * @param sizes by size of the gallery, and for some of the queries
 * @param texts with the pictures they find
 * @param pictures with the texts they find
 */
record RetrievalView(
    List<Table> scores,
    List<Table> sizes,
    List<Galleries.Case> texts,
    List<Galleries.Case> pictures) {

  /** So few rows nobody wants in another order. */
  private static final int FEW = 4;

  /** Looks up the cases; null where there are no captions. */
  static RetrievalView of(Evaluation evaluation, Galleries galleries) {
    List<Galleries.Case> texts = galleries.textsWithPictures();
    return texts.isEmpty()
        ? null
        : new RetrievalView(
            ScoreTables.of(evaluation, "retrieval\\.(duplicate_aware\\.)?\\w+_to_\\w+"),
            tables(evaluation.retrieval()),
            texts,
            galleries.picturesWithTexts());
  }

  /** What there is of the tables beside the scores; the report may be null. */
  static List<Table> tables(RetrievalReport report) {
    List<Table> tables = new ArrayList<>();
    if (report != null && !report.galleries().isEmpty()) {
      tables.add(sizes(report.galleries()));
    }
    if (report != null) {
      tables.addAll(slices(report.slices()));
    }
    return tables;
  }

  private static Table sizes(List<Gallery> galleries) {
    return new Table(
        "galleries",
        "By gallery size",
        "Recall falls as the gallery grows. Each row is the mean over random galleries of that size"
            + " that contain the right answer.",
        columns("candidates", "chance: recall@10"),
        galleries.stream().map(RetrievalView::row).toList(),
        false);
  }

  private static List<Cell> row(Gallery gallery) {
    List<Cell> row = new ArrayList<>();
    row.add(Cell.count(gallery.size()));
    row.addAll(cells(gallery.imageToText()));
    row.addAll(cells(gallery.textToImage()));
    row.add(Cell.small(gallery.textToImage().chanceAt10(), 3));
    return row;
  }

  /** Both directions between what a row is about and what it ends with. */
  private static List<String> columns(String first, String last) {
    return List.of(
        first,
        "image to text: recall@1",
        "image to text: recall@10",
        "image to text: 95 % interval",
        "text to image: recall@1",
        "text to image: recall@10",
        "text to image: 95 % interval",
        last);
  }

  private static List<Cell> cells(Recalls recalls) {
    return List.of(
        Cell.number(recalls.at1(), 3),
        Cell.number(recalls.at10(), 3),
        Cell.interval(recalls.ci95At10(), 3));
  }

  /** A table for each way to sort the queries. */
  static List<Table> slices(List<Slice> slices) {
    Map<String, List<Slice>> sorted = new LinkedHashMap<>();
    slices.forEach(slice -> sorted.computeIfAbsent(slice.by(), by -> new ArrayList<>()).add(slice));
    List<Table> tables = new ArrayList<>();
    sorted.forEach((by, some) -> tables.add(slices(by, some)));
    return tables;
  }

  private static Table slices(String by, List<Slice> slices) {
    return new Table(
        "slices-" + by.replaceAll("[^A-Za-z0-9]+", "-"),
        "By " + by,
        "",
        columns(by, "queries"),
        slices.stream().map(RetrievalView::row).toList(),
        slices.size() > FEW);
  }

  private static List<Cell> row(Slice slice) {
    List<Cell> row = new ArrayList<>();
    row.add(Cell.text(slice.value()));
    row.addAll(cells(slice.imageToText()));
    row.addAll(cells(slice.textToImage()));
    row.add(Cell.count(slice.queries()));
    return row;
  }

  private static List<Cell> cells(RetrievalReport.Direction direction) {
    return List.of(
        Cell.number(direction.recallAt1(), 3),
        Cell.number(direction.recallAt10(), 3),
        Cell.interval(direction.ci95RecallAt10(), 3));
  }
}
