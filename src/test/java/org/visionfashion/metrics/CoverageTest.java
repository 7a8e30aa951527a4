package org.visionfashion.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Simulated data of which the truth is known: 95 % intervals hold it 93 to 97 times in a hundred.
 * Every simulation draws items of 1 to 6 pictures, and pictures of an item resemble each other.
 */
class CoverageTest {

  private static final int SIMULATIONS = 1000;
  private static final int ITEMS = 150;
  private static final double RIGHT = 0.62;

  private final Bootstrap bootstrap = new Bootstrap(1000, 5);

  /** One simulated split. */
  private record Sample(Items items, SplittableRandom random, double[] quality_I) {

    /** The items' own share of being right averages {@link #RIGHT}. */
    static Sample of(long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      int[] item_N =
          IntStream.range(0, ITEMS)
              .flatMap(item -> IntStream.rangeClosed(0, random.nextInt(6)).map(picture -> item))
              .toArray();
      double[] quality_I =
          IntStream.range(0, ITEMS)
              .mapToDouble(item -> RIGHT + (random.nextDouble() < 0.5 ? 0.3 : -0.3))
              .toArray();
      return new Sample(new Items(item_N, ITEMS), random, quality_I);
    }

    boolean right(int n, double more) {
      return random.nextDouble() < quality_I[items.item_N()[n]] + more;
    }

    double[] hits(double more) {
      return IntStream.range(0, items.examples())
          .mapToDouble(n -> right(n, more) ? 1 : 0)
          .toArray();
    }
  }

  @Test
  void ofARecall() {
    holds(
        RIGHT,
        sample -> {
          Statistic mean = Totals.means(sample.items(), List.of(sample.hits(0)));
          return Estimate.of(mean, bootstrap).interval(0);
        });
  }

  /** The second model is right 0.05 more often, on the same pictures. */
  @Test
  void ofADifferenceOfTwoModels() {
    holds(
        0.05,
        sample -> {
          double[] first_N = sample.hits(0);
          double[] second_N = sample.hits(0.05);
          Items items = sample.items();
          double[] first_R = bootstrap.draws(Totals.means(items, List.of(first_N)))[0];
          double[] second_R = bootstrap.draws(Totals.means(items, List.of(second_N)))[0];
          return Difference.of(mean(second_N), second_R, mean(first_N), first_R).interval();
        });
  }

  /**
   * Labels 0, 1, 2 in the ratio 5 : 3 : 2; a wrong answer is the next class. Of a picture, with p =
   * {@link #RIGHT}: class 0 is right 0.5 p, labelled 0.5, predicted 0.5 p + 0.2 (1 - p), and so on.
   */
  @Test
  void ofAMacroF1() {
    double p = RIGHT;
    double[] share = {0.5, 0.3, 0.2};
    double truth = 0;
    for (int c = 0; c < 3; c++) {
      double predicted = share[c] * p + share[(c + 2) % 3] * (1 - p);
      truth += 2 * share[c] * p / (share[c] + predicted) / 3;
    }
    holds(
        truth,
        sample -> {
          int count = sample.items().examples();
          int[] label_N = new int[count];
          float[][] logit_NC = new float[count][3];
          for (int n = 0; n < count; n++) {
            double draw = sample.random().nextDouble();
            label_N[n] = draw < 0.5 ? 0 : draw < 0.8 ? 1 : 2;
            int answer = sample.right(n, 0) ? label_N[n] : (label_N[n] + 1) % 3;
            logit_NC[n][answer] = 1;
          }
          Statistic scores = CategoryScores.of(logit_NC, label_N, sample.items());
          return centred(
              CategoryOracle.of(logit_NC, label_N).macroF1(), scores, CategoryScores.MACRO_F1);
        });
  }

