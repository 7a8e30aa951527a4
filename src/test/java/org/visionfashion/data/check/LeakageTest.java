package org.visionfashion.data.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.Example;
import org.visionfashion.data.Examples;
import org.visionfashion.data.Progress;
import org.visionfashion.data.Split;
import org.visionfashion.data.loader.PixelSource;

class LeakageTest {

  @TempDir private Path folder;
  private final List<Example> judged = new ArrayList<>();
  private final List<Example> training = new ArrayList<>();

  @Test
  void copiesAreFoundWhateverTheirBytesAndTheThreads() throws IOException {
    plant();
    Leakage one = of(100, 1);
    assertThat(one.copied()).containsExactly("equal", "saved again");
    assertThat(one.pictures()).isEqualTo(4);
    assertThat(one.compared()).isEqualTo(one.training()).isEqualTo(23);
    assertThat(of(100, 3)).isEqualTo(one);
  }

  /** Of more training pictures than wanted some are drawn, always the same. */
  @Test
  void aSampleIsDrawnWhereThereAreMore() throws IOException {
    plant();
    int found = 0;
    for (int most = 1; most < 23; most++) {
      Leakage leakage = of(most, 2);
      assertThat(leakage.compared()).isEqualTo(most);
      assertThat(leakage.training()).isEqualTo(23);
      assertThat(of(most, 1)).isEqualTo(leakage);
      found += leakage.copied().size();
    }
    assertThat(found).isBetween(10, 34); // 22 expected
  }

  @Test
  void whereNothingIsSeenNothingIsCopied() throws IOException {
    plant();
    training.clear();
    assertThat(of(10, 1)).isEqualTo(Leakage.NONE);
  }

  /** Two of four pictures have a copy among 23 in training, of which one cannot be read. */
  private void plant() throws IOException {
    BufferedImage large = TestPictures.resized(TestPictures.picture(1), 480, 640);
    add(judged, "equal", TestPictures.png(TestPictures.picture(2), folder.resolve("a.png")));
    add(judged, "saved again", TestPictures.jpeg(large, 0.9, folder.resolve("b.jpg")));
    add(judged, "new", TestPictures.png(TestPictures.picture(3), folder.resolve("c.png")));
    add(judged, "broken", Files.writeString(folder.resolve("d.png"), "no picture"));
    add(training, "2", TestPictures.png(TestPictures.picture(2), folder.resolve("e.png")));
    add(training, "1", TestPictures.jpeg(TestPictures.picture(1), 0.5, folder.resolve("f.jpg")));
    add(training, "none", folder.resolve("none.png"));
    for (int i = 0; i < 20; i++) {
      Path file = folder.resolve("g" + i + ".png");
      add(training, "other" + i, TestPictures.png(TestPictures.picture(100 + i), file));
    }
  }

  private static void add(List<Example> examples, String id, Path file) {
    examples.add(new Example(id, file, "", Example.UNKNOWN, new byte[0], id, Split.TEST));
  }

  private Leakage of(int most, int threads) {
    return Leakage.of(
        judged,
        Examples.of(training),
        most,
        PixelSource.files(LimitsConfig.DEFAULT),
        threads,
        Progress.NONE);
  }
}
