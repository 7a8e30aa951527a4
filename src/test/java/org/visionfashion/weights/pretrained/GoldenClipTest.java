package org.visionfashion.weights.pretrained;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.visionfashion.engine.Gradients;
import org.visionfashion.engine.TestDevice;
import org.visionfashion.model.Architecture;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.model.Golden;
import org.visionfashion.model.Tokens;
import org.visionfashion.nn.ParameterValues.Values;
import org.visionfashion.weights.file.SafetensorsFile;
import org.visionfashion.weights.file.Tensors;
import org.visionfashion.weights.pretrained.Pretrained.Part;

/**
 * Whole CLIP and SigLIP models against the reference implementations: every intermediate and every
 * gradient, from each form in which such models are published. {@code -DgoldenClip=DIR} names
 * another folder of the same form.
 */
class GoldenClipTest {

  private static final double EMBEDDINGS = 1e-5;
  private static final double POOLED = 2e-5;
  private static final double STATES = 5e-5;
  private static final double GRADIENTS = 1e-4;
  private static final double KEY_BIAS = 1e-5;

  @TempDir private Path folder;

  private static Path golden(String name) {
    return Path.of(System.getProperty("goldenClip", "src/test/resources/golden-clip"))
        .resolve(name);
  }

  /** The files of one model under the names that they have when published. */
  private Path published(String weights, String as, String config, String configAs)
      throws IOException {
    Files.copy(golden(weights), folder.resolve(as));
    Files.copy(golden(config), folder.resolve(configAs));
    return folder;
  }