  /**
   * Two attributes, true of 4 in 10; a score of 0, 1 or 2, of which a true one has 2 with
   * probability p and 0 with (1 - p) / 2, a false one the other way round.
   */
  @Test
  void ofAMeanAveragePrecision() {
    double p = RIGHT;
    double rest = (1 - p) / 2;
    double first = 0.4 * p / (0.4 * p + 0.6 * rest);
    double second = 0.4 * (p + rest) / (0.4 * (p + rest) + 0.6 * 2 * rest);
    double truth = p * first + rest * second + rest * 0.4;
    holds(
        truth,
        sample -> {
          int count = sample.items().examples();
          byte[][] label_NA = new byte[count][2];
          float[][] score_NA = new float[count][2];
          for (int n = 0; n < count; n++) {
            for (int a = 0; a < 2; a++) {
              label_NA[n][a] = (byte) (sample.random().nextDouble() < 0.4 ? 1 : 0);
              int usual = label_NA[n][a] == 1 ? 2 : 0;
              int other = sample.random().nextBoolean() ? 1 : 2 - usual;
              score_NA[n][a] = sample.right(n, 0) ? usual : other;
            }
          }
          Statistic precisions = AveragePrecision.of(score_NA, label_NA, sample.items());
          return centred(PrecisionOracle.macro(score_NA, label_NA), precisions, 2);
        });
  }

  /**
   * Twenty attributes, the rarest true of 1 in 20, with continuous scores: on so few examples mean
   * average precision comes out too high, and higher still when examples repeat. The interval is
   * that of the sets' own mean; without centring it would miss it more often.
   */
  @Test
  void ofAMeanOverRareAttributes() {
    int simulations = 300;
    Bootstrap few = new Bootstrap(400, 5);
    double[] value_S = new double[simulations];
    double[][] draw_SR = new double[simulations][];
    for (int s = 0; s < simulations; s++) {
      Random random = new Random(s);
      Items items = Sample.of(s).items();
      float[][] score_NA = new float[items.examples()][20];
      byte[][] label_NA = new byte[items.examples()][20];
      double[][] usual_IA = new double[ITEMS][20];
      for (double[] usual_A : usual_IA) {
        Arrays.setAll(usual_A, a -> random.nextDouble() < 0.05 + a / 80.0 ? 1 : 0);
      }
      for (int n = 0; n < label_NA.length; n++) {
        for (int a = 0; a < 20; a++) {
          label_NA[n][a] = (byte) usual_IA[items.item_N()[n]][a];
          score_NA[n][a] = (float) (label_NA[n][a] + random.nextGaussian());
        }
      }
      AveragePrecision precisions = AveragePrecision.of(score_NA, label_NA, items);
      value_S[s] = PrecisionOracle.macro(score_NA, label_NA);
      draw_SR[s] = few.draws(precisions)[20];
    }
    double truth = mean(value_S);
    int centred = 0;
    int plain = 0;
    for (int s = 0; s < simulations; s++) {
      centred += holds(Interval.of(Bootstrap.centred(value_S[s], draw_SR[s])), truth) ? 1 : 0;
      plain += holds(Interval.of(draw_SR[s]), truth) ? 1 : 0;
    }
    assertThat(centred / (double) simulations).isBetween(0.93, 0.97);
    assertThat(plain).isLessThan(centred);
  }

  private Interval centred(double value, Statistic statistic, int score) {
    double[] draw_R = bootstrap.draws(statistic)[score];
    return Interval.of(Bootstrap.centred(value, draw_R));
  }

  private static void holds(double truth, Function<Sample, Interval> interval) {
    int held = 0;
    for (int simulation = 0; simulation < SIMULATIONS; simulation++) {
      held += holds(interval.apply(Sample.of(simulation)), truth) ? 1 : 0;
    }
    assertThat(held / (double) SIMULATIONS).isBetween(0.93, 0.97);
  }

  private static boolean holds(Interval interval, double truth) {
    return interval.low() <= truth && truth <= interval.high();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }
}
