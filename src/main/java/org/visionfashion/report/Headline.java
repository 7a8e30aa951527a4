package org.visionfashion.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.visionfashion.eval.Evaluation;
import org.visionfashion.eval.Score;
import org.visionfashion.eval.Section;
import org.visionfashion.metrics.Interval;
import org.visionfashion.report.table.Cell;

/** The numbers that matter, each with what it must be read against. */
final class Headline {

  private static final int DECIMALS = 3;

  private Headline() {}

  /**
   * One number.
   *
   * @param label what it is
   * @param value the score
   * @param interval 95 % confidence; null = none
   * @param baseline chance or a constant predictor; null = unknown
   * @param best what is attainable; null = unknown
   * @param scale the same on a line from 0 to 1
   */
  record Card(
      String label, String value, String interval, String baseline, String best, Scale scale) {}

  /**
   * Places on a line from 0 to 100 %.
   *
   * @param value where the line is filled to
   * @param low of the interval
   * @param width of the interval
   * @param baseline null = unknown
   * @param best null = unknown
   */
  record Scale(String value, String low, String width, String baseline, String best) {}

  /** As many of the four as the data allow. */
  static List<Card> of(Evaluation evaluation) {
    return Stream.of(
            card(evaluation, "retrieval.image_to_text.recall@10"),
            card(evaluation, "retrieval.text_to_image.recall@10"),
            card(evaluation, "category.top1"),
            card(evaluation, "attributes.texture48.recall@5")
                .or(() -> card(evaluation, "attributes.recall@5")))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Card> card(Evaluation evaluation, String key) {
    for (Section section : evaluation.sections()) {
      for (Score score : section.scores()) {
        if (section.key(score).equals(key) && Double.isFinite(score.value())) {
          return Optional.of(card(Words.title(key), section.baseline(), score));
        }
      }
    }
    return Optional.empty();
  }

  private static Card card(String label, String baseline, Score score) {
    Interval interval = score.interval();
    double low = interval == null ? score.value() : interval.low();
    double high = interval == null ? score.value() : interval.high();
    return new Card(
        label,
        number(score.value()),
        interval == null ? null : number(low) + " to " + number(high),
        Double.isFinite(score.baseline())
            ? baseline + " " + Cell.small(score.baseline(), DECIMALS).text()
            : null,
        Double.isFinite(score.best()) ? number(score.best()) : null,
        new Scale(
            percent(score.value()),
            percent(low),
            percent(high - low),
            percent(score.baseline()),
            percent(score.best())));
  }

  private static String number(double value) {
    return Cell.decimal(value, DECIMALS);
  }

  private static String percent(double share) {
    return Double.isFinite(share) ? String.format(Locale.ROOT, "%.1f", 100 * share) : null;
  }
}
