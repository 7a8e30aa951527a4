package org.visionfashion.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.visionfashion.base.UserError;
import org.visionfashion.engine.Machine;
import org.visionfashion.engine.TestDevice;
import org.visionfashion.eval.ReferenceCheck.Difference;
import org.visionfashion.model.Golden;
import org.visionfashion.weights.checkpoint.ModelFolder;
import org.visionfashion.weights.convert.Conversion;
import org.visionfashion.weights.convert.Format;
import org.visionfashion.weights.file.SafetensorsFile;
import org.visionfashion.weights.pretrained.PublishedClip;
import org.visionfashion.weights.pretrained.PublishedModel;

class ReferenceCheckTest {

  @TempDir Path temporary;

  @Test
  void theReferenceImplementationIsReproduced() throws IOException {
    ModelFolder folder = ModelFolder.open(Golden.path(""));
    try (SafetensorsFile reference = Golden.open("forward.safetensors")) {
      assertThat(ReferenceCheck.run(folder, reference, TestDevice.get()))
          .extracting(Difference::output)
          .containsExactlyInAnyOrder(
              "image_embeds",
              "text_embeds",
              "text_embeds_pooler",
              "vision.pooled",
              "text.pooled_cls",
              "category_logits",
              "attribute_logits");
      assertThat(ReferenceCheck.run(folder, reference, TestDevice.get()))
          .allSatisfy(each -> assertThat(each.largest()).isLessThanOrEqualTo(1e-4));
    }
  }

  @Test
  void aModelOfOtherWeightsDiffers() throws IOException {
    ModelFolder folder = ModelFolder.open(Golden.path(""));
    Path other = temporary.resolve("other.safetensors");
    try (NDManager scope = Machine.newManager(TestDevice.get());
        SafetensorsFile reference = Golden.open("forward.safetensors")) {
      NDArray pixels = Golden.array(scope, reference, "pixel_values");
      NDArray pooled = Golden.array(scope, reference, "vision.pooled").add(0.5f);
      ModelFolder.writeTensors(
          other, Map.of("pixel_values", pixels, "vision.pooled", pooled), Map.of());
    }
    try (SafetensorsFile file = SafetensorsFile.open(other)) {
      Difference difference = ReferenceCheck.run(folder, file, TestDevice.get()).get(0);
      assertThat(difference.largest()).isBetween(0.499, 0.501);
    }
  }

  /** One NaN of a reference is enough, wherever it is. */
  @ParameterizedTest
  @ValueSource(ints = {0, 20, 47})
  void notANumberIsADifference(int at) throws IOException {
    ModelFolder folder = ModelFolder.open(Golden.path(""));
    Path other = temporary.resolve("nan.safetensors");
    try (NDManager scope = Machine.newManager(TestDevice.get());
        SafetensorsFile reference = Golden.open("forward.safetensors")) {
      float[] pooled = reference.floats("vision.pooled");
      pooled[at == 47 ? pooled.length - 1 : at] = Float.NaN;
      ModelFolder.writeTensors(
          other,
          Map.of(
              "pixel_values",
              Golden.array(scope, reference, "pixel_values"),
              "vision.pooled",
              scope.create(pooled, new Shape(reference.info("vision.pooled").shape()))),
          Map.of());
    }
    try (SafetensorsFile file = SafetensorsFile.open(other)) {
      assertThat(ReferenceCheck.run(folder, file, TestDevice.get()).get(0).largest()).isNaN();
    }
  }

  @Test
  void theImageTowersPooler() throws IOException {
    Path whole = temporary.resolve("whole");
    Conversion.run(Golden.path("state_dict.pth"), whole, Format.FOLDER, false);
    Path other = temporary.resolve("pooled.safetensors");
    try (NDManager scope = Machine.newManager(TestDevice.get());
        SafetensorsFile reference = Golden.open("forward.safetensors");
        SafetensorsFile pooler = Golden.open("image_pooler.safetensors")) {
      String output = "image_embeds_pooler";
      ModelFolder.writeTensors(
          other,
          Map.of(
              "pixel_values",
              Golden.array(scope, reference, "pixel_values"),
              output,
              Golden.array(scope, pooler, output)),
          Map.of());
    }
    try (SafetensorsFile file = SafetensorsFile.open(other)) {
      List<Difference> found = ReferenceCheck.run(ModelFolder.open(whole), file, TestDevice.get());
      assertThat(found).hasSize(1);
      assertThat(found.get(0).largest()).isLessThanOrEqualTo(1e-4);
    }
  }

