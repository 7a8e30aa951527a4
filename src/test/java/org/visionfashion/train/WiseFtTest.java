package org.visionfashion.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.visionfashion.engine.Machine;
import org.visionfashion.engine.NativeArrays;
import org.visionfashion.engine.Operations;
import org.visionfashion.engine.TestDevice;

class WiseFtTest {

  @TempDir private Path folder;

  /** The start is (1, -2), the best epoch (3, 0); the score is best at a place between. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3, 1})
  void findsTheBestPlaceAndKeepsTheCurve(double best) throws IOException {
    try (NDManager manager = Machine.newManager(TestDevice.get());
        Operations operations = new Operations(TestDevice.get())) {
      NDArray weight = NativeArrays.create(manager, new float[] {1, -2}, new Shape(2));
      WiseFt average = new WiseFt(operations, Map.of("w", weight));
      operations.assign(weight, new float[] {3, 0});
      Supplier<Optional<Validation>> validation =
          () -> {
            double place = (weight.toFloatArray()[0] - 1) / 2;
            return TinyRun.validation(1, -Math.abs(place - best));
          };
      assertThat(average.choose(validation, folder)).isEqualTo(best);
      assertThat(weight.toFloatArray())
          .containsExactly((float) (1 + 2 * best), (float) (-2 + 2 * best));
    }
    JsonNode json = new JsonMapper().readTree(folder.resolve("wise_ft.json").toFile());
    assertThat(json.get("chosen").asDouble()).isEqualTo(best);
    assertThat(json.get("curve")).hasSize(11);
    assertThat(json.at("/curve/3/coefficient").asDouble()).isEqualTo(0.3);
  }
}
