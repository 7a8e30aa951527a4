package org.visionfashion.report.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.config.Binder;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.FilePicture;

class ThumbnailsTest {

  private static final Pattern RULE =
      Pattern.compile("\\.(\\w+)\\{background-image:url\\(data:image/jpeg;base64,([^)]*)\\)\\}");

  @TempDir private Path folder;

  private Path picture(String name, int width, int height, int rgb) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, rgb);
    }
    Path file = folder.resolve(name);
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  @Test
  void aPictureIsStoredOnceHoweverOftenItIsNamed() throws IOException {
    Thumbnails thumbnails = new Thumbnails("t", 48, LimitsConfig.DEFAULT);
    Path red = picture("red.png", 100, 200, 0xD02020);
    Path blue = picture("blue.png", 300, 150, 0x2020D0);
    assertThat(thumbnails.name(new FilePicture(red))).isEqualTo("t0");
    assertThat(thumbnails.name(new FilePicture(blue))).isEqualTo("t1");
    assertThat(thumbnails.name(new FilePicture(red))).isEqualTo("t0");
    var rules = RULE.matcher(thumbnails.css()).results().toList();
    assertThat(rules).extracting(rule -> rule.group(1)).containsExactly("t0", "t1");
    BufferedImage first = decoded(rules.get(0));
    assertThat(first.getWidth()).isEqualTo(24);
    assertThat(first.getHeight()).isEqualTo(48);
    assertThat(first.getRGB(12, 24) >> 16 & 0xFF).isCloseTo(0xD0, within(8));
    assertThat(decoded(rules.get(1)).getWidth()).isEqualTo(96);
    assertThat(thumbnails.shape()).isEqualTo(2); // of two the larger
  }

  private static BufferedImage decoded(MatchResult rule) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(rule.group(2))));
  }

  @Test
  void aFileThatCannotBeReadHasNoPicture() throws IOException {
    Thumbnails thumbnails = new Thumbnails("t", 48, LimitsConfig.DEFAULT);
    thumbnails.name(new FilePicture(folder.resolve("missing.jpg")));
    thumbnails.name(new FilePicture(Files.writeString(folder.resolve("broken.jpg"), "no picture")));
    assertThat(thumbnails.css()).isEmpty();
    assertThat(thumbnails.shape()).isEqualTo(2 / 3.0);
    assertThat(thumbnails.image("t0")).isNull();
  }

  /** The data's own limits hold, not the usual ones. */
  @Test
  void theLimitsOfTheDataHold() throws IOException {
    Path red = picture("red.png", 100, 200, 0xD02020);
    for (int pixels : new int[] {19_999, 20_000}) {
      Thumbnails thumbnails = new Thumbnails("t", 48, limit(pixels));
      assertThat(thumbnails.image(thumbnails.name(new FilePicture(red))) != null)
          .isEqualTo(pixels == 20_000);
    }
  }

  private static LimitsConfig limit(int pixels) {
    return Binder.of(
        LimitsConfig.class,
        "pixels=" + pixels,
        "image_bytes=1000000",
        "text_bytes=1000000",
        "line=1000",
        "json_depth=10");
  }
}
