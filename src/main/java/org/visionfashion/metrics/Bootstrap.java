package org.visionfashion.metrics;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Scores under resampling of whole items: pictures of one product are no independent evidence
 * (Efron and Tibshirani, An Introduction to the Bootstrap, chapters 8 and 13).
 *
 * <p>The draws follow from the seed and the number of items alone. So two models judged on the same
 * examples meet the same draws, and the difference of their values, draw by draw, is the paired
 * bootstrap of their difference; see {@link Difference}.
 *
 * @param resamples how often the items are drawn; 0 = no intervals
 * @param seed of the draws
 */
public record Bootstrap(int resamples, long seed) {

  /**
   * The values of scores in every draw, computed on all cores.
   *
   * @return a row of {@code resamples} values for each of the K scores; empty rows where there are
   *     fewer than two items, whose spread nobody can know
   */
  public double[][] draws(Statistic statistic) {
    int items = statistic.items();
    int scores = statistic.value().length;
    int draws = items < 2 ? 0 : resamples;
    double[][] draw_KR = new double[scores][draws];
    SplittableRandom[] random_R =
        Stream.generate(new SplittableRandom(seed)::split)
            .limit(draws)
            .toArray(SplittableRandom[]::new);
    IntStream.range(0, draws)
        .parallel()
        .forEach(
            r -> {
              double[] value_K = statistic.of(weights(items, random_R[r]));
              for (int k = 0; k < scores; k++) {
                draw_KR[k][r] = value_K[k];
              }
            });
    return draw_KR;
  }

  /**
   * Draws without the bias that resampling adds: shifted so that their mean is the score. Means
   * over classes or attributes need it, because rare ones fall out of a draw or repeat in it, which
   * moves average precision in particular (Efron and Tibshirani, chapter 10). The interval is then
   * that of what sets of this size give on average.
   *
   * @param value the score itself
   */
  public static double[] centred(double value, double[] draw_R) {
    double mean = Arrays.stream(draw_R).filter(Double::isFinite).average().orElse(Double.NaN);
    return Arrays.stream(draw_R).map(draw -> draw - mean + value).toArray();
  }

  /** How often each item is drawn in as many draws as there are items. */
  private static int[] weights(int items, SplittableRandom random) {
    int[] weight_I = new int[items];
    for (int draw = 0; draw < items; draw++) {
      weight_I[random.nextInt(items)]++;
    }
    return weight_I;
  }
}
