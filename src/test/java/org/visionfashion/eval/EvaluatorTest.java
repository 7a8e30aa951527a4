package org.visionfashion.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.base.UserError;
import org.visionfashion.config.Config;
import org.visionfashion.config.ConfigLoader;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Example;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.data.Progress;
import org.visionfashion.data.Split;
import org.visionfashion.engine.TestDevice;
import org.visionfashion.model.Architecture;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.weights.checkpoint.Checkpoint;
import org.visionfashion.weights.checkpoint.ModelDescription;
import org.visionfashion.weights.checkpoint.ModelFolder;
import org.visionfashion.weights.checkpoint.TinyModel;

class EvaluatorTest {

  private static final LabelScheme SCHEME = TinyModel.SCHEME;

  @TempDir private Path folder;
  private Path model;

  @BeforeEach
  void writeModel() throws IOException {
    model = folder.resolve("model");
    try (Checkpoint checkpoint = TinyModel.checkpoint(3, "finetune")) {
      checkpoint.write(model, checkpoint.description(), "a card");
    }
  }

  /** Pictures of the test split, the last ones of them damaged. */
  private Dataset dataset(int pictures, int damaged) throws IOException {
    List<Example> examples = new ArrayList<>();
    for (int n = 0; n < pictures; n++) {
      Path file = folder.resolve("picture-%d.png".formatted(n));
      BufferedImage image = new BufferedImage(8, 16, BufferedImage.TYPE_INT_RGB);
      image.setRGB(n % 8, n / 8, 0xff0000);
      ImageIO.write(image, "png", file.toFile());
      if (n >= pictures - damaged) {
        Files.writeString(file, "no picture");
      }
      byte[] attributes = new byte[SCHEME.attributeCount()];
      attributes[n % 3] = 1;
      examples.add(
          new Example(
              file.getFileName().toString(),
              file,
              TinyModel.CAPTIONS.get(n % 4),
              n % 3,
              attributes,
              "item " + n,
              Split.TEST));
    }
    return new Dataset("toys", folder, SCHEME, examples, List.of());
  }

  private Evaluator.Result evaluate(Dataset dataset, String... settings) throws IOException {
    Config config = config(settings);
    try (Checkpoint checkpoint = Checkpoint.open(model, TestDevice.get())) {
      return new Evaluator(model, checkpoint, dataset, config, work -> Progress.NONE)
          .evaluate(Part.TEST, examples -> Optional.empty(), false);
    }
  }

  private Config config(String... settings) throws IOException {
    Path file = Files.writeString(folder.resolve("experiment.yaml"), "eval: {bootstrap: 20}\n");
    return ConfigLoader.load(file, List.of(settings));
  }

  @Test
  void anEvaluationNamesItsModelAndItsData() throws IOException {
    Dataset dataset = dataset(12, 0);
    Evaluator.Result result = evaluate(dataset);
    Evaluation evaluation = result.model().evaluation();
    assertThat(result.table().examples()).isEqualTo(dataset.examples());
    assertThat(evaluation.pictures())
        .isEqualTo(new Evaluation.Pictures(12, 12, 0, 0, List.of(), 0));
    assertThat(evaluation.provenance().model().weights())
        .isEqualTo(ModelFolder.open(model).identity())
        .hasSize(64);
    assertThat(evaluation.provenance().data())
        .isEqualTo(new Provenance.Data("toys", dataset.fingerprint()));
    EvaluationFiles files = EvaluationFiles.of(folder.resolve("eval"), Part.TEST);
    result.model().write(files);
    assertThat(EvaluatedModel.isCurrent(files, ModelFolder.open(model).identity())).isTrue();
  }

  @Test
  void skippedPicturesAreCountedAndNamed() throws IOException {
    Evaluation evaluation = evaluate(dataset(12, 2), "data.max_broken=0.5").model().evaluation();
    assertThat(evaluation.pictures().judged()).isEqualTo(10);
    assertThat(evaluation.pictures().skipped()).isEqualTo(2);
    assertThat(evaluation.pictures().firstSkipped())
        .containsExactly(
            folder.resolve("picture-10.png").toString(),
            folder.resolve("picture-11.png").toString());
    assertThat(evaluation.cautions().get(0)).contains("2 pictures of 12", "picture-10.png");
  }

  @Test
  void captionsThatAreCutAreCounted() throws IOException {
    Dataset usual = dataset(12, 0);
    List<Example> examples = new ArrayList<>();
    for (Example each : usual.examples()) {
      List<String> captions = new ArrayList<>(each.captions());
      captions.add("a very " + "long ".repeat(60) + "caption of " + each.id());
      examples.add(
          new Example(
              each.id(),
              each.picture(),
              captions,
              each.category(),
              each.attributes(),
              each.item(),
              each.split()));
    }
    Evaluation evaluation =
        evaluate(new Dataset("toys", folder, SCHEME, examples, List.of())).model().evaluation();
    assertThat(evaluation.pictures().captions()).isEqualTo(24);
    assertThat(evaluation.pictures().cutCaptions()).isEqualTo(12);
    assertThat(evaluation.cautions()).anyMatch(each -> each.contains("12 of 24 captions"));
  }

  /** A failure at work, not a mistake of whoever asked. */
  @Test
  void withoutAnyPictureThereIsNothingToJudge() throws IOException {
    Dataset dataset = dataset(3, 3);
    assertThatThrownBy(() -> evaluate(dataset, "data.max_broken=1"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("3 of 3")
        .hasMessageContaining("picture-0.png");
    Dataset empty = new Dataset("toys", folder, SCHEME, List.of(), List.of());
    assertThatThrownBy(() -> evaluate(empty)).isInstanceOf(UserError.class);
  }

  @Test
  void otherLabelsAreRefused() throws IOException {
    LabelScheme other = new LabelScheme("custom", List.of("dress", "hat"), SCHEME.groups());
    Dataset dataset = new Dataset("toys", folder, other, dataset(3, 0).examples(), List.of());
    assertThatThrownBy(() -> evaluate(dataset))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("3 categories");
  }

  /** The sigmoid loss trains a bias and has no bound; the other loss clamps the scale. */
  @Test
  void zeroShotLogitsAreScaledAsInTraining() {
    assertThat(scale(true)).isCloseTo(Math.exp(6), within(0.1));
    assertThat(scale(false)).isEqualTo(100);
  }

  private static double scale(boolean logitBias) {
    try (Checkpoint usual = TinyModel.checkpoint(3, "finetune")) {
      ModelDescription description = usual.description();
      Architecture sizes = description.architecture();
      Architecture architecture =
          new Architecture(
              sizes.image(),
              sizes.text(),
              sizes.embeddingSize(),
              sizes.categories(),
              sizes.attributes(),
              sizes.similarity().withBias(logitBias));
      try (DualEncoder encoder =
          new DualEncoder(architecture, TestDevice.get(), TinyModel.wide(3))) {
        encoder.operations().assign(encoder.logScale(), new float[] {6});
        Checkpoint checkpoint = new Checkpoint(encoder, usual.tokenizer(), description);
        return new Embedder(checkpoint, 4, Config.DEFAULT.data())
            .prompts(SCHEME, List.of("a {}"))
            .scale();
      }
    }
  }
}
