package org.visionfashion.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.eval.ReferenceCheck.Difference;
import org.visionfashion.model.Golden;
import org.visionfashion.weights.ModelFolder;
import org.visionfashion.weights.SafetensorsFile;
import org.visionfashion.weights.WeightsException;

class ReferenceCheckTest {

  @TempDir Path temporary;

  @Test
  void theReferenceImplementationIsReproduced() throws IOException {
    ModelFolder folder = ModelFolder.open(Golden.path(""));
    try (SafetensorsFile reference = Golden.open("forward.safetensors")) {
      assertThat(ReferenceCheck.run(folder, reference, Device.cpu()))
          .extracting(Difference::output)
          .containsExactlyInAnyOrder(
              "image_embeds",
              "text_embeds",
              "text_embeds_pooler",
              "vision.pooled",
              "text.pooled_cls",
              "category_logits",
              "attribute_logits");
      assertThat(ReferenceCheck.run(folder, reference, Device.cpu()))
          .allSatisfy(each -> assertThat(each.largest()).isLessThanOrEqualTo(1e-4));
    }
  }

  @Test
  void aModelOfOtherWeightsDiffers() throws IOException {
    ModelFolder folder = ModelFolder.open(Golden.path(""));
    Path other = temporary.resolve("other.safetensors");
    try (NDManager scope = NDManager.newBaseManager(Device.cpu(), "PyTorch");
        SafetensorsFile reference = Golden.open("forward.safetensors")) {
      NDArray pixels = Golden.array(scope, reference, "pixel_values");
      NDArray pooled = Golden.array(scope, reference, "vision.pooled").add(0.5f);
      ModelFolder.writeTensors(
          other, Map.of("pixel_values", pixels, "vision.pooled", pooled), Map.of());
    }
    try (SafetensorsFile file = SafetensorsFile.open(other)) {
      Difference difference = ReferenceCheck.run(folder, file, Device.cpu()).get(0);
      assertThat(difference.largest()).isBetween(0.499, 0.501);
    }
  }

  @Test
  void aFileWithoutOutputsIsNoReference() throws IOException {
    ModelFolder folder = ModelFolder.open(Golden.path(""));
    try (SafetensorsFile file = Golden.open("model.safetensors")) {
      assertThatThrownBy(() -> ReferenceCheck.run(folder, file, Device.cpu()))
          .isInstanceOf(WeightsException.class)
          .hasMessageStartingWith("the reference has none of image_embeds, text_embeds");
    }
  }
}
