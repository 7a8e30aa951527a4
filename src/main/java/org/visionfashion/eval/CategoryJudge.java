package org.visionfashion.eval;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.visionfashion.data.Example;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.metrics.Bootstrap;
import org.visionfashion.metrics.CategoryMetrics;
import org.visionfashion.metrics.Interval;

/** Judges the category head on the examples that have a category. */
final class CategoryJudge {

  private final LabelScheme scheme;
  private final long[] training_C;
  private final Bootstrap bootstrap;

  CategoryJudge(LabelScheme scheme, long[] training_C, Bootstrap bootstrap) {
    this.scheme = scheme;
    this.training_C = training_C;
    this.bootstrap = bootstrap;
  }

  Judged<CategoryReport> judge(EmbeddingTable table) {
    int[] label_N = table.categories();
    boolean labelled = Arrays.stream(label_N).anyMatch(label -> label != Example.UNKNOWN);
    if (!labelled || table.category_NC().length == 0) {
      return Judged.none();
    }
    CategoryMetrics metrics = CategoryMetrics.of(table.category_NC(), label_N);
    CategoryMetrics constant = CategoryMetrics.constant(training_C, label_N);
    List<Interval> intervals = intervals(table, label_N);
    int count = metrics.examples();
    Section section =
        new Section(
            "Category, %d classes of scheme %s"
                .formatted(scheme.categories().size(), scheme.name()),
            "pictures",
            "constant",
            List.of(
                Score.share("top1", metrics.top1(), count, constant.top1(), 1, intervals.get(0)),
                Score.share("top3", metrics.top3(), count, constant.top3(), 1, intervals.get(1)),
                Score.share("top5", metrics.top5(), count, constant.top5(), 1, intervals.get(2)),
                Score.share("macro_f1", metrics.macroF1(), count, constant.macroF1(), 1, null)));
    CategoryReport report =
        new CategoryReport(
            scheme.name(),
            scheme.categories().size(),
            metrics.top1(),
            metrics.top3(),
            metrics.top5(),
            metrics.macroF1(),
            constant.top1());
    return new Judged<>(report, List.of(section), cautions(label_N));
  }

  private List<Interval> intervals(EmbeddingTable table, int[] label_N) {
    int[] rank_M = CategoryMetrics.ranks(table.category_NC(), label_N);
    List<String> items = table.items();
    List<String> labelledItems =
        IntStream.range(0, label_N.length)
            .filter(n -> label_N[n] != Example.UNKNOWN)
            .mapToObj(items::get)
            .toList();
    return bootstrap.means(
        List.of(
            hits(rank_M, rank -> rank <= 1),
            hits(rank_M, rank -> rank <= 3),
            hits(rank_M, rank -> rank <= 5)),
        labelledItems);
  }

  private static double[] hits(int[] rank_M, IntPredicate hit) {
    return Arrays.stream(rank_M).mapToDouble(rank -> hit.test(rank) ? 1 : 0).toArray();
  }

  private List<String> cautions(int[] label_N) {
    long[] count_C = new long[scheme.categories().size()];
    Arrays.stream(label_N).filter(label -> label != Example.UNKNOWN).forEach(c -> count_C[c]++);
    return Cautions.rare("categories", scheme.categories(), count_C, "macro_f1 leans on them");
  }
}
