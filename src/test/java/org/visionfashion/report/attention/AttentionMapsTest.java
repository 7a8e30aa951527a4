package org.visionfashion.report.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.config.ModelConfig.Pooling;
import org.visionfashion.data.Example;
import org.visionfashion.data.Split;
import org.visionfashion.data.text.Tokenizer;
import org.visionfashion.data.text.WordPieceVocabulary;
import org.visionfashion.engine.TestDevice;
import org.visionfashion.model.Architecture;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.weights.checkpoint.Checkpoint;
import org.visionfashion.weights.checkpoint.ModelDescription;
import org.visionfashion.weights.checkpoint.TinyModel;

/** Where a tiny model looks, for every pooling. */
class AttentionMapsTest {

  private static final int ROWS = 4;
  private static final int COLUMNS = 2;

  @TempDir private Path folder;

  private static Checkpoint checkpoint(Pooling pooling) {
    Tokenizer tokenizer = Tokenizer.of(WordPieceVocabulary.build(TinyModel.CAPTIONS, 200), 9);
    ModelDescription usual = TinyModel.description(tokenizer.vocabSize(), "finetune");
    Architecture architecture = usual.architecture().withPooling(pooling, Pooling.CLS);
    ModelDescription description =
        new ModelDescription(
            architecture,
            usual.mean(),
            usual.std(),
            usual.resampling(),
            usual.maxTokens(),
            usual.labels(),
            usual.provenance());
    DualEncoder model = new DualEncoder(architecture, TestDevice.get(), TinyModel.wide(7));
    return new Checkpoint(model, tokenizer, description);
  }

  private Example example(int width, int height) throws IOException {
    Random random = new Random(5);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, random.nextInt(1 << 24));
    }
    Path file = folder.resolve("a.png");
    ImageIO.write(image, "png", file.toFile());
    return new Example("a", file, TinyModel.CAPTIONS.get(0), 0, new byte[7], "i", Split.TEST);
  }

  @ParameterizedTest
  @EnumSource(
      value = Pooling.class,
      names = {"CLS", "POOLER", "MEAN"})
  void everyPoolingHasARolloutAndASimilarity(Pooling pooling) throws IOException {
    try (Checkpoint checkpoint = checkpoint(pooling)) {
      AttentionMaps maps =
          AttentionMaps.of(checkpoint, example(40, 60), LimitsConfig.DEFAULT).orElseThrow();
      assertThat(maps.rollout().rows()).isEqualTo(ROWS);
      assertThat(maps.rollout().columns()).isEqualTo(COLUMNS);
      assertThat(maps.rollout().value_P()).hasSize(ROWS * COLUMNS);
      double patches = Arrays.stream(maps.rollout().value_P()).sum();
      // One layer: half stays where it is, in the class token or in the patches.
      if (pooling == Pooling.MEAN) {
        assertThat(patches).isBetween(0.5, 1.0);
      } else {
        assertThat(patches).isBetween(0.0, 0.5);
      }
      assertThat(maps.similarity().low()).isGreaterThanOrEqualTo(-1.00001);
      assertThat(maps.similarity().high()).isLessThanOrEqualTo(1.00001);
      assertThat(maps.rolloutOverlay().getHeight()).isEqualTo(maps.picture().getHeight());
      assertThat(maps.picture().getWidth() * 2).isEqualTo(maps.picture().getHeight());
    }
  }

  /** One layer by hand: half of the pooled row of the mean attention. */
  @Test
  void theRolloutOfOneLayerIsHalfItsAttention() throws IOException {
    try (Checkpoint checkpoint = checkpoint(Pooling.CLS);
        NDManager scope = checkpoint.model().newScope()) {
      Example example = example(8, 16);
      AttentionMaps maps =
          AttentionMaps.of(checkpoint, example, LimitsConfig.DEFAULT).orElseThrow();
      NDArray pixels =
          checkpoint.placement().pixels(planes(example.picture().file()), 1, 16, 8, scope);
      List<NDArray> layers = checkpoint.model().imageEncoder().attention(pixels);
      assertThat(layers).hasSize(1);
      int length = ROWS * COLUMNS + 1;
      assertThat(layers.get(0).getShape()).isEqualTo(new Shape(1, 2, length, length));
      float[] weights = layers.get(0).toFloatArray();
      for (int p = 0; p < ROWS * COLUMNS; p++) {
        double mean = (weights[1 + p] + weights[length * length + 1 + p]) / 2;
        assertThat(maps.rollout().value_P()[p]).isCloseTo(mean / 2, within(1e-6));
      }
    }
  }

  private static byte[] planes(Path file) throws IOException {
    BufferedImage image = ImageIO.read(file.toFile());
    int plane = image.getWidth() * image.getHeight();
    byte[] planes = new byte[3 * plane];
    for (int i = 0; i < plane; i++) {
      int rgb = image.getRGB(i % image.getWidth(), i / image.getWidth());
      planes[i] = (byte) (rgb >> 16);
      planes[plane + i] = (byte) (rgb >> 8);
      planes[2 * plane + i] = (byte) rgb;
    }
    return planes;
  }

  @Test
  void aPictureThatCannotBeReadIsNotLookedAt() {
    try (Checkpoint checkpoint = checkpoint(Pooling.MEAN)) {
      Example missing =
          new Example("b", folder.resolve("none.png"), "text", 0, new byte[7], "i", Split.TEST);
      assertThat(AttentionMaps.of(checkpoint, missing, LimitsConfig.DEFAULT)).isEmpty();
    }
  }
}
