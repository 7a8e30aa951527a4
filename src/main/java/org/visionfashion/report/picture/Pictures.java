package org.visionfashion.report.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.config.ModelConfig.Resampling;
import org.visionfashion.data.Picture;
import org.visionfashion.data.image.Box;
import org.visionfashion.data.image.ImageDecoder;
import org.visionfashion.data.image.Pixels;
import org.visionfashion.data.image.Resize;

/** Pictures for a page: files at its size, images as text. */
public final class Pictures {

  private static final int OPAQUE = 0xFF000000;
  private static final float QUALITY = 0.78f;

  private Pictures() {}

  /** A picture reduced to a height; nothing where the file cannot be read. */
  public static Optional<BufferedImage> read(Picture picture, int height, LimitsConfig limits) {
    try {
      return Optional.of(reduced(ImageDecoder.decode(picture, limits), height));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static BufferedImage reduced(Pixels source, int height) {
    int width = Math.max(1, Math.min(2 * height, height * source.width() / source.height()));
    byte[] rgb_CHW = new byte[Pixels.CHANNELS * width * height];
    new Resize(width, height, Resampling.BICUBIC)
        .apply(source, Box.of(source), new Box(0, 0, width, height), rgb_CHW, 0);
    return image(rgb_CHW, width, height);
  }

  /** An image of planes R, G, B. */
  public static BufferedImage image(byte[] rgb_CHW, int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int plane = width * height;
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int i = y * width + x;
        row[x] =
            OPAQUE
                | (rgb_CHW[i] & 0xFF) << 16
                | (rgb_CHW[plane + i] & 0xFF) << 8
                | (rgb_CHW[2 * plane + i] & 0xFF);
      }
      image.setRGB(0, y, width, 1, row, 0, width);
    }
    return image;
  }

  /** A JPEG as a {@code data:} URI. */
  public static String uri(BufferedImage image) {
    return "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(bytes(image));
  }

  private static byte[] bytes(BufferedImage image) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(QUALITY);
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), param);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
