package org.visionfashion.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SkipLimitTest {

  @ParameterizedTest
  @CsvSource({
    "0, 1000, 0",
    "0.01, 6, 1",
    "0.01, 20, 2",
    "0.01, 99, 3",
    "0.01, 300, 3",
    "0.01, 1000, 10",
    "0.07, 100, 7",
    "0.5, 6, 3",
    "1, 6, 6"
  })
  void aFewAmongFewAreNoShareOfMany(double share, int examples, int allowed) {
    assertThat(new SkipLimit(share).of(examples)).isEqualTo(allowed);
  }
}
