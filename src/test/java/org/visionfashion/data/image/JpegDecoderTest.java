package org.visionfashion.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.visionfashion.base.UserError;
import org.visionfashion.config.Binder;
import org.visionfashion.config.JpegLibrary;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.config.ModelConfig.Resampling;
import org.visionfashion.fuzz.Damage;

/** ImageIO is the oracle of libjpeg-turbo. */
class JpegDecoderTest {

  private static final LimitsConfig IMAGEIO = Binder.of(LimitsConfig.class, "jpeg=imageio");
  private static final LimitsConfig TURBOJPEG = Binder.of(LimitsConfig.class, "jpeg=turbojpeg");
  private static final int SIDE = 64;
  private static final Transform TRANSFORM = new EvalTransform(SIDE, SIDE, Resampling.BICUBIC);

  @Test
  void aLibraryThatIsNotThereIsNotUsedAndTheRemedyNamed() {
    TurboJpeg.Search search = TurboJpeg.search(List.of("no-such-library"));
    assertThat(search.found()).isEmpty();
    assertThat(search.reason()).contains("libturbojpeg0");
    assertThat(JpegDecoder.library(JpegLibrary.AUTO, search)).isEmpty();
    assertThatThrownBy(() -> JpegDecoder.library(JpegLibrary.TURBOJPEG, search))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("data.limits.jpeg")
        .hasMessageContaining("libturbojpeg0");
  }

  @Test
  void imageIoDecodesEveryPixel() throws IOException {
    byte[] jpeg = jpeg(800, 1101);
    PixelRows rows = decode(jpeg, IMAGEIO, TRANSFORM);
    assertThat(rows.reduction()).isEqualTo(1);
    assertThat(rows).isInstanceOf(Pixels.class);
  }

  /** A kind that libjpeg-turbo may know and Java does not: the machine must not decide. */
  @ParameterizedTest
  @ValueSource(ints = {0xC9, 0xCA, 0xC3})
  void anotherProcessIsLeftToImageIo(int marker) {
    byte[] jpeg = jpeg(61, 47);
    int frame = 2;
    while (jpeg[frame] != (byte) 0xFF || jpeg[frame + 1] != (byte) 0xC0) {
      frame++;
    }
    jpeg[frame + 1] = (byte) marker;
    assertThat(JpegFile.parse(jpeg).frame().isOrdinary()).isFalse();
    jpeg[frame + 1] = (byte) 0xC0;
    assertThat(JpegFile.parse(jpeg).frame()).isEqualTo(new JpegFile.Frame(0xC0, 8, 47, 61, 3));
    jpeg[frame + 4] = 12;
    assertThat(JpegFile.parse(jpeg).frame().isOrdinary()).isFalse();
  }

  /** JFIF says YCbCr; what Adobe's segment says beside it does not count (libjpeg, Pillow). */
  @Test
  void adobeDoesNotChangeTheColoursOfJfif() throws IOException {
    byte[] jpeg = jpeg(61, 47);
    byte[] both = Jpegs.with(jpeg, Jpegs.APP14, Jpegs.adobe(0));
    byte[] expected = ((Pixels) decode(jpeg, IMAGEIO, Detail.FULL)).rgb_HWC();
    for (LimitsConfig limits : List.of(IMAGEIO, LimitsConfig.DEFAULT)) {
      assertThat(((Pixels) decode(both, limits, Detail.FULL)).rgb_HWC()).isEqualTo(expected);
    }
  }

  /** What the transforms ask for. */
  @ParameterizedTest
  @CsvSource({
    // picture w, h; target w, h; reduction
    "750, 1101, 224, 224, 1", // 3.3 pixels for one
    "895, 2000, 224, 224, 1",
    "896, 2000, 224, 224, 2", // 4
    "2000, 896, 224, 224, 2",
    "3000, 4000, 224, 224, 4", // 13.4
    "4000, 3600, 224, 224, 8", // 16.1
    "750, 1101, 64, 96, 4", // 11.5 down, 11.7 across
    "100, 100, 224, 224, 1"
  })
  void twoSamplesAreLeftForEachPixelOfTheResult(
      int width, int height, int targetWidth, int targetHeight, int expected) {
    Detail detail = new EvalTransform(targetHeight, targetWidth, Resampling.BICUBIC);
    assertThat(detail.reduction(width, height)).isEqualTo(expected);
  }

  @Nested
  class WithTheLibrary {

    @BeforeEach
    void isThere() {
      assumeTrue(TurboJpeg.SEARCH.found().isPresent(), "libjpeg-turbo: not installed");
    }

    @Test
    void givesThePixelsOfImageIo() throws IOException {
      for (Map.Entry<String, byte[]> each : jpegs().entrySet()) {
        Pixels fast = (Pixels) decode(each.getValue(), TURBOJPEG, Detail.FULL);
        Pixels slow = (Pixels) decode(each.getValue(), IMAGEIO, Detail.FULL);
        assertThat(fast.width()).as(each.getKey()).isEqualTo(slow.width());
        assertThat(fast.rgb_HWC()).as(each.getKey()).isEqualTo(slow.rgb_HWC());
      }
    }

