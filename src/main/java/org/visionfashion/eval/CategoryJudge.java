package org.visionfashion.eval;

import static org.visionfashion.metrics.CategoryScores.MACRO_F1;
import static org.visionfashion.metrics.CategoryScores.RECALL;
import static org.visionfashion.metrics.CategoryScores.TOP1;
import static org.visionfashion.metrics.CategoryScores.TOP3;
import static org.visionfashion.metrics.CategoryScores.TOP5;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.visionfashion.data.Example;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.eval.ScoreKey.Group;
import org.visionfashion.eval.ScoreKey.Metric;
import org.visionfashion.metrics.Bootstrap;
import org.visionfashion.metrics.Calibration;
import org.visionfashion.metrics.CategoryMetrics;
import org.visionfashion.metrics.CategoryScores;
import org.visionfashion.metrics.Confusion;
import org.visionfashion.metrics.Interval;
import org.visionfashion.metrics.Items;

/** Judges logits of the categories on the examples that have a category. */
final class CategoryJudge {

  private final LabelScheme scheme;
  private final long[] training_C;
  private final Bootstrap bootstrap;

  CategoryJudge(LabelScheme scheme, long[] training_C, Bootstrap bootstrap) {
    this.scheme = scheme;
    this.training_C = training_C;
    this.bootstrap = bootstrap;
  }

  /** The category head. */
  Judged<CategoryReport> judge(EmbeddingTable table) {
    String title =
        "Category, %d classes of scheme %s".formatted(scheme.categories().size(), scheme.name());
    return judge(Group.CATEGORY, title, table.category_NC(), table);
  }

  /** Any logits, a row an example; none where there are no rows or no labels. */
  Judged<CategoryReport> judge(
      Group group, String title, float[][] logit_NC, EmbeddingTable table) {
    int[] label_N = table.categories();
    int[] labelled =
        IntStream.range(0, label_N.length).filter(n -> label_N[n] != Example.UNKNOWN).toArray();
    if (labelled.length == 0 || logit_NC.length == 0) {
      return Judged.none();
    }
    CategoryMetrics metrics = CategoryMetrics.of(logit_NC, label_N);
    CategoryMetrics constant = CategoryMetrics.constant(training_C, label_N);
    int[] label_M = Arrays.stream(labelled).map(n -> label_N[n]).toArray();
    float[][] logit_MC = Arrays.stream(labelled).mapToObj(n -> logit_NC[n]).toArray(float[][]::new);
    Items items = Items.of(table.items()).only(labelled);
    double[][] draw_KR = bootstrap.draws(items, CategoryScores.of(logit_MC, label_M, items));
    Confusion confusion = Confusion.of(logit_MC, label_M);
    Calibration calibration = Calibration.of(logit_MC, label_M);
    int count = labelled.length;
    Scorecard card =
        new Scorecard(group, title)
            .share(Metric.TOP_1, metrics.top1(), count, constant.top1(), 1, draw_KR[TOP1])
            .share(Metric.TOP_3, metrics.top3(), count, constant.top3(), 1, draw_KR[TOP3])
            .share(Metric.TOP_5, metrics.top5(), count, constant.top5(), 1, draw_KR[TOP5])
            .mean(
                Metric.MACRO_F1, metrics.macroF1(), count, constant.macroF1(), 1, draw_KR[MACRO_F1])
            .plain(
                Metric.CALIBRATION_ERROR,
                calibration.expectedCalibrationError(),
                count,
                Double.NaN);
    CategoryReport report =
        new CategoryReport(
            scheme.name(),
            scheme.categories().size(),
            metrics.top1(),
            metrics.top3(),
            metrics.top5(),
            metrics.macroF1(),
            constant.top1(),
            IntStream.range(0, scheme.categories().size())
                .mapToObj(c -> classScores(c, confusion, draw_KR[RECALL + c], label_M, items))
                .toList(),
            CategoryReport.rows(confusion),
            calibration);
    return Judged.of(report, List.of(card), cautions(confusion));
  }

  private CategoryReport.ClassScores classScores(
      int c, Confusion confusion, double[] recall_R, int[] label_M, Items items) {
    long shown =
        IntStream.range(0, label_M.length)
            .filter(m -> label_M[m] == c)
            .map(m -> items.item_N()[m])
            .distinct()
            .count();
    return new CategoryReport.ClassScores(
        scheme.categories().get(c),
        confusion.support(c),
        confusion.predicted(c),
        confusion.precision(c),
        confusion.recall(c),
        confusion.f1(c),
        shown < 2 ? null : Interval.of(recall_R));
  }

  private List<String> cautions(Confusion confusion) {
    long[] count_C =
        IntStream.range(0, scheme.categories().size()).mapToLong(confusion::support).toArray();
    return Cautions.rare("categories", scheme.categories(), count_C, "macro_f1 leans on them");
  }
}
