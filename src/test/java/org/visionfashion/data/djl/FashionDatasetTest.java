package org.visionfashion.data.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.Batch;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.config.ModelConfig.Resampling;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Example;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.data.Split;
import org.visionfashion.data.image.EvalTransform;
import org.visionfashion.data.image.Pixels;
import org.visionfashion.data.loader.TextEncoder;
import org.visionfashion.data.loader.Tokens;
import org.visionfashion.data.source.DataConfigs;
import org.visionfashion.data.source.Sources;

class FashionDatasetTest {

  /** One id a letter. */
  private static final TextEncoder LETTERS =
      captions -> {
        long[] ids = captions.get(0).chars().mapToLong(letter -> letter).toArray();
        long[] mask = new long[ids.length];
        Arrays.fill(mask, 1);
        return new Tokens(ids.length, ids, mask);
      };

  @Test
  void iteratesWithPaddedTokens() throws Exception {
    FashionDataset dataset =
        builder().optTokenizer(LETTERS).optAttributes(true).setSampling(2, false).build();
    assertThat(dataset.size()).isEqualTo(3);
    List<NDList> data = new ArrayList<>();
    List<NDList> labels = new ArrayList<>();
    try (NDManager manager = NDManager.newBaseManager()) {
      for (Batch batch : dataset.getData(manager)) {
        data.add(batch.getData());
        labels.add(batch.getLabels());
        batch.getData().attach(manager);
        batch.getLabels().attach(manager);
        batch.close();
      }
      assertThat(data).hasSize(2);
      assertThat(data.get(0).getShapes())
          .containsExactly(new Shape(2, 3, 4, 2), new Shape(2, 2), new Shape(2, 2));
      assertThat(data.get(0).get(0).getDataType()).isEqualTo(DataType.FLOAT32);
      assertThat(data.get(0).get(0).get(1).toFloatArray()).containsOnly(51 / 255f);
      assertThat(data.get(0).get(1).toLongArray()).containsExactly('a', 0, 'b', 'b');
      assertThat(data.get(0).get(2).toLongArray()).containsExactly(1, 0, 1, 1);
      assertThat(data.get(1).getShapes())
          .containsExactly(new Shape(1, 3, 4, 2), new Shape(1, 3), new Shape(1, 3));
      assertThat(labels.get(0).getShapes()).containsExactly(new Shape(2), new Shape(2, 2));
      assertThat(labels.get(0).get(0).toLongArray()).containsExactly(-1, 0);
      assertThat(labels.get(0).get(1).toFloatArray()).containsExactly(0, -1, 1, -1);
    }
  }

  @Test
  void withoutTokenizerTheDataAreThePicture() throws Exception {
    FashionDataset dataset = builder().setSampling(3, true).build();
    try (NDManager manager = NDManager.newBaseManager()) {
      for (Batch batch : dataset.getData(manager)) {
        assertThat(batch.getData().getShapes()).containsExactly(new Shape(3, 3, 4, 2));
        batch.close();
      }
    }
  }

  @Test
  void readsOneSplitOfADataset() {
    LabelScheme scheme = new LabelScheme("custom", List.of("dress"), List.of());
    Dataset data = new Dataset("test", Path.of("."), scheme, examples(), List.of());
    FashionDataset dataset =
        FashionDataset.builder()
            .setExamples(data, Split.TEST)
            .setTransform(new EvalTransform(4, 2, Resampling.BILINEAR))
            .setSampling(1, false)
            .build();
    assertThat(dataset.examples()).extracting(Example::id).containsExactly("2");
    assertThat(dataset.getClasses()).containsExactly("dress");
  }

  @Test
  void djlsOwnTrainerLearnsFromClassFolders(@TempDir Path folder) throws Exception {
    for (int i = 0; i < 24; i++) {
      BufferedImage picture = new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB);
      Graphics2D brush = picture.createGraphics();
      brush.setColor(new Color(i % 2 == 0 ? 0xC02020 : 0x2020C0));
      brush.fillRect(0, i % 5, 20, 12);
      brush.dispose();
      Path file = folder.resolve(i < 16 ? "train" : "test").resolve(i % 2 == 0 ? "red" : "blue");
      Files.createDirectories(file);
      ImageIO.write(picture, "png", file.resolve(i + ".png").toFile());
    }
    Dataset data = Sources.open(DataConfigs.auto(folder)).load();
    assertThat(TrainHeadExample.train(data, 8)).isEqualTo(1);
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThatThrownBy(() -> FashionDataset.builder().setSampling(1, false).build())
        .hasMessage("a FashionDataset needs setExamples and setTransform");
  }

  private static FashionDataset.Builder builder() {
    return FashionDataset.builder()
        .setExamples(examples(), List.of("bag", "hat"))
        .setTransform(new EvalTransform(4, 2, Resampling.BILINEAR))
        .optPixelSource(FashionDatasetTest::plain);
  }

  /** A picture of one level, 51 times the example's index. */
  private static Pixels plain(Example example) {
    byte[] rgb = new byte[3 * 8 * 8];
    Arrays.fill(rgb, (byte) (51 * Integer.parseInt(example.id())));
    return new Pixels(8, 8, rgb);
  }

  private static List<Example> examples() {
    List<String> captions = List.of("a", "bb", "ccc");
    return IntStream.range(0, 3)
        .mapToObj(
            i ->
                new Example(
                    Integer.toString(i),
                    Path.of(i + ".jpg"),
                    captions.get(i),
                    i - 1,
                    new byte[] {(byte) (i % 2), -1},
                    "item",
                    i == 2 ? Split.TEST : Split.TRAIN))
        .toList();
  }
}