  /** Bytes of a safetensors file: the outputs are zeros, and so are the inputs but for one. */
  private SafetensorsFile reference(String pixels, String ids, String mask, int first)
      throws IOException {
    StringBuilder header = new StringBuilder();
    int end = 0;
    for (String[] tensor :
        new String[][] {
          {"vision.pooled", "F32", "[1,48]"},
          {"text.pooled_cls", "F32", "[1,40]"},
          {"input_ids", "I64", ids},
          {"attention_mask", "I64", mask},
          {"pixel_values", "F32", pixels}
        }) {
      int begin = end;
      end += (tensor[1].equals("I64") ? Long.BYTES : Float.BYTES) * count(tensor[2]);
      header
          .append(begin == 0 ? "" : ",")
          .append(entry(tensor[0], tensor[1], tensor[2], begin, end));
    }
    byte[] json = ("{" + header + "}").getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + end).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(json.length).put(json).putLong(bytes.position() + 352, first);
    return SafetensorsFile.open(
        Files.write(temporary.resolve("reference.safetensors"), bytes.array()));
  }

  private static String entry(String name, String type, String shape, long begin, long end) {
    return "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
        .formatted(name, type, shape, begin, end);
  }

  private static int count(String shape) {
    return Arrays.stream(shape.replaceAll("[\\[\\]]", "").split(",", -1))
        .mapToInt(Integer::parseInt)
        .reduce(1, Math::multiplyExact);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1,3,32,24] | [1,3] | [1,3] | 7 | pixel_values is [1, 3, 32, 24] in the reference, the"
            + " model expects [B, 3, 32, 32]",
        "[3,32,32]   | [1,3] | [1,3] | 7 | pixel_values is [3, 32, 32] in",
        "[0,3,32,32] | [1,3] | [1,3] | 7 | pixel_values is [0, 3, 32, 32] in",
        "[1,3,32,32] | [3]   | [3]   | 7 | input_ids is [3] in the reference, the model expects [B,"
            + " L] with L up to 64",
        "[1,3,32,32] | [1,65] | [1,65] | 7 | input_ids is [1, 65] in",
        "[1,3,32,32] | [0,3] | [0,3] | 7 | input_ids is [0, 3] in",
        "[1,3,32,32] | [1,3] | [1,4] | 7 | attention_mask is [1, 4] in the reference, input_ids is"
            + " [1, 3]",
        "[1,3,32,32] | [1,3] | [1,3] | 199 | input_ids holds 199 in the reference, the model"
            + " expects 0 to 198",
        "[1,3,32,32] | [1,3] | [1,3] | -1 | input_ids holds -1 in",
      })
  void inputsThatTheModelCannotTake(
      String pixels, String ids, String mask, int first, String message) throws IOException {
    ModelFolder folder = ModelFolder.open(Golden.path(""));
    try (SafetensorsFile file = reference(pixels, ids, mask, first)) {
      assertThatThrownBy(() -> ReferenceCheck.run(folder, file, TestDevice.get()))
          .isInstanceOf(UserError.class)
          .hasMessageContaining(message);
    }
  }

  @Test
  void theInputsAboveAreFineWhereNothingIsWrong() throws IOException {
    ModelFolder folder = ModelFolder.open(Golden.path(""));
    try (SafetensorsFile file = reference("[1,3,32,32]", "[1,3]", "[1,3]", 7)) {
      assertThat(ReferenceCheck.run(folder, file, TestDevice.get())).hasSize(2);
    }
  }

  @Test
  void aFileWithoutOutputsIsNoReference() throws IOException {
    ModelFolder folder = ModelFolder.open(Golden.path(""));
    try (SafetensorsFile file = Golden.open("model.safetensors")) {
      assertThatThrownBy(() -> ReferenceCheck.run(folder, file, TestDevice.get()))
          .isInstanceOf(UserError.class)
          .hasMessageStartingWith("the reference has none of image_embeds, text_embeds");
    }
  }

  /** What the reference implementation wrote for a SigLIP is just such a file. */
  @Test
  void aPublishedModelNeedsNoMaskThatItDoesNotRead() throws IOException {
    Files.copy(
        PublishedClip.golden("siglip.hf.safetensors"), temporary.resolve("model.safetensors"));
    Files.copy(PublishedClip.golden("siglip.config.json"), temporary.resolve("config.json"));
    try (PublishedModel model = PublishedModel.described(temporary);
        SafetensorsFile file =
            SafetensorsFile.open(PublishedClip.golden("siglip.outputs.safetensors"))) {
      assertThat(ReferenceCheck.run(model, file, TestDevice.get()))
          .hasSize(3)
          .allMatch(output -> output.largest() <= 2e-5);
    }
  }
}
