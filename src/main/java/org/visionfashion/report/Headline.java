package org.visionfashion.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.visionfashion.eval.Evaluation;
import org.visionfashion.eval.Score;
import org.visionfashion.eval.ScoreKey;
import org.visionfashion.metrics.Interval;
import org.visionfashion.report.table.Cell;

/** The scores that matter, each with its meaning and what it must be read against. */
final class Headline {

  private static final int DECIMALS = 3;

  /** What a share says: its per cent, then among how many, or on how many it was measured. */
  private static final Map<ScoreKey, String> MEANING =
      Map.of(
          ScoreKey.IMAGE_TO_TEXT,
          "For %s %% of the pictures, a right text is among the first ten of %,d.",
          ScoreKey.TEXT_TO_IMAGE,
          "For %s %% of the texts, the right picture is among the first ten of %,d.",
          ScoreKey.CATEGORY,
          "%s %% of %,d pictures get the right category.",
          ScoreKey.TEXTURES,
          "On average, %s %% of a picture's textures are among its five highest-scored ones.",
          ScoreKey.ATTRIBUTES,
          "On average, %s %% of a picture's attributes are among its five highest-scored ones.");

  private Headline() {}

  /**
   * One number.
   *
   * @param label what it is
   * @param value the score
   * @param meaning the same as a sentence
   * @param interval 95 % confidence; null = none
   * @param baseline chance or a constant predictor; null = unknown
   * @param best what is attainable; null = unknown
   * @param scale the same on a line from 0 to 1
   */
  record Card(
      String label,
      String value,
      String meaning,
      String interval,
      String baseline,
      String best,
      Scale scale) {}

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
            card(evaluation, ScoreKey.IMAGE_TO_TEXT),
            card(evaluation, ScoreKey.TEXT_TO_IMAGE),
            card(evaluation, ScoreKey.CATEGORY),
            card(evaluation, ScoreKey.TEXTURES).or(() -> card(evaluation, ScoreKey.ATTRIBUTES)))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Card> card(Evaluation evaluation, ScoreKey key) {
    return evaluation
        .score(key.key())
        .filter(score -> Double.isFinite(score.value()))
        .map(score -> card(key, score, among(evaluation, key).orElse(score)));
  }

  /** What retrieval searches are the queries of the other direction. */
  private static Optional<Score> among(Evaluation evaluation, ScoreKey key) {
    return switch (key.group()) {
      case IMAGE_TO_TEXT -> evaluation.score(ScoreKey.TEXT_TO_IMAGE);
      case TEXT_TO_IMAGE -> evaluation.score(ScoreKey.IMAGE_TO_TEXT);
      default -> Optional.empty();
    };
  }

  private static Card card(ScoreKey key, Score score, Score counted) {
    Interval interval = score.interval();
    double low = interval == null ? score.value() : interval.low();
    double high = interval == null ? score.value() : interval.high();
    return new Card(
        key.title(),
        number(score.value()),
        String.format(Locale.ROOT, MEANING.get(key), rounded(score.value()), counted.count()),
        interval == null ? null : number(low) + " to " + number(high),
        Double.isFinite(score.baseline())
            ? key.group().baseline() + " " + Cell.small(score.baseline(), DECIMALS).text()
            : null,
        Double.isFinite(score.best()) ? number(score.best()) : null,
        new Scale(
            percent(score.value()),
            percent(low),
            percent(high - low),
            percent(score.baseline()),
            percent(score.best())));
  }

  /** Per cent, with a decimal where neither none nor all would be true. */
  private static String rounded(double share) {
    boolean extreme = (share > 0 && share < 0.01) || (share > 0.99 && share < 1);
    return Cell.decimal(100 * share, extreme ? 1 : 0);
  }

  private static String number(double value) {
    return Cell.decimal(value, DECIMALS);
  }

  private static String percent(double share) {
    return Double.isFinite(share) ? String.format(Locale.ROOT, "%.1f", 100 * share) : null;
  }
}
