package org.visionfashion.data.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.data.Progress;
import org.visionfashion.data.image.ImageDecoder;
import org.visionfashion.demo.DemoGenerator;
import org.visionfashion.demo.DemoSpec;

class SignatureTest {

  @TempDir private static Path folder;

  /** Recall on planted copies, and precision among the demo's pictures, which are much alike. */
  @Test
  void copiesAreToldFromOtherPicturesOfTheDemo() throws IOException {
    DemoGenerator.draw(folder.resolve("demo"), new DemoSpec(60, 3, 160), 1, Progress.NONE);
    List<Signature> originals = new ArrayList<>();
    int cropped = 0;
    for (Path file : files(folder.resolve("demo/images"))) {
      BufferedImage image = ImageIO.read(file.toFile());
      Signature original = signature(file);
      originals.add(original);
      for (double quality : new double[] {0.4, 0.6, 0.9}) {
        assertThat(original.resembles(saved(image, quality))).as("%s", file).isTrue();
      }
      BufferedImage half = TestPictures.resized(image, image.getWidth() / 2, image.getHeight() / 2);
      assertThat(original.resembles(saved(half, 0.85))).as("half of %s", file).isTrue();
      cropped += original.resembles(saved(TestPictures.cropped(image, 0.02), 0.85)) ? 1 : 0;
      BufferedImage mirrored = TestPictures.resized(image, -image.getWidth(), image.getHeight());
      assertThat(original.resembles(saved(mirrored, 0.85))).as("mirrored %s", file).isFalse();
    }
    assertThat(originals).hasSize(60);
    assertThat(cropped).isGreaterThanOrEqualTo(59);
    for (int i = 0; i < originals.size(); i++) {
      for (int j = 0; j < i; j++) {
        assertThat(originals.get(i).resembles(originals.get(j))).isFalse();
      }
    }
  }

  /** The same cut in another colour or with another print is another product. */
  @Test
  void anotherColourOrPrintIsAnotherPicture() throws IOException {
    Signature red = saved(shirt(new Color(190, 60, 60), Color.WHITE), 0.9);
    assertThat(red.resembles(saved(shirt(new Color(190, 60, 60), Color.WHITE), 0.5))).isTrue();
    assertThat(red.resembles(saved(shirt(new Color(60, 100, 190), Color.WHITE), 0.9))).isFalse();
    assertThat(red.resembles(saved(shirt(new Color(190, 60, 60), Color.BLACK), 0.9))).isFalse();
  }

  @Test
  void whatShowsNothingIsNoCopy() throws IOException {
    Signature blank = saved(TestPictures.plain(Color.WHITE, 90, 120), 0.9);
    assertThat(blank.resembles(blank)).isFalse();
  }

  /** White all around. */
  private static BufferedImage shirt(Color cloth, Color print) {
    BufferedImage image = TestPictures.plain(Color.WHITE, 300, 400);
    paint(image, cloth, 80, 60, 140, 280);
    paint(image, print, 120, 140, 60, 60);
    return image;
  }

  private static void paint(BufferedImage image, Color color, int x, int y, int width, int height) {
    for (int i = 0; i < width * height; i++) {
      image.setRGB(x + i % width, y + i / width, color.getRGB());
    }
  }

  private static Signature saved(BufferedImage image, double quality) throws IOException {
    return signature(TestPictures.jpeg(image, quality, folder.resolve("copy.jpg")));
  }

  private static Signature signature(Path file) throws IOException {
    return PictureFact.of(ImageDecoder.decode(file)).signature();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
