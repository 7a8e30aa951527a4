package org.visionfashion.eval;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.List;
import org.visionfashion.metrics.Calibration;
import org.visionfashion.metrics.Confusion;
import org.visionfashion.metrics.Interval;

/**
 * Scores of the categories.
 *
 * @param scheme name of the label scheme
 * @param classes number of categories
 * @param top1 share of examples whose category comes first
 * @param top3 share with the category among the first three
 * @param top5 share with the category among the first five
 * @param macroF1 mean F1 of the classes
 * @param baselineTop1 top1 of always naming the most frequent class of training
 * @param perClass each class by itself, in the scheme's order
 * @param confusion examples by label (row) and prediction (column), in the same order
 * @param calibration whether the model is as often right as it is confident
 */
public record CategoryReport(
    String scheme,
    int classes,
    double top1,
    double top3,
    double top5,
    @JsonProperty("macro_f1") double macroF1,
    @JsonProperty("baseline_top1") double baselineTop1,
    @JsonProperty("per_class") List<ClassScores> perClass,
    List<List<Integer>> confusion,
    Calibration calibration) {

  public CategoryReport {
    perClass = perClass == null ? List.of() : List.copyOf(perClass);
    confusion = confusion == null ? List.of() : List.copyOf(confusion);
  }

  /**
   * One class.
   *
   * @param name of the class
   * @param support examples labelled with it
   * @param predicted examples taken for it
   * @param precision share of those taken for it that are of it; NaN where none is
   * @param recall share of its examples that are found; NaN where it has none
   * @param f1 harmonic mean of the two; NaN where the class occurs nowhere
   * @param ci95Recall 95 % interval, null where there is none
   */
  public record ClassScores(
      String name,
      int support,
      int predicted,
      double precision,
      double recall,
      double f1,
      @JsonProperty("ci95_recall") Interval ci95Recall) {}

  static List<List<Integer>> rows(Confusion confusion) {
    return Arrays.stream(confusion.count_CC())
        .map(row -> Arrays.stream(row).boxed().toList())
        .toList();
  }
}
