package org.visionfashion.weights.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.visionfashion.base.UserError;
import org.visionfashion.model.Golden;
import org.visionfashion.weights.checkpoint.ModelDescription;
import org.visionfashion.weights.checkpoint.ModelFolder;
import org.visionfashion.weights.file.SafetensorsWriter;
import org.visionfashion.weights.file.SafetensorsWriter.Tensor;
import org.visionfashion.weights.file.Tensors;
import org.visionfashion.weights.file.WeightsFiles;
import org.visionfashion.weights.pretrained.PublishedClip;
import org.visionfashion.weights.pretrained.PublishedModel;

/** CLIP and SigLIP from every naming into every other, bit for bit. */
class PublishedFormatsTest {

  @TempDir private Path folder;

  private Path clip() throws IOException {
    return PublishedClip.huggingFace(folder.resolve("clip"));
  }

  private Path siglip(String weights, String as, String config, String configAs)
      throws IOException {
    Path made = Files.createDirectories(folder.resolve("siglip"));
    Files.copy(PublishedClip.golden(weights), made.resolve(as));
    Files.copy(PublishedClip.golden(config), made.resolve(configAs));
    return made;
  }

  private Path siglip() throws IOException {
    return siglip(
        "siglip.hf.safetensors", "model.safetensors", "siglip.config.json", "config.json");
  }

  private Path convert(Path from, String name, Format format) throws IOException {
    Path to = folder.resolve(name);
    Conversion.run(from, to, format, false);
    return to;
  }

  /** Names, shapes and bits; numbered positions, which older files hold, are none of them. */
  private static void assertSame(Path actual, Path expected) throws IOException {
    try (Tensors left = WeightsFiles.open(actual);
        Tensors right = WeightsFiles.open(expected)) {
      Set<String> names =
          right.names().stream()
              .filter(name -> !name.endsWith("position_ids"))
              .collect(Collectors.toSet());
      assertThat(left.names()).containsExactlyInAnyOrderElementsOf(names);
      for (String name : names) {
        assertThat(left.info(name).shape()).as(name).isEqualTo(right.info(name).shape());
        assertThat(left.floats(name)).as(name).isEqualTo(right.floats(name));
      }
    }
  }

  private static ModelDescription description(Path model) throws IOException {
    if (!PublishedModel.isOne(model)) {
      return ModelFolder.open(model).description().withProvenance(Map.of());
    }
    try (PublishedModel opened = PublishedModel.described(model)) {
      return opened.description().withProvenance(Map.of());
    }
  }

  /** Hugging Face's, this project's, open_clip's, and from each of them Hugging Face's again. */
  @ParameterizedTest
  @CsvSource({"clip, HF_CLIP", "siglip, HF_SIGLIP"})
  void everyNamingAndBack(String family, Format huggingFace) throws IOException {
    boolean isClip = family.equals("clip");
    Path published = isClip ? clip() : siglip();
    Path weights =
        PublishedClip.golden(isClip ? "clip_full.hf.safetensors" : "siglip.hf.safetensors");
    Path openClipWeights =
        PublishedClip.golden(
            isClip ? "clip_full.openclip.safetensors" : "siglip.openclip.safetensors");
    Path own = convert(published, "own", Format.FOLDER);
    Path openClip = convert(own, "open", Format.OPEN_CLIP);
    assertSame(openClip.resolve("open_clip_model.safetensors"), openClipWeights);
    assertSame(convert(published, "open2", Format.OPEN_CLIP), openClipWeights);
    for (Path from : new Path[] {published, own, openClip}) {
      Path back = convert(from, "back-" + from.getFileName(), huggingFace);
      assertSame(back, weights);
      assertThat(description(back)).as("%s", from).isEqualTo(description(published));
    }
    assertThat(description(own)).isEqualTo(description(published));
    assertThat(description(openClip)).isEqualTo(description(published));
    assertSame(convert(openClip, "own2", Format.FOLDER), own);
  }

  @ParameterizedTest
  @CsvSource({"siglip.open_clip_config.json", "siglip.open_clip_config.tanh.json"})
  void whatOpenClipSaysOfASiglip(String config) throws IOException {
    Path published =
        siglip(
            "siglip.openclip.safetensors",
            "open_clip_model.safetensors",
            config,
            "open_clip_config.json");
    Path again = convert(published, "again", Format.OPEN_CLIP);
    assertSame(again, published);
    assertThat(description(again)).isEqualTo(description(published));
    Path huggingFace = convert(published, "hf", Format.HF_SIGLIP);
    assertSame(huggingFace, PublishedClip.golden("siglip.hf.safetensors"));
    assertThat(description(huggingFace)).isEqualTo(description(published));
  }

  @ParameterizedTest
  @CsvSource({
    "clip_full.customtext.safetensors, open_clip_model.safetensors",
    "clip_full.train_checkpoint.pt, open_clip_pytorch_model.bin",
    "clip_full.key_CLIP.pt, open_clip_pytorch_model.bin",
  })
  void everyFormOfOpenClips(String weights, String as) throws IOException {
    Path source = PublishedClip.openClip(folder.resolve("source"));
    Files.delete(source.resolve("open_clip_model.safetensors"));
    Files.copy(PublishedClip.golden(weights), source.resolve(as));
    Path made = convert(source, "hf", Format.HF_CLIP);
    assertSame(made, PublishedClip.golden("clip_full.hf.safetensors"));
    assertThat(made.resolve("tokenizer.json")).exists();
  }

