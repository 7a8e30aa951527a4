package org.visionfashion.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.config.AugmentConfig;
import org.visionfashion.config.Binder;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.config.ModelConfig.Resampling;
import org.visionfashion.fuzz.Damage;
import org.visionfashion.fuzz.Fuzz;

/** Whatever a file is, it is decoded, or named and refused, soon and in little memory. */
public class DirtyPicturesTest {

  private static final LimitsConfig SMALL =
      Binder.of(
          LimitsConfig.class,
          "pixels=1000000",
          "image_bytes=4000000",
          "text_bytes=1",
          "line=1000",
          "json_depth=10");
  private static final List<Transform> TRANSFORMS =
      List.of(
          new EvalTransform(24, 16, Resampling.BICUBIC),
          new TrainTransform(
              24, 16, new AugmentConfig(0.2, 0.5, 0.5, 0.2, 0.2, 0.2, 0.1), Resampling.BILINEAR));

  @TempDir private Path folder;

  /** Damaged pictures of every kind; what is read goes on through the transforms. */
  public static Fuzz fuzz(Path folder) {
    Damage damage =
        new Damage(
            "\u00FF\u00DA",
            "\u00FF\u00C2",
            "\u00FF\u00C4",
            "\u00FF\u00D9",
            "\u00FF\u00DD",
            "IDAT",
            "eXIf",
            "tRNS",
            "!\u00F9",
            ",",
            "II*\0",
            "RIFF",
            "VP8 ",
            "VP8L",
            "VP8X",
            "ALPH",
            "ANMF",
            "\u00FF\u00FF\u00FF\u007F",
            "\0");
    List<byte[]> whole =
        PictureCorpus.readable().entrySet().stream()
            .filter(each -> !each.getKey().startsWith("huge"))
            .map(Map.Entry::getValue)
            .toList();
    return new Fuzz("picture", whole, damage, 64, (file, label) -> isRead(folder, file, label));
  }

  private static boolean isRead(Path folder, byte[] bytes, String label) throws IOException {
    Path file = Files.write(folder.resolve("picture.jpg"), bytes);
    Pixels pixels;
    try {
      pixels = ImageDecoder.decode(file, SMALL);
    } catch (IOException e) {
      Fuzz.assertLine(e.getMessage(), file.toString(), label);
      return false;
    }
    assertThat((long) pixels.width() * pixels.height())
        .as(label)
        .isLessThanOrEqualTo(SMALL.pixels());
    for (Transform transform : TRANSFORMS) {
      byte[] out = new byte[transform.size()];
      transform.apply(pixels, new SplittableRandom(1), out, 0);
    }
    return true;
  }

  @Test
  void oddFilesAreRead() throws IOException {
    Map<String, int[]> sizes = PictureCorpus.sizes();
    for (Map.Entry<String, byte[]> each : PictureCorpus.readable().entrySet()) {
      Path file = Files.write(folder.resolve(each.getKey()), each.getValue());
      Pixels pixels = ImageDecoder.decode(file);
      assertThat(new int[] {pixels.width(), pixels.height()})
          .as(each.getKey())
          .isEqualTo(sizes.get(each.getKey()));
      assertThat(isRead(folder, each.getValue(), each.getKey())).isTrue();
      Pixels reduced = new Reduction(16, Resampling.BICUBIC).apply(pixels);
      assertThat(reduced.rgb_HWC().length)
          .as(each.getKey())
          .isLessThanOrEqualTo(pixels.rgb_HWC().length);
    }
  }

  @Test
  void brokenFilesAreNamedWithTheReason() throws IOException {
    for (Map.Entry<String, byte[]> each : PictureCorpus.broken().entrySet()) {
      String[] parts = each.getKey().split(": ?", 2);
      Path file = Files.write(folder.resolve(parts[0]), each.getValue());
      Assertions.assertTimeout(
          Duration.ofMinutes(1),
          () ->
              assertThatThrownBy(() -> ImageDecoder.decode(file), each.getKey())
                  .isInstanceOf(IOException.class)
                  .hasMessageContaining(parts[1])
                  .hasMessageEndingWith(file.toString()));
    }
  }

