package org.visionfashion.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.visionfashion.eval.Details;
import org.visionfashion.eval.Details.Slice;
import org.visionfashion.eval.Evaluation;
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
    List<Table> slices = slices(evaluation.details().slices());
    List<Table> sizes = new ArrayList<>(ScoreTables.of(evaluation, "retrieval\\.galleries\\..*"));
    sizes.addAll(slices);
    return Optional.of(
        new PageSection(
            "retrieval",
            "Retrieval",
            "How often a text finds its picture and a picture its text, with example queries.",
            Map.of(
                "scores",
                ScoreTables.of(evaluation, "retrieval\\.(duplicate_aware\\.)?\\w+_to_\\w+"),
                "sizes",
                sizes,
                "texts",
                texts,
                "pictures",
                galleries.picturesWithTexts()),
            List.of(),
            slices,
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
        columns(by),
        slices.stream()
            .map(
                slice ->
                    row(
                        Cell.text(slice.value()),
                        cells(slice.strict().imageToText()),
                        cells(slice.strict().textToImage()),
                        Cell.count(slice.queries()),
                        Cell.count(slice.captions())))
            .toList(),
        slices.size() > FEW);
  }

  private static List<String> columns(String first) {
    return List.of(
        first,
        "image to text: recall@1",
        "image to text: recall@10",
        "image to text: 95 % interval",
        "text to image: recall@1",
        "text to image: recall@10",
        "text to image: 95 % interval",
        "pictures",
        "captions");
  }

  private static List<Cell> row(
      Cell first, List<Cell> imageToText, List<Cell> textToImage, Cell... last) {
    List<Cell> row = new ArrayList<>(List.of(first));
    row.addAll(imageToText);
    row.addAll(textToImage);
    row.addAll(List.of(last));
    return row;
  }

  private static List<Cell> cells(Details.Direction direction) {
    return List.of(
        Cell.number(direction.recallAt1(), DECIMALS),
        Cell.number(direction.recallAt10(), DECIMALS),
        Cell.interval(direction.ci95RecallAt10(), DECIMALS));
  }
}
