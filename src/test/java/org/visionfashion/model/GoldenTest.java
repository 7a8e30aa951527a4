package org.visionfashion.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The oracle of the golden tests must see what it is there to see. */
class GoldenTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void notANumberIsSeenWhereverItIs(int at) {
    float[] numbers = {1, 2, 3};
    float[] other = numbers.clone();
    other[at] = Float.NaN;
    assertThat(Golden.difference(other, numbers)).isNaN();
    assertThat(Golden.difference(numbers, other)).isNaN();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void theLargestDifferenceCounts(int at) {
    float[] numbers = {1, 2, 3};
    float[] other = {1, 2, 3};
    other[at] -= 0.5f;
    assertThat(Golden.difference(other, numbers)).isEqualTo(0.5);
  }
}
