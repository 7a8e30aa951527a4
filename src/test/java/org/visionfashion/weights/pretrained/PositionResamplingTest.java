package org.visionfashion.weights.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.visionfashion.model.Golden;
import org.visionfashion.weights.file.SafetensorsFile;
import org.visionfashion.weights.pretrained.PositionResampling.Grid;

class PositionResamplingTest {

  private static final Grid FOUR = new Grid(4, 4);

  @ParameterizedTest
  @CsvSource({"6, 6", "3, 3", "8, 8", "5, 7"})
  void equalsTimm(int rows, int columns) throws IOException {
    try (SafetensorsFile golden = Golden.open("position_resample.safetensors")) {
      float[] positions_LD = golden.floats("position_embeddings");
      int width = positions_LD.length / 17;
      float[] actual =
          PositionResampling.resample(positions_LD, width, FOUR, new Grid(rows, columns));
      float[] expected = golden.floats("to_" + rows + "x" + columns);
      assertThat(actual).hasSameSizeAs(expected);
      assertThat(Golden.difference(actual, expected)).isLessThanOrEqualTo(1e-5);
    }
  }

  @Test
  void theSameGridChangesNothing() throws IOException {
    try (SafetensorsFile golden = Golden.open("position_resample.safetensors")) {
      float[] positions_LD = golden.floats("position_embeddings");
      int width = positions_LD.length / 17;
      assertThat(PositionResampling.resample(positions_LD, width, FOUR, FOUR))
          .isEqualTo(positions_LD);
    }
  }

  @Test
  void refusesAnotherGridThanItsOwn() {
    assertThatThrownBy(() -> PositionResampling.resample(new float[30], 2, FOUR, FOUR))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("30 numbers are no 4 x 4 positions of width 2");
  }
}
