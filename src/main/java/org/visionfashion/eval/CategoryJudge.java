package org.visionfashion.eval;

import static org.visionfashion.metrics.CategoryScores.MACRO_F1;
import static org.visionfashion.metrics.CategoryScores.RECALL;
import static org.visionfashion.metrics.CategoryScores.TOP1;
import static org.visionfashion.metrics.CategoryScores.TOP3;
import static org.visionfashion.metrics.CategoryScores.TOP5;
import static org.visionfashion.metrics.CategoryScores.WEIGHTED_F1;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.visionfashion.data.Example;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.eval.ScoreKey.Group;
import org.visionfashion.eval.ScoreKey.Metric;
import org.visionfashion.metrics.Calibration;
import org.visionfashion.metrics.CategoryScores;
import org.visionfashion.metrics.Confusion;
import org.visionfashion.metrics.ConstantPredictor;
import org.visionfashion.metrics.Estimate;
import org.visionfashion.metrics.Items;

/** Judges logits of the categories on the examples that have a category. */
final class CategoryJudge {

  private final LabelScheme scheme;
  private final long[] training_C;
  private final Scoreboard board;

  CategoryJudge(LabelScheme scheme, long[] training_C, Scoreboard board) {
    this.scheme = scheme;
    this.training_C = training_C;
    this.board = board;
  }

  /** The category head; null where there is none, or no labels. */
  Details.Category judge(EmbeddingTable table) {
    String title =
        "Category, %d classes of scheme %s".formatted(scheme.categories().size(), scheme.name());
    return judge(Group.CATEGORY, title, table.category_NC(), table);
  }

  /** Any logits, a row an example; null where there are no rows or no labels. */
  Details.Category judge(Group group, String title, float[][] logit_NC, EmbeddingTable table) {
    int[] label_N = table.categories();
    int[] labelled =
        IntStream.range(0, label_N.length).filter(n -> label_N[n] != Example.UNKNOWN).toArray();
    if (labelled.length == 0 || logit_NC.length == 0) {
      return null;
    }
    int count = labelled.length;
    int[] label_M = Arrays.stream(labelled).map(n -> label_N[n]).toArray();
    float[][] logit_MC = Arrays.stream(labelled).mapToObj(n -> logit_NC[n]).toArray(float[][]::new);
    Items items = Items.of(table.items()).only(labelled);
    Estimate scores = board.estimate(CategoryScores.of(logit_MC, label_M, items));
    double[] constant =
        CategoryScores.of(ConstantPredictor.scores(training_C, count), label_M, items).value();
    Confusion confusion = Confusion.of(logit_MC, label_M);
    Calibration calibration = Calibration.of(logit_MC, label_M);
    board
        .card(group, title)
        .share(Metric.TOP_1, scores, TOP1, count, constant[TOP1], 1)
        .share(Metric.TOP_3, scores, TOP3, count, constant[TOP3], 1)
        .share(Metric.TOP_5, scores, TOP5, count, constant[TOP5], 1)
        .mean(Metric.MACRO_F1, scores, MACRO_F1, count, constant[MACRO_F1], 1)
        .mean(Metric.WEIGHTED_F1, scores, WEIGHTED_F1, count, constant[WEIGHTED_F1], 1)
        .plain(Metric.CALIBRATION_ERROR, calibration.expectedCalibrationError(), count, Double.NaN);
    List<Details.ClassScores> classes =
        IntStream.range(0, scheme.categories().size())
            .mapToObj(c -> classScores(c, confusion, scores, label_M, items))
            .toList();
    return new Details.Category(classes, Details.Category.rows(confusion), calibration.bins());
  }

  private Details.ClassScores classScores(
      int c, Confusion confusion, Estimate scores, int[] label_M, Items items) {
    int[] having = IntStream.range(0, label_M.length).filter(m -> label_M[m] == c).toArray();
    return new Details.ClassScores(
        scheme.categories().get(c),
        confusion.support(c),
        confusion.predicted(c),
        confusion.precision(c),
        confusion.recall(c),
        confusion.f1(c),
        items.only(having).count() < 2 ? null : scores.interval(RECALL + c));
  }

  /** Classes of which the split has hardly an example. */
  List<String> cautions(Details.Category judged) {
    return judged == null
        ? List.of()
        : Cautions.rare(
            "categories",
            scheme.categories(),
            judged.perClass().stream().mapToLong(Details.ClassScores::support).toArray(),
            "macro_f1 is uncertain");
  }
}