  @Test
  void theFirstFrameOfAnAnimationCounts() throws IOException {
    Map<String, byte[]> files = PictureCorpus.readable();
    assertThat(rgb(files.get("animated-gif"))).isEqualTo(rgb(files.get("gif")));
  }

  /** EXIF says the same in a PNG, a TIFF and a JPEG. */
  @Test
  void orientationIsReadFromEveryKindThatHasOne() throws IOException {
    byte[] row = {1, 2, 3, 4, 5};
    Pixels turned =
        decode(Tiffs.grey(row, Map.of(Tiffs.ORIENTATION, 3)), LimitsConfig.DEFAULT); // upside down
    assertThat(turned.rgb_HWC()).startsWith(5, 5, 5, 4).endsWith(2, 1, 1, 1);
    Map<String, byte[]> files = PictureCorpus.readable();
    byte[] upright =
        Orientation.upright(decode(files.get("png"), LimitsConfig.DEFAULT), 6).rgb_HWC();
    assertThat(rgb(files.get("exif-6-png 47 x 61"))).isEqualTo(upright);
  }

  @Test
  void limitsAreThoseOfTheConfiguration() throws IOException {
    byte[] png = PictureCorpus.readable().get("png");
    LimitsConfig pixels =
        Binder.of(
            LimitsConfig.class, "pixels=" + (61 * 47 - 1), "image_bytes=1000000", "text_bytes=1");
    assertThatThrownBy(() -> decode(png, pixels))
        .hasMessageContaining("61 x 47 pixels; data.limits.pixels allows 2,866");
    LimitsConfig bytes =
        Binder.of(
            LimitsConfig.class,
            "pixels=1000000",
            "image_bytes=" + (png.length - 1),
            "text_bytes=1");
    assertThatThrownBy(() -> decode(png, bytes))
        .hasMessageContaining("bytes; data.limits.image_bytes allows");
    LimitsConfig exact =
        Binder.of(
            LimitsConfig.class, "pixels=" + (61 * 47), "image_bytes=" + png.length, "text_bytes=1");
    assertThat(decode(png, exact).width()).isEqualTo(61);
  }

  /** Whoever opened it would wait for ever. */
  @Test
  void aPipeIsNoPicture() throws IOException, InterruptedException {
    Path pipe = folder.resolve("pipe.jpg");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")), "no mkfifo here");
    assertThat(new ProcessBuilder("/usr/bin/mkfifo", pipe.toString()).start().waitFor()).isZero();
    Assertions.assertTimeoutPreemptively(
        Duration.ofMinutes(1),
        () ->
            assertThatThrownBy(() -> ImageDecoder.decode(pipe))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot read image (not a regular file): " + pipe));
  }

  @Test
  void damageIsSurvived() throws IOException {
    int refused = fuzz(folder).run(0, Fuzz.CASES);
    assertThat(refused).isBetween(Fuzz.CASES / 4, Fuzz.CASES);
  }

  /** Lengths stay, so that the damage reaches native code, which would end the process. */
  @Test
  void damageInThePixelsOfAWebpIsSurvived() throws IOException {
    List<byte[]> whole =
        PictureCorpus.readable().entrySet().stream()
            .filter(each -> each.getKey().contains("webp"))
            .map(Map.Entry::getValue)
            .toList();
    int read = 0;
    for (int seed = 0; seed < Fuzz.CASES; seed++) {
      Random random = new Random(seed);
      byte[] file = whole.get(seed % whole.size()).clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        file[20 + random.nextInt(file.length - 20)] = (byte) random.nextInt();
      }
      read += isRead(folder, file, "WebP, seed " + seed) ? 1 : 0;
    }
    assertThat(read).isBetween(Fuzz.CASES / 4, Fuzz.CASES);
  }

  private static byte[] rgb(byte[] file) throws IOException {
    return decode(file, LimitsConfig.DEFAULT).rgb_HWC();
  }

  private static Pixels decode(byte[] file, LimitsConfig limits) throws IOException {
    Path path = Files.createTempFile("picture", ".bin");
    try {
      return ImageDecoder.decode(Files.write(path, file), limits);
    } finally {
      Files.delete(path);
    }
  }
}
