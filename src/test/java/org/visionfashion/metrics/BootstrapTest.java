package org.visionfashion.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BootstrapTest {

  private final Bootstrap bootstrap = new Bootstrap(2000, 1);

  private static List<Interval> intervals(
      Bootstrap bootstrap, List<double[]> values_KN, List<String> item_N) {
    double[][] draw_KR = bootstrap.draws(Totals.means(Items.of(item_N), values_KN));
    return Arrays.stream(draw_KR).map(Interval::of).toList();
  }

  @Test
  void theSameSeedGivesTheSameInterval() {
    List<double[]> values = List.of(new double[] {.1, .2, .4, .8, .16, .32});
    List<String> items = List.of("a", "a", "b", "c", "d", "e");
    assertThat(intervals(bootstrap, values, items)).isEqualTo(intervals(bootstrap, values, items));
    assertThat(intervals(bootstrap, values, items))
        .isNotEqualTo(intervals(new Bootstrap(2000, 2), values, items));
  }

  @Test
  void aConstantHasNoSpread() {
    assertThat(intervals(bootstrap, List.of(new double[] {1, 1, 1}), List.of("a", "b", "b")))
        .containsExactly(new Interval(1, 1));
  }

  /** Pencil: a mean of 400 independent halves has standard deviation 0.025. */
  @Test
  void independentItemsGiveTheNormalInterval() {
    double[] value_N = IntStream.range(0, 400).mapToDouble(n -> n % 2).toArray();
    List<String> item_N = IntStream.range(0, 400).mapToObj(Integer::toString).toList();
    Interval interval = intervals(bootstrap, List.of(value_N), item_N).get(0);
    assertThat(interval.low()).isCloseTo(0.5 - 1.96 * 0.025, within(0.006));
    assertThat(interval.high()).isCloseTo(0.5 + 1.96 * 0.025, within(0.006));
  }

  /** Four equal pictures an item are one witness, not four: the interval is twice as wide. */
  @Test
  void picturesOfAnItemStandTogether() {
    double[] value_N = IntStream.range(0, 400).mapToDouble(n -> n / 4 % 2).toArray();
    List<String> grouped = IntStream.range(0, 400).mapToObj(n -> "item " + n / 4).toList();
    Interval interval = intervals(bootstrap, List.of(value_N), grouped).get(0);
    assertThat(interval.high() - interval.low()).isCloseTo(2 * 1.96 * 0.05, within(0.02));
  }

  @Test
  void equalsDrawingTheExamplesThemselves() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    double[] value_N = random.doubles(40).toArray();
    List<String> item_N = random.ints(40, 0, 12).mapToObj(Integer::toString).toList();
    List<String> items = item_N.stream().distinct().toList();
    double[] means = new double[4000];
    for (int r = 0; r < means.length; r++) {
      List<Double> drawn = new ArrayList<>();
      for (int i = 0; i < items.size(); i++) {
        String item = items.get(random.nextInt(items.size()));
        IntStream.range(0, 40)
            .filter(n -> item_N.get(n).equals(item))
            .forEach(n -> drawn.add(value_N[n]));
      }
      means[r] = drawn.stream().mapToDouble(v -> v).average().orElseThrow();
    }
    Arrays.sort(means);
    Interval interval = intervals(bootstrap, List.of(value_N), item_N).get(0);
    assertThat(interval.low()).as("seed %d", seed).isCloseTo(means[100], within(0.03));
    assertThat(interval.high()).as("seed %d", seed).isCloseTo(means[3899], within(0.03));
  }

  /** Draws follow from the seed and the number of items, whatever is computed from them. */
  @Test
  void twoScoresOfTheSameItemsMeetTheSameDraws() {
    Items items = Items.of(List.of("a", "b", "b", "c", "d"));
    double[] value_N = {1, 0, 1, 1, 0};
    double[] twice_N = {2, 0, 2, 2, 0};
    double[] first_R = bootstrap.draws(Totals.means(items, List.of(value_N)))[0];
    double[] second_R = bootstrap.draws(Totals.means(items, List.of(twice_N, value_N)))[0];
    assertThat(second_R)
        .isEqualTo(Arrays.stream(first_R).map(value -> 2 * value).toArray())
        .hasSize(2000);
    assertThat(Difference.of(1.2, second_R, 0.6, second_R))
        .isEqualTo(new Difference(0.6, new Interval(0, 0)));
  }

  /** A draw without an example of a class says nothing of that class. */
  @Test
  void drawsThatLeaveNothingDoNotCount() {
    assertThat(Interval.of(new double[] {Double.NaN, 0.5, 0.5})).isEqualTo(new Interval(0.5, 0.5));
    assertThat(Interval.of(new double[] {Double.NaN})).isNull();
    assertThat(Interval.of(new double[] {3, 1, 2})).isEqualTo(new Interval(1.05, 2.95));
  }

  @Test
  void centredDrawsAverageToTheScore() {
    assertThat(Bootstrap.centred(0.5, new double[] {0.6, 0.8, Double.NaN}))
        .containsExactly(new double[] {0.4, 0.6, Double.NaN}, within(1e-12));
    assertThat(Bootstrap.centred(0.5, new double[0])).isEmpty();
  }

  @Test
  void drawsOfAnotherNumberDoNotPair() {
    assertThatThrownBy(() -> Difference.of(1, new double[2], 0, new double[3]))
        .hasMessage("2 draws do not pair with 3");
  }

  @Test
  void oneItemSaysNothingOfItsSpread() {
    List<double[]> values = List.of(new double[] {0, 1});
    assertThat(intervals(bootstrap, values, List.of("a", "a"))).containsExactly((Interval) null);
    assertThat(intervals(new Bootstrap(0, 1), values, List.of("a", "b")))
        .containsExactly((Interval) null);
  }
}