  /** Every key that the reference states has its value here too. */
  @ParameterizedTest
  @CsvSource({
    "HF_CLIP, clip_full.config.diff.json, config.json",
    "HF_CLIP, clip_full.preprocessor_config.json, preprocessor_config.json",
    "HF_SIGLIP, siglip.config.json, config.json",
    "HF_SIGLIP, siglip.preprocessor_config.json, preprocessor_config.json",
    "OPEN_CLIP, clip_full.open_clip_config.json, open_clip_config.json",
  })
  void configurationsSayWhatTheReferencesSay(Format format, String reference, String name)
      throws IOException {
    Path published;
    if (format == Format.HF_SIGLIP) {
      published = siglip();
      Files.copy(
          PublishedClip.golden("siglip.preprocessor_config.json"),
          published.resolve("preprocessor_config.json"));
    } else {
      published = clip();
    }
    Path made = convert(published, "made", format);
    JsonNode expected = new JsonMapper().readTree(PublishedClip.golden(reference).toFile());
    compare("", new JsonMapper().readTree(made.resolve(name).toFile()), expected);
  }

  private static final Set<String> OF_NO_MATTER =
      Set.of(
          "transformers_version",
          "initializer_factor",
          "do_convert_rgb",
          "processor_class",
          "bos_token_id",
          "eos_token_id",
          "pad_token_id",
          "do_center_crop");

  private static void compare(String path, JsonNode made, JsonNode expected) {
    if (!expected.isObject()) {
      assertThat(made.toString()).as(path).isEqualTo(expected.toString());
      return;
    }
    expected.properties().stream()
        .filter(entry -> !OF_NO_MATTER.contains(entry.getKey()))
        .forEach(
            entry ->
                compare(path + "/" + entry.getKey(), made.path(entry.getKey()), entry.getValue()));
  }

  @Test
  void aTextTowerOfAnotherFamilyIsNamed() throws IOException {
    assertThatThrownBy(() -> convert(Golden.path(""), "x", Format.HF_CLIP))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("the text tower's layers is post_norm, a CLIP's causal")
        .hasMessageContaining("the bias of the patches");
    Path siglip = siglip();
    assertThatThrownBy(() -> convert(siglip, "x", Format.HF_CLIP))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("the text tower's pooling is last");
    assertThatThrownBy(() -> convert(Golden.path("bert.hf.safetensors"), "x", Format.OPEN_CLIP))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("takes a whole model");
    assertThat(folder.resolve("x")).doesNotExist();
  }

  /** The weights of a folder of this project, changed. */
  private static void change(Path own, Consumer<Map<String, Tensor>> change) throws IOException {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    try (Tensors file = WeightsFiles.open(own)) {
      for (String name : file.names()) {
        weights.put(name, new Values(file.info(name).shape(), file.floats(name)));
      }
    }
    change.accept(weights);
    SafetensorsWriter.write(own.resolve("model.safetensors"), weights, Map.of());
  }

  private record Values(long[] shape, float[] values) implements Tensor {}

  /** As trained here: heads, which others have no name for, and a temperature that is fixed. */
  @Test
  void headsAreLeftOutAndAFixedTemperatureIsWrittenDown() throws IOException {
    Path own = convert(clip(), "own", Format.FOLDER);
    change(
        own,
        weights -> {
          weights.remove("logit_scale");
          weights.put("category_head.weight", new Values(new long[] {2, 36}, new float[72]));
          weights.put("category_head.bias", new Values(new long[] {2}, new float[2]));
        });
    Path config = own.resolve("config.json");
    ObjectNode root = (ObjectNode) new JsonMapper().readTree(config.toFile());
    root.put("num_categories", 2).put("temperature", 0.05);
    Files.writeString(config, root.toString());
    for (Format format : List.of(Format.HF_CLIP, Format.OPEN_CLIP)) {
      try (Tensors made = WeightsFiles.open(convert(own, "made" + format, format))) {
        assertThat(made.names()).noneMatch(name -> name.contains("head"));
        assertThat(made.info("logit_scale").shape()).isEmpty();
        assertThat(made.floats("logit_scale")).containsExactly((float) Math.log(20));
      }
    }
  }

  @Test
  void aSiglipWithoutABiasHasOneOfZeroInHuggingFacesForm() throws IOException {
    Path own = convert(siglip(), "own", Format.FOLDER);
    change(own, weights -> weights.remove("logit_bias"));
    Path config = own.resolve("config.json");
    Files.writeString(
        config,
        Files.readString(config).replace("\"logit_bias\" : true", "\"logit_bias\" : false"));
    try (Tensors made = WeightsFiles.open(convert(own, "hf", Format.HF_SIGLIP));
        Tensors openClip = WeightsFiles.open(convert(own, "open", Format.OPEN_CLIP))) {
      assertThat(made.info("logit_bias").shape()).containsExactly(1);
      assertThat(made.floats("logit_bias")).containsExactly(0);
      assertThat(openClip.names()).doesNotContain("logit_bias");
    }
  }

  /** A padded picture is in no processor. */
  @Test
  void whatAnotherLibraryCannotSay() throws IOException {
    Path own = convert(clip(), "own", Format.FOLDER);
    Path config = own.resolve("config.json");
    ObjectNode root = (ObjectNode) new JsonMapper().readTree(config.toFile());
    ((ObjectNode) root.path("preprocessing")).put("resize_mode", "longest");
    Files.writeString(config, root.toString());
    assertThatThrownBy(() -> convert(own, "x", Format.HF_CLIP))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("resize_mode longest");
    Path openClip = convert(own, "open", Format.OPEN_CLIP);
    assertThat(description(openClip)).isEqualTo(description(own));
  }
}
