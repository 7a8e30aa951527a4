package org.visionfashion.weights.torchscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ModelException;
import ai.djl.inference.Predictor;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.DeferredTranslatorFactory;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.visionfashion.base.UserError;
import org.visionfashion.engine.TestDevice;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.model.Golden;
import org.visionfashion.model.Tokens;
import org.visionfashion.weights.convert.Conversion;
import org.visionfashion.weights.convert.Format;
import org.visionfashion.weights.file.SafetensorsFile;
import org.visionfashion.weights.pretrained.PublishedClip;

/** Exported towers through DJL alone: its Criteria, its translators. */
class DjlFolderTest {

  private static final double TOLERANCE = 1e-5;

  @TempDir private Path folder;

  private Path export(Path from) throws IOException {
    Path to = folder.resolve("djl");
    Conversion.run(from, to, Format.TORCHSCRIPT, false);
    return to;
  }

  private static NDArray run(Path model, NDArray... inputs)
      throws IOException, ModelException, TranslateException {
    Criteria<NDList, NDList> criteria =
        Criteria.builder()
            .setTypes(NDList.class, NDList.class)
            .optModelPath(model)
            .optEngine("PyTorch")
            .optDevice(TestDevice.get())
            .optTranslator(new NoopTranslator())
            .build();
    try (ZooModel<NDList, NDList> loaded = criteria.loadModel();
        Predictor<NDList, NDList> predictor = loaded.newPredictor()) {
      NDArray result = predictor.predict(new NDList(inputs)).singletonOrThrow();
      result.attach(inputs[0].getManager());
      return result;
    }
  }

  @ParameterizedTest
  @CsvSource({"clip_full, input_ids.pad_zero", "siglip, input_ids"})
  void publishedModels(String name, String ids)
      throws IOException, ModelException, TranslateException {
    Path model = Files.createDirectories(folder.resolve("model"));
    Files.copy(PublishedClip.golden(name + ".hf.safetensors"), model.resolve("model.safetensors"));
    Files.copy(PublishedClip.golden(name + ".config.json"), model.resolve("config.json"));
    Path djl = export(model);
    try (SafetensorsFile expected =
            SafetensorsFile.open(PublishedClip.golden(name + ".outputs.safetensors"));
        NDManager scope = NDManager.newBaseManager(TestDevice.get())) {
      NDArray ids_BL = Golden.array(scope, expected, ids);
      close(
          run(djl.resolve("vision_model"), Golden.array(scope, expected, "pixel_values")),
          Golden.floats(expected, "image_embeds"));
      close(
          run(djl.resolve("text_model"), ids_BL, ids_BL.onesLike()),
          Golden.floats(expected, "text_embeds"));
    }
  }

  private static void close(NDArray actual, float[] expected) {
    assertThat(Golden.difference(actual.toFloatArray(), expected)).isLessThanOrEqualTo(TOLERANCE);
  }

  @Test
  void theProjectsOwnModel() throws IOException, ModelException, TranslateException {
    Path djl = export(Golden.path(""));
    try (DualEncoder model = Golden.model();
        NDManager scope = model.newScope();
        SafetensorsFile golden = Golden.open("forward.safetensors")) {
      NDArray pixels = Golden.array(scope, golden, "pixel_values");
      NDArray ids = Golden.array(scope, golden, "input_ids");
      NDArray mask = Golden.array(scope, golden, "attention_mask");
      NDArray features = model.imageFeatures(pixels, false);
      close(
          run(djl.resolve("vision_model"), pixels), model.imageEmbeddings(features).toFloatArray());
      close(
          run(djl.resolve("text_model"), ids, mask),
          model.textEmbeddings(new Tokens(ids, ids.zerosLike(), mask), false).toFloatArray());
    }
  }

  /**
   * Texts as they are, by the translators that serving.properties names; pictures to the rounding
   * between two passes of a filter.
   */
  @Test
  void textsAndPictures() throws IOException, ModelException, TranslateException {
    Path djl = export(PublishedClip.huggingFace(folder.resolve("clip")));
    JsonNode root =
        new ObjectMapper().readTree(PublishedClip.golden("clip_full.texts.json").toFile());
    List<String> texts = new ArrayList<>();
    root.path("texts").forEach(text -> texts.add(text.asText()));
    try (SafetensorsFile expected =
            SafetensorsFile.open(PublishedClip.golden("clip_full.outputs.safetensors"));
        ZooModel<String, float[]> text = load(djl.resolve("text_model"), String.class);
        Predictor<String, float[]> words = text.newPredictor();
        ZooModel<Image, float[]> vision = load(djl.resolve("vision_model"), Image.class);
        Predictor<Image, float[]> eyes = vision.newPredictor()) {
      float[] text_BE = Golden.floats(expected, "text_embeds");
      List<float[]> embedded = words.batchPredict(texts);
      int width = embedded.get(0).length;
      for (int i = 0; i < texts.size(); i++) {
        assertThat(cosine(embedded.get(i), text_BE, i * width)).isGreaterThan(.99999);
        assertThat(cosine(words.predict(texts.get(i)), text_BE, i * width)).isGreaterThan(.99999);
      }
      float[] image_BE = Golden.floats(expected, "image_embeds");
      for (int i = 0; i < root.path("images").size(); i++) {
        String name = root.path("images").get(i).asText();
        Image picture =
            ImageFactory.getInstance()
                .fromFile(PublishedClip.golden("preprocess/" + name + ".png"));
        assertThat(cosine(eyes.predict(picture), image_BE, i * width)).as(name).isGreaterThan(.999);
      }
    }
  }

  @Test
  void paddedPicturesAndHalvesAreRefused() throws IOException {
    Path own = folder.resolve("own");
    Conversion.run(PublishedClip.huggingFace(folder.resolve("clip")), own, Format.FOLDER, false);
    assertThatThrownBy(() -> Conversion.run(own, folder.resolve("x"), Format.TORCHSCRIPT, true))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("--half");
    Path config = own.resolve("config.json");
    Files.writeString(config, Files.readString(config).replace("shortest", "longest"));
    assertThatThrownBy(() -> export(own))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("longest");
    assertThat(folder.resolve("djl")).doesNotExist();
  }

  private static <T> ZooModel<T, float[]> load(Path folder, Class<T> input)
      throws IOException, ModelException {
    return Criteria.builder()
        .setTypes(input, float[].class)
        .optModelPath(folder)
        .optTranslatorFactory(new DeferredTranslatorFactory()) // the one in serving.properties
        .optDevice(TestDevice.get())
        .build()
        .loadModel();
  }

  private static double cosine(float[] a, float[] all, int from) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * all[from + i];
    }
    return sum;
  }
}
