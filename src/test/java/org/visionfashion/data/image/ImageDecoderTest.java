package org.visionfashion.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Point;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {

  private static final BufferedImage DRAWING = TestPictures.drawing(61, 47, 7);
  private static final byte[] JPEG = TestPictures.encode(DRAWING, "jpg");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "tiff"})
  void losslessFormatsKeepEveryPixel(String format) throws IOException {
    Pixels pixels = decode(TestPictures.encode(DRAWING, format));
    assertThat(pixels.width()).isEqualTo(61);
    assertThat(pixels.height()).isEqualTo(47);
    assertThat(pixels.rgb_HWC()).isEqualTo(slowRgb(DRAWING));
  }

  @Test
  void pathStreamAndImageAgree() throws IOException {
    byte[] png = TestPictures.encode(DRAWING, "png");
    Path file = Files.write(folder.resolve("a.png"), png);
    assertThat(ImageDecoder.decode(file).rgb_HWC())
        .isEqualTo(decode(png).rgb_HWC())
        .isEqualTo(ImageDecoder.decode(DRAWING).rgb_HWC());
  }

  @Test
  void jpegIsCloseToWhatWasDrawn() throws IOException {
    byte[] jpeg = Jpegs.progressive(DRAWING);
    assertThat(meanDifference(decode(jpeg), slowRgb(DRAWING))).isLessThan(4);
    assertThat(meanDifference(decode(JPEG), slowRgb(DRAWING))).isLessThan(8);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_3BYTE_BGR,
        BufferedImage.TYPE_4BYTE_ABGR,
        BufferedImage.TYPE_4BYTE_ABGR_PRE,
        BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_INT_ARGB_PRE,
        BufferedImage.TYPE_INT_BGR
      })
  void everyLayoutInMemoryGivesTheSamePixels(int type) {
    BufferedImage image = new BufferedImage(61, 47, type);
    Graphics2D g = image.createGraphics();
    g.drawImage(DRAWING, 0, 0, null);
    g.dispose();
    assertThat(ImageDecoder.decode(image).rgb_HWC()).isEqualTo(slowRgb(DRAWING));
    assertThat(ImageDecoder.decode(image.getSubimage(5, 9, 31, 20)).rgb_HWC())
        .isEqualTo(slowRgb(DRAWING.getSubimage(5, 9, 31, 20)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg"})
  void greyKeepsItsLevels(String format) throws IOException {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
    WritableRaster raster = image.getRaster();
    for (int i = 0; i < 256; i++) {
      raster.setSample(i % 16, i / 16, 0, 128);
    }
    for (byte value : decode(TestPictures.encode(image, format)).rgb_HWC()) {
      assertThat(value & 0xFF).isEqualTo(128);
    }
  }

  @Test
  void paletteIsLookedUp() throws IOException {
    byte[] red = {10, (byte) 200};
    byte[] green = {20, (byte) 210};
    byte[] blue = {30, (byte) 220};
    IndexColorModel palette = new IndexColorModel(1, 2, red, green, blue);
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY, palette);
    image.getRaster().setSample(1, 0, 0, 1);
    for (String format : List.of("png", "gif")) {
      assertThat(decode(TestPictures.encode(image, format)).rgb_HWC())
          .as(format)
          .containsExactly(10, 20, 30, 200, 210, 220);
    }
  }

  @Test
  void whatIsTransparentLiesOnWhite() throws IOException {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x00123456);
    image.setRGB(1, 0, 0xFF0A141E);
    image.setRGB(2, 0, 0x330A141E); // a fifth: (10, 20, 30) / 5 + 204
    assertThat(decode(TestPictures.encode(image, "png")).rgb_HWC())
        .containsExactly(255, 255, 255, 10, 20, 30, 206, 208, 210);
  }

  @Test
  void transparentGreyLiesOnWhite() {
    BufferedImage image = samples(ColorSpace.CS_GRAY, DataBuffer.TYPE_BYTE, true, 100, 51);
    assertThat(ImageDecoder.decode(image).rgb_HWC()).containsExactly(224, 224, 224);
  }

  @Test
  void sixteenBitsKeepTheUpperEight() throws IOException {
    BufferedImage rgb =
        samples(ColorSpace.CS_sRGB, DataBuffer.TYPE_USHORT, false, 0x01FF, 0x80FF, 0xFEFF);
    BufferedImage grey = samples(ColorSpace.CS_GRAY, DataBuffer.TYPE_USHORT, false, 0x7FFF);
    BufferedImage clear =
        samples(ColorSpace.CS_sRGB, DataBuffer.TYPE_USHORT, true, 0x0A00, 0x1400, 0x1E00, 0x3300);
    assertThat(decode(TestPictures.encode(rgb, "png")).rgb_HWC()).containsExactly(1, 128, 254);
    assertThat(decode(TestPictures.encode(grey, "png")).rgb_HWC()).containsExactly(127, 127, 127);
    assertThat(decode(TestPictures.encode(clear, "png")).rgb_HWC()).containsExactly(206, 208, 210);
  }

  /** EXIF 2.3: where the stored row 0 and column 0 lie in the upright picture. */
  @ParameterizedTest
  @CsvSource({
    "1, top, left", "2, top, right", "3, bottom, right", "4, bottom, left",
    "5, left, top", "6, right, top", "7, right, bottom", "8, left, bottom"
  })
  void orientationTurnsThePictureUpright(int orientation, String row0, String column0)
      throws IOException {
    BufferedImage stored = new BufferedImage(48, 32, BufferedImage.TYPE_INT_RGB);
    fill(stored, 0, 0, Color.RED); // row 0, column 0
    fill(stored, 24, 0, Color.GREEN); // row 0
    fill(stored, 0, 16, Color.BLUE); // column 0
    fill(stored, 24, 16, Color.WHITE);
    byte[] jpeg = Jpegs.with(Jpegs.progressive(stored), Jpegs.APP1, Jpegs.exif(orientation));
    Pixels upright = decode(jpeg);

    boolean turned = orientation > 4;
    assertThat(upright.width()).isEqualTo(turned ? 32 : 48);
    assertThat(upright.height()).isEqualTo(turned ? 48 : 32);
    assertColour(upright, row0, column0, Color.RED);
    assertColour(upright, row0, opposite(column0), Color.GREEN);
    assertColour(upright, opposite(row0), column0, Color.BLUE);
    assertColour(upright, opposite(row0), opposite(column0), Color.WHITE);
  }

  @Test
  void orientationMovesEverySinglePixel() {
    Pixels stored = TestPictures.noise(5, 3, 11);
    for (int orientation = 1; orientation <= 8; orientation++) {
      byte[] upright = Orientation.upright(stored, orientation).rgb_HWC();
      byte[] twice =
          Orientation.upright(
                  Orientation.upright(stored, orientation), INVERSE_ORIENTATION[orientation])
              .rgb_HWC();
      assertThat(twice).as("orientation %d", orientation).isEqualTo(stored.rgb_HWC());
      if (orientation > 1) {
        assertThat(upright).isNotEqualTo(stored.rgb_HWC());
      }
    }
    assertThat(Orientation.upright(stored, 0)).isSameAs(stored);
    assertThat(Orientation.upright(stored, 9)).isSameAs(stored);
  }

  /** All are their own inverses but the two quarter turns. */
  private static final int[] INVERSE_ORIENTATION = {0, 1, 2, 3, 4, 5, 8, 7, 6};

  @Test
  void inksBecomeLight() throws IOException {
    byte[] plain = Jpegs.fourChannels(16, 16, 255, 102, 0, 51); // C 1, M .4, Y 0, K .2
    byte[] inverted =
        Jpegs.with(
            Jpegs.fourChannels(16, 16, 0, 153, 255, 204), Jpegs.APP14, Jpegs.adobe(0)); // the same
    assertThat(decode(plain).rgb_HWC()).startsWith(0, 122, 204); // .6 * .8 = .48, 1 * .8
    assertThat(decode(inverted).rgb_HWC()).isEqualTo(decode(plain).rgb_HWC());
  }

  @Test
  void ycckBecomesLight() throws IOException {
    // Cyan ink stored as Y, Cb, Cr of (ink C, M, Y) = (255, 0, 0): 76, 85, 255; no black.
    byte[] ycck =
        Jpegs.with(Jpegs.fourChannels(16, 16, 76, 85, 255, 255), Jpegs.APP14, Jpegs.adobe(2));
    Pixels pixels = decode(ycck);
    assertThat(pixels.rgb_HWC()[0] & 0xFF).isCloseTo(0, within(3));
    assertThat(pixels.rgb_HWC()[1] & 0xFF).isCloseTo(255, within(3));
    assertThat(pixels.rgb_HWC()[2] & 0xFF).isCloseTo(255, within(3));
  }

  @Test
  void metadataDoNotChangeThePixels() throws IOException {
    byte[] expected = decode(JPEG).rgb_HWC();
    byte[] linear = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
    byte[] garbage = "no profile at all".getBytes(StandardCharsets.US_ASCII);
    byte[] exif = Arrays.copyOf(Jpegs.exif(6), 12); // cut within the directory
    SoftAssertions.assertSoftly(
        softly -> {
          assertSame(softly, expected, Jpegs.with(JPEG, Jpegs.APP2, Jpegs.profile(linear)));
          assertSame(softly, expected, Jpegs.with(JPEG, Jpegs.APP2, Jpegs.profile(garbage)));
          assertSame(softly, expected, Jpegs.with(JPEG, Jpegs.APP1, exif));
          byte[] camera = Jpegs.with(Jpegs.withoutJfif(JPEG), Jpegs.APP1, Jpegs.exif(1));
          assertSame(softly, expected, camera);
        });
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.3, 0.6, 0.9, 0.95})
  void aFileCutShortIsBroken(double share) throws IOException {
    for (byte[] file :
        List.of(
            JPEG,
            Jpegs.progressive(DRAWING),
            TestPictures.encode(DRAWING, "png"),
            TestPictures.encode(DRAWING, "bmp"))) {
      Path path = Files.write(folder.resolve("cut"), Jpegs.upTo(file, share));
      assertThatThrownBy(() -> ImageDecoder.decode(path))
          .as("file of %d bytes", file.length)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("broken image (")
          .hasMessageEndingWith("): " + path)
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void aJpegCutShortAndEndedProperlyIsBroken() {
    byte[] cut = Jpegs.upTo(JPEG, 0.7);
    cut[cut.length - 2] = (byte) 0xFF;
    cut[cut.length - 1] = (byte) 0xD9;
    assertThatThrownBy(() -> decode(cut))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("truncated");
  }

  @Test
  void aJpegWithoutItsEndIsBroken() {
    byte[] cut = Arrays.copyOf(JPEG, JPEG.length - 2);
    assertThatThrownBy(() -> decode(cut))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("truncated");
  }

  @Test
  void whatFollowsTheEndOfAJpegDoesNotMatter() throws IOException {
    byte[] longer = Arrays.copyOf(JPEG, JPEG.length + 1000);
    assertThat(decode(longer).rgb_HWC()).isEqualTo(decode(JPEG).rgb_HWC());
  }

  @Test
  void whatIsNoImageIsNamed() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.jpg"));
    Path text = Files.writeString(folder.resolve("text.jpg"), "<html>not found</html>");
    Path missing = folder.resolve("missing.jpg");
    assertThatThrownBy(() -> ImageDecoder.decode(empty)).hasMessage("empty image: " + empty);
    assertThatThrownBy(() -> ImageDecoder.decode(text))
        .hasMessage(
            "broken image (an HTML page, not a JPEG, PNG, WebP, GIF, BMP or TIFF file): " + text);
    assertThatThrownBy(() -> ImageDecoder.decode(missing)).hasMessage("no such image: " + missing);
    assertThatThrownBy(() -> ImageDecoder.decode(folder))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot read image (")
        .hasMessageEndingWith(folder.toString());
  }

  @Test
  void anAbsurdSizeIsRefusedBeforeMemoryIsAskedFor() {
    byte[] png = TestPictures.encode(DRAWING, "png");
    byte[] huge = png.clone();
    huge[16] = huge[20] = 0x00; // width and height of the header chunk
    huge[17] = huge[21] = 0x7F;
    assertThatThrownBy(() -> decode(huge)).isInstanceOf(IOException.class);
  }

  @Test
  void damageNeverLeavesAsAnythingButAnIoException() {
    List<byte[]> files =
        List.of(JPEG, Jpegs.progressive(DRAWING), TestPictures.encode(DRAWING, "png"));
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      byte[] damaged = files.get((int) (seed % files.size())).clone();
      for (int i = 0; i < 4; i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      try {
        assertThat(decode(damaged).rgb_HWC()).as("seed %d", seed).isNotEmpty();
      } catch (IOException e) {
        assertThat(e).as("seed %d", seed).hasMessageContaining("input stream");
      }
    }
  }

  @Test
  void threadsDoNotDisturbEachOther() {
    List<byte[]> files =
        IntStream.range(0, 8)
            .mapToObj(i -> TestPictures.encode(TestPictures.drawing(40 + i, 30, i), "jpg"))
            .toList();
    List<byte[]> expected = files.stream().map(ImageDecoderTest::rgb).toList();
    List<byte[]> parallel =
        IntStream.range(0, 160).parallel().mapToObj(i -> rgb(files.get(i % 8))).toList();
    for (int i = 0; i < parallel.size(); i++) {
      assertThat(parallel.get(i)).isEqualTo(expected.get(i % 8));
    }
  }

  private static Pixels decode(byte[] file) throws IOException {
    return ImageDecoder.decode(new ByteArrayInputStream(file));
  }

  private static byte[] rgb(byte[] file) {
    try {
      return decode(file).rgb_HWC();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertSame(SoftAssertions softly, byte[] expected, byte[] file) {
    softly.assertThat(rgb(file)).isEqualTo(expected);
  }

  /** The oracle: pixel by pixel through Java's colour model. */
  private static byte[] slowRgb(BufferedImage image) {
    byte[] rgb = new byte[3 * image.getWidth() * image.getHeight()];
    for (int i = 0; i < rgb.length; i++) {
      int pixel = i / 3;
      int argb = image.getRGB(pixel % image.getWidth(), pixel / image.getWidth());
      rgb[i] = (byte) (argb >> (16 - 8 * (i % 3)));
    }
    return rgb;
  }

  private static double meanDifference(Pixels pixels, byte[] expected) {
    return IntStream.range(0, expected.length)
        .map(i -> Math.abs((pixels.rgb_HWC()[i] & 0xFF) - (expected[i] & 0xFF)))
        .average()
        .orElseThrow();
  }

  /** One pixel of these samples. */
  private static BufferedImage samples(int space, int type, boolean alpha, int... values) {
    ColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(space),
            alpha,
            false,
            alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
            type);
    WritableRaster raster = Raster.createInterleavedRaster(type, 1, 1, values.length, new Point());
    raster.setPixel(0, 0, values);
    return new BufferedImage(model, raster, false, null);
  }

  private static void fill(BufferedImage image, int x, int y, Color colour) {
    Graphics2D g = image.createGraphics();
    g.setColor(colour);
    g.fillRect(x, y, 24, 16);
    g.dispose();
  }

  private static String opposite(String side) {
    return switch (side) {
      case "top" -> "bottom";
      case "bottom" -> "top";
      case "left" -> "right";
      default -> "left";
    };
  }

  /** Looks well inside the corner between two sides. */
  private static void assertColour(Pixels pixels, String side, String otherSide, Color colour) {
    List<String> sides = List.of(side, otherSide);
    int x = sides.contains("left") ? 4 : pixels.width() - 5;
    int y = sides.contains("top") ? 4 : pixels.height() - 5;
    int at = 3 * (y * pixels.width() + x);
    byte[] rgb = pixels.rgb_HWC();
    assertThat(rgb[at] & 0xFF).as("red at %s", sides).isCloseTo(colour.getRed(), within(8));
    assertThat(rgb[at + 1] & 0xFF).as("green at %s", sides).isCloseTo(colour.getGreen(), within(8));
    assertThat(rgb[at + 2] & 0xFF).as("blue at %s", sides).isCloseTo(colour.getBlue(), within(8));
  }
}
