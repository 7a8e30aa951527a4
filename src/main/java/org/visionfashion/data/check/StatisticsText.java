package org.visionfashion.data.check;

import java.util.List;
import java.util.Locale;
import org.visionfashion.data.Split;
import org.visionfashion.data.check.DataStatistics.CaptionCount;
import org.visionfashion.data.check.DataStatistics.LabelCount;
import org.visionfashion.data.check.DataStatistics.SplitCount;

/** Statistics as tables for a console. */
final class StatisticsText {

  private static final int LEAST_NAME_WIDTH = 14;

  private final StringBuilder text = new StringBuilder();
  private final int nameWidth;

  private StatisticsText(int nameWidth) {
    this.nameWidth = nameWidth;
  }

  static String of(DataStatistics statistics) {
    int width = LEAST_NAME_WIDTH;
    for (LabelCount label : statistics.categories()) {
      width = Math.max(width, label.name().length());
    }
    for (LabelCount label : statistics.attributes()) {
      width = Math.max(width, label.name().length());
    }
    StatisticsText writer = new StatisticsText(width);
    writer.line("%s", statistics.summary());
    writer.splits(statistics.splits());
    writer.labels("category", statistics.categories(), statistics.withoutCategory());
    writer.labels("attribute", statistics.attributes(), statistics.withoutAttributes());
    writer.captions(statistics.captions(), statistics.lengths());
    return writer.text.toString();
  }

  private void splits(List<SplitCount> splits) {
    line("");
    row("split", "pictures", "items", "captions", "");
    for (SplitCount split : splits) {
      row(split.split().label(), n(split.examples()), n(split.items()), n(split.captions()), "");
    }
  }

  private void labels(String title, List<LabelCount> labels, LabelCount without) {
    if (labels.isEmpty()) {
      return;
    }
    line("");
    row(title, "train", "validation", "test", "all");
    labels.forEach(this::label);
    if (without.total() > 0) {
      label(without);
    }
  }

  private void label(LabelCount label) {
    row(
        label.name(),
        n(label.counts().get(Split.TRAIN)),
        n(label.counts().get(Split.VALIDATION)),
        n(label.counts().get(Split.TEST)),
        n(label.total()));
  }

  private void captions(CaptionCount captions, TokenLengths lengths) {
    line("");
    line(
        "captions: %,d, %,d distinct; %,d share their wording with another; the most frequent"
            + " occurs %,d times",
        captions.captions(), captions.distinct(), captions.repeated(), captions.mostFrequent());
    line(
        "tokens: mean %.1f, median %,d, 90 %% within %,d, 99 %% within %,d, longest %,d",
        lengths.mean(), lengths.p50(), lengths.p90(), lengths.p99(), lengths.max());
    line(
        "the limit of %,d tokens cuts %,d of %,d captions (%.1f %%)",
        lengths.limit(),
        lengths.cut(),
        lengths.captions(),
        100.0 * lengths.cut() / Math.max(1, lengths.captions()));
  }

  private void row(String name, String a, String b, String c, String d) {
    String format = "%-" + nameWidth + "s %10s %10s %10s %10s";
    text.append(String.format(Locale.ROOT, format, name, a, b, c, d).stripTrailing()).append('\n');
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private static String n(int count) {
    return count < 0 ? "unknown" : String.format(Locale.ROOT, "%,d", count);
  }
}
