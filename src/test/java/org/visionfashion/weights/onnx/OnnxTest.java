package org.visionfashion.weights.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.visionfashion.base.UserError;
import org.visionfashion.config.ModelConfig.Pooling;
import org.visionfashion.engine.TestDevice;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.model.Golden;
import org.visionfashion.model.Tokens;
import org.visionfashion.weights.checkpoint.ModelDescription;
import org.visionfashion.weights.checkpoint.ModelFolder;
import org.visionfashion.weights.convert.Conversion;
import org.visionfashion.weights.convert.Format;
import org.visionfashion.weights.file.SafetensorsFile;
import org.visionfashion.weights.file.SafetensorsWriter.Tensor;
import org.visionfashion.weights.pretrained.PublishedClip;

/** Exported towers, run by ONNX Runtime, against the references and against the model itself. */
class OnnxTest {

  private static final double TOLERANCE = 1e-4;

  @TempDir private Path folder;

  private Path export(Path from, boolean half) throws IOException {
    Path to = folder.resolve("onnx" + half);
    Conversion.run(from, to, Format.ONNX, half);
    return to;
  }

  private static OnnxTensor tensor(Object values, long... shape) throws OrtException {
    OrtEnvironment ort = OrtEnvironment.getEnvironment();
    return values instanceof float[] floats
        ? OnnxTensor.createTensor(ort, FloatBuffer.wrap(floats), shape)
        : OnnxTensor.createTensor(ort, LongBuffer.wrap((long[]) values), shape);
  }

  /** All outputs of a file for inputs, flat. */
  private static Map<String, float[]> run(Path file, Map<String, OnnxTensor> inputs)
      throws OrtException {
    Map<String, float[]> outputs = new HashMap<>();
    try (OrtSession session =
            OrtEnvironment.getEnvironment()
                .createSession(file.toString(), new OrtSession.SessionOptions());
        OrtSession.Result result = session.run(inputs)) {
      result.forEach(
          entry -> {
            FloatBuffer values = ((OnnxTensor) entry.getValue()).getFloatBuffer();
            float[] flat = new float[values.remaining()];
            values.get(flat);
            outputs.put(entry.getKey(), flat);
          });
    }
    return outputs;
  }

  private static Map<String, float[]> images(Path onnx, NDArray pixels) throws OrtException {
    return run(
        onnx.resolve(OnnxFolder.VISION),
        Map.of("pixel_values", tensor(pixels.toFloatArray(), pixels.getShape().getShape())));
  }

  private static float[] texts(Path onnx, NDArray ids, Optional<NDArray> mask) throws OrtException {
    Map<String, OnnxTensor> inputs = new HashMap<>();
    inputs.put("input_ids", tensor(ids.toLongArray(), ids.getShape().getShape()));
    if (mask.isPresent()) {
      inputs.put(
          "attention_mask", tensor(mask.get().toLongArray(), mask.get().getShape().getShape()));
    }
    return run(onnx.resolve(OnnxFolder.TEXT), inputs).get("text_embeds");
  }

  private Path published(String name) throws IOException {
    Path model = Files.createDirectories(folder.resolve("model"));
    Files.copy(PublishedClip.golden(name + ".hf.safetensors"), model.resolve("model.safetensors"));
    Files.copy(PublishedClip.golden(name + ".config.json"), model.resolve("config.json"));
    return model;
  }

  /**
   * Both families against the reference, whose batches are six; then one alone, and fewer tokens.
   */
  @ParameterizedTest
  @CsvSource({
    "clip_full, input_ids.pad_zero, false, 1e-4",
    "clip_full, input_ids.pad_eot, false, 1e-4",
    "siglip, input_ids, false, 1e-4",
    "clip_full, input_ids.pad_zero, true, 5e-3",
    "siglip, input_ids, true, 5e-3"
  })
  void publishedModels(String name, String ids, boolean half, double tolerance)
      throws IOException, OrtException {
    Path onnx = export(published(name), half);
    try (SafetensorsFile expected =
            SafetensorsFile.open(PublishedClip.golden(name + ".outputs.safetensors"));
        NDManager scope = NDManager.newBaseManager(TestDevice.get())) {
      NDArray pixels = Golden.array(scope, expected, "pixel_values");
      NDArray ids_BL = Golden.array(scope, expected, ids);
      float[] images = Golden.floats(expected, "image_embeds");
      float[] texts = Golden.floats(expected, "text_embeds");
      assertThat(Golden.difference(images(onnx, pixels).get("image_embeds"), images))
          .isLessThanOrEqualTo(tolerance);
      assertThat(Golden.difference(texts(onnx, ids_BL, Optional.empty()), texts))
          .isLessThanOrEqualTo(tolerance);
      int width = images.length / (int) pixels.size(0);
      assertThat(
              Golden.difference(
                  images(onnx, pixels.get("1:2")).get("image_embeds"),
                  Arrays.copyOfRange(images, width, 2 * width)))
          .isLessThanOrEqualTo(tolerance);
      if (ids.endsWith("pad_zero")) { // the first text has three tokens
        assertThat(
                Golden.difference(
                    texts(onnx, ids_BL.get("0:1, 0:3"), Optional.empty()),
                    Arrays.copyOf(texts, width)))
            .isLessThanOrEqualTo(tolerance);
      }
    }
  }

