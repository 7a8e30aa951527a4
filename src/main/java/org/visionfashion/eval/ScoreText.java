package org.visionfashion.eval;

import java.util.Locale;

/**
 * A score as table and page show it; {@code -} where a number is unknown.
 *
 * @param name as in the JSON file
 * @param value the score
 * @param interval both ends
 * @param baseline chance or the constant predictor
 * @param best the best attainable
 * @param count number of examples
 */
record ScoreText(
    String name, String value, String interval, String baseline, String best, String count) {

  private static final String UNKNOWN = "-";

  static ScoreText of(Score score) {
    return new ScoreText(
        score.name(),
        number(score, score.value()),
        score.interval() == null
            ? UNKNOWN
            : number(score, score.interval().low())
                + " .. "
                + number(score, score.interval().high()),
        number(score, score.baseline()),
        number(score, score.best()),
        count(score.count()));
  }

  static String count(int count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private static String number(Score score, double value) {
    return Double.isNaN(value)
        ? UNKNOWN
        : String.format(Locale.ROOT, "%." + score.decimals() + "f", value);
  }
}