  private static DualEncoder model(Path folder) throws IOException {
    try (Pretrained file = Pretrained.open(folder, Part.WHOLE)) {
      Architecture architecture =
          PublishedConfig.beside(folder, file.map()).orElseThrow().architecture();
      Map<String, long[]> shapes = DualEncoder.shapes(architecture);
      assertThat(file.tensors().names()).containsExactlyInAnyOrderElementsOf(shapes.keySet());
      return new DualEncoder(
          architecture,
          TestDevice.get(),
          (name, shape, initial) -> {
            try {
              return Values.of(file.tensors().floats(name));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }

  /** Compares with one file of reference tensors. */
  private record Reference(SafetensorsFile file, NDManager scope) {

    void check(NDArray actual, String name, double tolerance) {
      float[] expected = Golden.floats(file, name);
      assertThat(Golden.difference(actual.toFloatArray(), expected))
          .as(name)
          .isLessThanOrEqualTo(tolerance);
    }

    NDArray array(String name) {
      return Golden.array(scope, file, name);
    }

    Tokens tokens(String ids) {
      NDArray ids_BL = array(ids);
      return new Tokens(ids_BL, ids_BL.zerosLike(), ids_BL.onesLike());
    }
  }

  private static void with(DualEncoder model, String outputs, Consumer<Reference> check)
      throws IOException {
    try (SafetensorsFile file = SafetensorsFile.open(golden(outputs));
        NDManager scope = model.newScope()) {
      check.accept(new Reference(file, scope));
    }
  }

  private static void checkVision(DualEncoder model, Reference r, String prefix, boolean clip) {
    NDArray pixels = r.array("pixel_values");
    List<NDArray> states = model.imageEncoder().hiddenStates(pixels);
    int layers = model.architecture().image().layers();
    for (int i = 0; i <= layers; i++) {
      r.check(states.get(i), prefix + "vision.hidden_states." + i, STATES);
    }
    if (!clip) {
      r.check(states.get(layers + 1), prefix + "vision.last_hidden_state", STATES);
    }
    NDArray features = model.imageFeatures(pixels, false);
    r.check(features, prefix + "vision.pooled", POOLED);
    r.check(model.imageEmbeddings(features), prefix + "image_embeds", EMBEDDINGS);
  }

  private static void checkText(
      DualEncoder model, Reference r, String prefix, String ids, String pooled) {
    Tokens tokens = r.tokens(ids);
    List<NDArray> states = model.textEncoder().hiddenStates(tokens);
    int layers = model.architecture().text().layers();
    for (int i = 0; i <= layers; i++) {
      r.check(states.get(i), prefix + "text.hidden_states." + i, STATES);
    }
    r.check(states.get(layers + 1), prefix + "text.last_hidden_state", STATES);
    r.check(model.textEncoder().forward(tokens, false), prefix + pooled, POOLED);
    r.check(model.textEmbeddings(tokens, false), prefix + "text_embeds", EMBEDDINGS);
  }

  @ParameterizedTest
  @CsvSource({
    "clip_full.hf.safetensors, model.safetensors, clip_full.config.json, config.json",
    "clip_full.hf.safetensors, model.safetensors, clip_full.config.diff.json, config.json",
    "clip_full.openclip.safetensors, open_clip_model.safetensors,"
        + " clip_full.open_clip_config.json, open_clip_config.json",
    "clip_full.customtext.safetensors, open_clip_model.safetensors,"
        + " clip_full.open_clip_config.json, open_clip_config.json",
  })
  void clipInEveryForm(String weights, String as, String config, String configAs)
      throws IOException {
    try (DualEncoder model = model(published(weights, as, config, configAs))) {
      with(
          model,
          "clip_full.outputs.safetensors",
          r -> {
            checkVision(model, r, "", true);
            checkText(model, r, "pad_zero.", "input_ids.pad_zero", "text.pooled");
            checkText(model, r, "pad_eot.", "input_ids.pad_eot", "text.pooled");
            checkText(model, r, "truncated.", "truncated.input_ids", "text.pooled");
          });
    }
  }

  @ParameterizedTest
  @CsvSource({
    "siglip.hf.safetensors, model.safetensors, siglip.config.json, config.json, ''",
    "siglip.hf.safetensors, model.safetensors, siglip.config.diff.json, config.json, ''",
    "siglip.openclip.safetensors, open_clip_model.safetensors,"
        + " siglip.open_clip_config.tanh.json, open_clip_config.json, ''",
    "siglip.openclip.safetensors, open_clip_model.safetensors,"
        + " siglip.open_clip_config.json, open_clip_config.json, gelu.",
  })
  void siglipInEveryForm(String weights, String as, String config, String configAs, String prefix)
      throws IOException {
    try (DualEncoder model = model(published(weights, as, config, configAs))) {
      with(
          model,
          "siglip.outputs.safetensors",
          r -> {
            checkVision(model, r, prefix, false);
            checkText(model, r, prefix, "input_ids", "text.pooled_before_head");
          });
    }
  }

  @Test
  void gradientsOfClip() throws IOException {
    Path published =
        published(
            "clip_full.hf.safetensors",
            "model.safetensors",
            "clip_full.config.json",
            "config.json");
    checkGradients(published, "clip_full", NameMap.CLIP, "input_ids.pad_zero", "infonce");
  }

  @Test
  void gradientsOfSiglip() throws IOException {
    Path published =
        published(
            "siglip.hf.safetensors", "model.safetensors", "siglip.config.json", "config.json");
    checkGradients(published, "siglip", NameMap.SIGLIP, "input_ids", "sigmoid");
  }

  private static void checkGradients(
      Path published, String name, NameMap names, String ids, String loss) throws IOException {
    try (DualEncoder model = model(published);
        Tensors gradients =
            new RenamedTensors(
                SafetensorsFile.open(golden(name + ".gradients.safetensors")), names, "")) {
      with(
          model,
          name + ".outputs.safetensors",
          r -> {
            model.parameters().values().forEach(each -> each.setRequiresGradient(true));
            try (Gradients recording = Gradients.record()) {
              NDArray image_BE =
                  model.imageEmbeddings(model.imageFeatures(r.array("pixel_values"), true));
              NDArray text_BE = model.textEmbeddings(r.tokens(ids), true);
              NDArray logits_BB = image_BE.matMul(text_BE.transpose()).mul(model.logScale().exp());
              NDArray value =
                  loss.equals("sigmoid") ? sigmoid(logits_BB, model) : infoNce(logits_BB);
              r.check(value, "loss." + loss, POOLED);
              recording.backward(value, value.onesLike());
            }
            List<String> wrong = new ArrayList<>();
            model
                .parameters()
                .forEach(
                    (parameter, tensor) -> {
                      double bound = parameter.endsWith("key.bias") ? KEY_BIAS : GRADIENTS;
                      double difference = difference(gradients, parameter, tensor);
                      if (!(difference <= bound)) {
                        wrong.add(parameter + " " + difference);
                      }
                    });
            assertThat(wrong).isEmpty();
          });
    }
  }

  /** Relative to the largest value; of key biases, whose true gradient is 0, absolute. */
  private static double difference(Tensors gradients, String parameter, NDArray tensor) {
    float[] expected;
    try {
      expected = gradients.floats(parameter);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    float[] actual = tensor.getGradient().toFloatArray();
    if (parameter.endsWith("key.bias")) {
      return Golden.difference(actual, new float[actual.length]);
    }
    double largest = 0;
    for (float each : expected) {
      largest = Math.max(largest, Math.abs(each));
    }
    return Golden.difference(actual, expected) / largest;
  }

  private static NDArray infoNce(NDArray logits_BB) {
    NDArray rows = logits_BB.logSoftmax(1).mul(logits_BB.getManager().eye((int) logits_BB.size(0)));
    NDArray columns =
        logits_BB.logSoftmax(0).mul(logits_BB.getManager().eye((int) logits_BB.size(0)));
    return rows.sum().add(columns.sum()).div(-2f * logits_BB.size(0));
  }

  private static NDArray sigmoid(NDArray scaled_BB, DualEncoder model) {
    NDArray logits_BB = scaled_BB.add(model.logitBias());
    int b = (int) logits_BB.size(0);
    NDArray sign_BB =
        logits_BB.getManager().eye(b).mul(2).sub(logits_BB.getManager().ones(new Shape(b, b)));
    NDArray x = logits_BB.mul(sign_BB);
    // log sigmoid(x) = min(x, 0) - log(1 + exp(-|x|))
    return x.neg().maximum(0).add(x.abs().neg().exp().add(1).log()).sum().div(b);
  }
}