    /** And it decodes the ordinary ones itself. */
    @Test
    void isUsed() throws IOException {
      TurboJpeg library = TurboJpeg.SEARCH.found().orElseThrow();
      for (byte[] jpeg :
          List.of(jpeg(61, 47), Jpegs.progressive(TestPictures.drawing(61, 47, 7)))) {
        Optional<Pixels> half = library.decode(JpegFile.parse(jpeg), 2);
        assertThat(half.orElseThrow().width()).isEqualTo(31);
        assertThat(half.orElseThrow().height()).isEqualTo(24);
      }
      byte[] cut = Jpegs.upTo(jpeg(61, 47), 0.7);
      assertThat(library.decode(JpegFile.parse(cut), 1)).isEmpty();
    }

    /** What one refuses, the other refuses; what they read is the same. */
    @Test
    void damagedFilesAreReadAlike() {
      Damage damage =
          new Damage(
              "\u00FF\u00DA", "\u00FF\u00C2", "\u00FF\u00C4", "\u00FF\u00D9", "\u00FF\u00DD");
      List<byte[]> whole = List.copyOf(jpegs().values());
      int refused = 0;
      for (long seed = 0; seed < 200; seed++) {
        byte[] file = damage.of(whole.get((int) (seed % whole.size())), new Random(seed));
        Optional<byte[]> slow = pixels(file, IMAGEIO);
        Optional<byte[]> fast = pixels(file, TURBOJPEG);
        assertThat(fast.isPresent()).as("seed %d", seed).isEqualTo(slow.isPresent());
        if (slow.isPresent()) {
          assertThat(fast.orElseThrow()).as("seed %d", seed).isEqualTo(slow.orElseThrow());
        } else {
          refused++;
        }
      }
      assertThat(refused).isBetween(50, 190);
    }

    @Test
    void threadsDoNotDisturbEachOther() throws IOException {
      List<byte[]> files = List.of(jpeg(300, 411), jpeg(523, 702), jpeg(64, 64));
      List<byte[]> expected = new ArrayList<>();
      for (byte[] file : files) {
        expected.add(input(decode(file, TURBOJPEG, TRANSFORM)));
      }
      List<byte[]> parallel =
          IntStream.range(0, 60)
              .parallel()
              .mapToObj(i -> input(reduced(files.get(i % 3))))
              .toList();
      for (int i = 0; i < parallel.size(); i++) {
        assertThat(parallel.get(i)).isEqualTo(expected.get(i % 3));
      }
    }

    /** Sizes that no reduction divides, and tall and wide ones. */
    @ParameterizedTest
    @CsvSource({"300, 411, 2", "523, 702, 4", "1101, 1750, 8", "1040, 1030, 8", "2100, 515, 4"})
    void reducedPicturesGiveNearlyTheSameInput(int width, int height, int reduction)
        throws IOException {
      byte[] jpeg = jpeg(width, height);
      PixelRows reduced = decode(jpeg, TURBOJPEG, TRANSFORM);
      assertThat(reduced.reduction()).isEqualTo(reduction);
      assertThat(reduced.width()).isEqualTo(width);
      assertThat(reduced.height()).isEqualTo(height);
      assertIsClose(reduced, decode(jpeg, IMAGEIO, Detail.FULL));
    }

    /** Turned pictures are reduced only as far as their sides can be divided. */
    @ParameterizedTest
    @CsvSource({"2, 1024, 1032, 8", "3, 1025, 1030, 1", "6, 522, 300, 2", "8, 516, 820, 4"})
    void turnedPicturesToo(int orientation, int width, int height, int reduction)
        throws IOException {
      byte[] jpeg = Jpegs.with(jpeg(width, height), Jpegs.APP1, Jpegs.exif(orientation));
      PixelRows reduced = decode(jpeg, TURBOJPEG, TRANSFORM);
      assertThat(reduced.reduction()).isEqualTo(reduction);
      assertThat(reduced.width()).isEqualTo(orientation > 4 ? height : width);
      assertIsClose(reduced, decode(jpeg, IMAGEIO, Detail.FULL));
    }
  }

  private static void assertIsClose(PixelRows reduced, PixelRows whole) {
    Levels levels = Levels.between(input(reduced), input(whole));
    assertThat(levels.mean()).as("%s", levels).isLessThan(0.5);
    assertThat(levels.nearlyAll()).as("%s", levels).isLessThanOrEqualTo(8);
  }

  private static byte[] input(PixelRows picture) {
    byte[] input_CHW = new byte[TRANSFORM.size()];
    TRANSFORM.apply(picture, new SplittableRandom(0), input_CHW, 0);
    return input_CHW;
  }

  /** Those of the corpus. */
  private static Map<String, byte[]> jpegs() {
    Map<String, byte[]> files = PictureCorpus.readable();
    files.keySet().removeIf(name -> !name.contains("jpeg") || name.contains("huge"));
    return files;
  }

  private static byte[] jpeg(int width, int height) {
    BufferedImage drawing = TestPictures.drawing(width, height, 7);
    return TestPictures.encode(drawing, "jpg");
  }

  private static Optional<byte[]> pixels(byte[] file, LimitsConfig limits) {
    try {
      return Optional.of(((Pixels) decode(file, limits, Detail.FULL)).rgb_HWC());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static PixelRows reduced(byte[] jpeg) {
    try {
      return decode(jpeg, TURBOJPEG, TRANSFORM);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PixelRows decode(byte[] jpeg, LimitsConfig limits, Detail detail)
      throws IOException {
    return ImageDecoder.decode(new InMemory(jpeg), limits, detail);
  }
}
