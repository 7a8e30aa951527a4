package org.visionfashion.data.check;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Pictures that look like nothing else, and what people do to pictures. */
final class TestPictures {

  private TestPictures() {}

  /** Forty ellipses of any colour, 120 x 160 pixels; another seed, another picture. */
  static BufferedImage picture(long seed) {
    Random random = new Random(seed);
    BufferedImage image = new BufferedImage(120, 160, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    for (int i = 0; i < 40; i++) {
      graphics.setColor(new Color(random.nextInt(1 << 24)));
      int width = 10 + random.nextInt(60);
      int height = 10 + random.nextInt(60);
      graphics.fillOval(random.nextInt(120) - 20, random.nextInt(160) - 20, width, height);
    }
    graphics.dispose();
    return image;
  }

  /** One colour all over. */
  static BufferedImage plain(Color color, int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(color);
    graphics.fillRect(0, 0, width, height);
    graphics.dispose();
    return image;
  }

  /** Drawn at another size; a negative width mirrors. */
  static BufferedImage resized(BufferedImage source, int width, int height) {
    BufferedImage image = new BufferedImage(Math.abs(width), height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(source, width < 0 ? -width : 0, 0, width, height, null);
    graphics.dispose();
    return image;
  }

  /** Without this share of both lengths, half of it on each side. */
  static BufferedImage cropped(BufferedImage source, double share) {
    int x = (int) Math.round(source.getWidth() * share / 2);
    int y = (int) Math.round(source.getHeight() * share / 2);
    return source.getSubimage(x, y, source.getWidth() - 2 * x, source.getHeight() - 2 * y);
  }

  static Path jpeg(BufferedImage image, double quality, Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.deleteIfExists(file);
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(file.toFile())) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality((float) quality);
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } finally {
      writer.dispose();
    }
    return file;
  }

  static Path png(BufferedImage image, Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    ImageIO.write(image, "png", file.toFile());
    return file;
  }
}