  /** The project's own form, a ViT and a BERT, with every pooling, and its heads. */
  @ParameterizedTest
  @CsvSource({"CLS, CLS", "MEAN, MEAN", "POOLER, CLS"})
  void ownModels(Pooling image, Pooling text) throws IOException, OrtException {
    Path from = folder.resolve("own");
    if (image == Pooling.POOLER) {
      Conversion.run(Golden.path("state_dict.pth"), from, Format.FOLDER, false);
    } else {
      ModelDescription described = ModelFolder.open(Golden.path("")).description();
      try (DualEncoder model = Golden.model(image, text)) {
        ModelFolder.write(
            from,
            new ModelDescription(
                model.architecture(),
                described.mean(),
                described.std(),
                described.resampling(),
                described.maxTokens(),
                described.labels(),
                Map.of()),
            model.parameters(),
            "{}",
            "");
      }
    }
    Path onnx = export(from, false);
    try (DualEncoder model = ModelFolder.open(from).load(TestDevice.get());
        NDManager scope = model.newScope();
        SafetensorsFile golden = Golden.open("forward.safetensors")) {
      NDArray pixels = Golden.array(scope, golden, "pixel_values");
      NDArray ids = Golden.array(scope, golden, "input_ids");
      NDArray mask = Golden.array(scope, golden, "attention_mask");
      NDArray features = model.imageFeatures(pixels, false);
      Map<String, float[]> images = images(onnx, pixels);
      close(images.get("image_embeds"), model.imageEmbeddings(features));
      close(images.get("category_logits"), model.categoryLogits(features));
      close(images.get("attribute_logits"), model.attributeLogits(features));
      NDArray embedded = model.textEmbeddings(new Tokens(ids, ids.zerosLike(), mask), false);
      close(texts(onnx, ids, Optional.of(mask)), embedded);
    }
  }

  private static void close(float[] actual, NDArray expected) {
    assertThat(Golden.difference(actual, expected.toFloatArray())).isLessThanOrEqualTo(TOLERANCE);
  }

  /** Products of 8-bit integers turn no embedding far, and make the file smaller. */
  @ParameterizedTest
  @CsvSource({"clip_full, input_ids.pad_zero", "siglip, input_ids"})
  void products8BitsWide(String name, String ids) throws IOException, OrtException {
    Path model = published(name);
    Path onnx = folder.resolve("int8");
    Conversion.run(model, onnx, Format.ONNX_INT8, false);
    try (SafetensorsFile expected =
            SafetensorsFile.open(PublishedClip.golden(name + ".outputs.safetensors"));
        NDManager scope = NDManager.newBaseManager(TestDevice.get())) {
      NDArray pixels = Golden.array(scope, expected, "pixel_values");
      NDArray ids_BL = Golden.array(scope, expected, ids);
      int rows = (int) pixels.size(0);
      assertThat(
              leastCosine(
                  images(onnx, pixels).get("image_embeds"),
                  Golden.floats(expected, "image_embeds"),
                  rows))
          .isGreaterThan(.99);
      assertThat(
              leastCosine(
                  texts(onnx, ids_BL, Optional.empty()),
                  Golden.floats(expected, "text_embeds"),
                  rows))
          .isGreaterThan(.99);
    }
    assertThat(Files.size(onnx.resolve(OnnxFolder.VISION)))
        .isLessThan(Files.size(export(model, false).resolve(OnnxFolder.VISION)));
  }

  private static double leastCosine(float[] a, float[] b, int rows) {
    int width = a.length / rows;
    double least = 1;
    for (int row = 0; row < rows; row++) {
      double sum = 0;
      for (int i = row * width; i < (row + 1) * width; i++) {
        sum += (double) a[i] * b[i];
      }
      least = Math.min(least, sum);
    }
    return least;
  }

  /** As the model itself: a text without its end has no embedding. */
  @Test
  void aTextWithoutAnEndFails() throws IOException {
    Path onnx = export(published("clip_full"), false);
    assertThatThrownBy(
            () ->
                run(
                    onnx.resolve(OnnxFolder.TEXT),
                    Map.of("input_ids", tensor(new long[] {812, 5, 6}, 1, 3))))
        .isInstanceOf(OrtException.class);
  }

  @Test
  void theFolderHoldsAllThatAProgramNeeds() throws IOException, OrtException {
    Path onnx = export(PublishedClip.huggingFace(folder.resolve("clip")), true);
    assertThat(onnx.toFile().list())
        .containsExactlyInAnyOrder(
            OnnxFolder.VISION,
            OnnxFolder.TEXT,
            "config.json",
            "tokenizer.json",
            "preprocessor_config.json");
    Path whole = folder.resolve("whole");
    Conversion.run(folder.resolve("clip"), whole, Format.ONNX, false);
    assertThat(Files.size(onnx.resolve(OnnxFolder.VISION)))
        .isLessThan(Files.size(whole.resolve(OnnxFolder.VISION)));
    try (OrtSession session =
        OrtEnvironment.getEnvironment()
            .createSession(whole.resolve(OnnxFolder.VISION).toString())) {
      assertThat(session.getInputNames()).containsExactly("pixel_values");
      assertThat(session.getOutputNames()).containsExactly("image_embeds");
      assertThat(session.getMetadata().getCustomMetadataValue("resize_mode")).contains("shortest");
    }
  }

  /** Nothing of the tensor is read: a message knows its size. */
  @Test
  void whatNoFileHoldsIsRefused() {
    Tensor huge =
        new Tensor() {
          @Override
          public long[] shape() {
            return new long[] {1 << 15, 1 << 14};
          }

          @Override
          public float[] values() {
            throw new AssertionError();
          }
        };
    Graph graph = new Graph("huge", Map.of("weight", huge), Precision.FP32);
    graph.weight("weight");
    assertThatThrownBy(() -> graph.write(folder.resolve("huge.onnx"), Map.of()))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll("huge.onnx", "2,147,48", "--half");
    assertThat(folder.resolve("huge.onnx")).doesNotExist();
  }
}
