package org.visionfashion.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.visionfashion.eval.Evaluation;
import org.visionfashion.eval.RetrievalReport;
import org.visionfashion.eval.RetrievalReport.Gallery;
import org.visionfashion.eval.RetrievalReport.Recalls;
import org.visionfashion.eval.RetrievalReport.Slice;
import org.visionfashion.report.table.Cell;
import org.visionfashion.report.table.Table;

/** Retrieval between pictures and captions, and among pictures. */
final class RetrievalSections {

  private static final int DECIMALS = 3;

  /** Tables of up to so many rows need no sorting. */
  private static final int FEW = 4;

  private RetrievalSections() {}

  /** Texts and pictures search for each other; empty where there are no captions. */
  static Optional<PageSection> captions(Evaluation evaluation, Galleries galleries) {
    List<Galleries.Case> texts = galleries.textsWithPictures();
    if (texts.isEmpty()) {
      return Optional.empty();
    }
    List<Table> tables = tables(evaluation.retrieval());
    return Optional.of(
        new PageSection(
            "retrieval",
            "Retrieval",
            "How often a text finds its picture and a picture its text, with example queries.",
            Map.of(
                "scores",
                ScoreTables.of(evaluation, "retrieval\\.(duplicate_aware\\.)?\\w+_to_\\w+"),
                "sizes",
                tables,
                "texts",
                texts,
                "pictures",
                galleries.picturesWithTexts()),
            List.of(),
            tables,
            Map.of("texts-and-pictures", () -> galleries.contactSheet(texts))));
  }

  /** Pictures search for pictures; empty where there is no second one. */
  static Optional<PageSection> similar(Evaluation evaluation, Galleries galleries) {
    List<Galleries.Case> cases = galleries.neighbours();
    return cases.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new PageSection(
                "similar",
                "Similar pictures",
                "The pictures most similar to a given one, and how often they show the same item.",
                Map.of("scores", ScoreTables.of(evaluation, "image_to_image"), "cases", cases),
                List.of(),
                List.of(),
                Map.of("neighbours", () -> galleries.contactSheet(cases))));
  }

  /** By size of the gallery, and by slices of the queries; the report may be null. */
  private static List<Table> tables(RetrievalReport report) {
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
        galleries.stream()
            .map(
                gallery ->
                    row(
                        Cell.count(gallery.size()),
                        cells(gallery.imageToText()),
                        cells(gallery.textToImage()),
                        Cell.small(gallery.textToImage().chanceAt10(), DECIMALS)))
            .toList(),
        false);
  }

  /** A table for each property by which the queries are sliced. */
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
        slices.stream()
            .map(
                slice ->
                    row(
                        Cell.text(slice.value()),
                        cells(slice.imageToText()),
                        cells(slice.textToImage()),
                        Cell.count(slice.queries())))
            .toList(),
        slices.size() > FEW);
  }

  /** Both directions between a first and a last column. */
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

  private static List<Cell> row(
      Cell first, List<Cell> imageToText, List<Cell> textToImage, Cell last) {
    List<Cell> row = new ArrayList<>(List.of(first));
    row.addAll(imageToText);
    row.addAll(textToImage);
    row.add(last);
    return row;
  }

  private static List<Cell> cells(Recalls recalls) {
    return List.of(
        Cell.number(recalls.at1(), DECIMALS),
        Cell.number(recalls.at10(), DECIMALS),
        Cell.interval(recalls.ci95At10(), DECIMALS));
  }

  private static List<Cell> cells(RetrievalReport.Direction direction) {
    return List.of(
        Cell.number(direction.recallAt1(), DECIMALS),
        Cell.number(direction.recallAt10(), DECIMALS),
        Cell.interval(direction.ci95RecallAt10(), DECIMALS));
  }
}
