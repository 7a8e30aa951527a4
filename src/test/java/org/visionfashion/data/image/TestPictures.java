package org.visionfashion.data.image;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Random;
import java.util.random.RandomGenerator;
import javax.imageio.ImageIO;

/** Pictures for the tests of this package and its neighbours. */
public final class TestPictures {

  private TestPictures() {}

  /** Independent random bytes: the hardest input for a resampler. */
  public static Pixels noise(int width, int height, long seed) {
    byte[] rgb = new byte[3 * width * height];
    new Random(seed).nextBytes(rgb);
    return new Pixels(width, height, rgb);
  }

  /** Something smooth with edges, which survives JPEG. */
  public static BufferedImage drawing(int width, int height, long seed) {
    RandomGenerator random = new Random(seed);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setPaint(new GradientPaint(0, 0, colour(random), width, height, colour(random)));
    g.fillRect(0, 0, width, height);
    for (int i = 0; i < 6; i++) {
      g.setPaint(colour(random));
      g.fillOval(
          random.nextInt(width),
          random.nextInt(height),
          1 + random.nextInt(width),
          1 + random.nextInt(height));
    }
    g.dispose();
    return image;
  }

  /** A file that another program wrote, see pictures/README.md among the tests' resources. */
  static byte[] file(String name) {
    try (InputStream stream = TestPictures.class.getResourceAsStream("/pictures/" + name)) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static byte[] encode(BufferedImage image, String format) {
    var bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, bytes)) {
        throw new IllegalArgumentException("no writer of " + format + " for this image");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static Color colour(RandomGenerator random) {
    return new Color(random.nextInt(0x1000000));
  }
}
