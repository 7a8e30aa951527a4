package org.visionfashion.data.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.visionfashion.config.ModelConfig.Resampling;

/**
 * Ways to spoil a picture as the world does (after Hendrycks and Dietterich 2019, Benchmarking
 * Neural Network Robustness to Common Corruptions and Perturbations). Deterministic.
 */
public enum Perturbation {
  /** Compressed as JPEG at quality 30 of 100. */
  JPEG_30 {
    @Override
    public Pixels apply(Pixels source, int height, int width) {
      return jpeg(source, 0.3f);
    }
  },
  /** Gaussian, with a standard deviation of a hundredth of the shorter side. */
  BLUR {
    @Override
    public Pixels apply(Pixels source, int height, int width) {
      return new GaussianBlur(Math.min(source.width(), source.height()) / 100.0).apply(source);
    }
  },
  /** Without colour: luma as in ITU-R BT.601. */
  GREY {
    @Override
    public Pixels apply(Pixels source, int height, int width) {
      byte[] rgb = source.rgb_HWC().clone();
      for (int i = 0; i < rgb.length; i += Pixels.CHANNELS) {
        int luma = 299 * (rgb[i] & 0xFF) + 587 * (rgb[i + 1] & 0xFF) + 114 * (rgb[i + 2] & 0xFF);
        byte grey = (byte) ((luma + 500) / 1000);
        rgb[i] = grey;
        rgb[i + 1] = grey;
        rgb[i + 2] = grey;
      }
      return new Pixels(source.width(), source.height(), rgb);
    }
  },
  /** Half as many pixels a side as the model takes. */
  HALF_RESOLUTION {
    @Override
    public Pixels apply(Pixels source, int height, int width) {
      double scale =
          Math.max((double) height / source.height(), (double) width / source.width()) / 2;
      int side = (int) Math.ceil(scale * Math.min(source.width(), source.height()));
      return new Reduction(Math.max(1, side), Resampling.BICUBIC).apply(source);
    }
  },
  /** Left becomes right. */
  MIRRORED {
    @Override
    public Pixels apply(Pixels source, int height, int width) {
      byte[] from = source.rgb_HWC();
      byte[] rgb = new byte[from.length];
      int row = Pixels.CHANNELS * source.width();
      for (int y = 0; y < source.height(); y++) {
        for (int x = 0; x < row; x += Pixels.CHANNELS) {
          int to = (y + 1) * row - x - Pixels.CHANNELS;
          System.arraycopy(from, y * row + x, rgb, to, Pixels.CHANNELS);
        }
      }
      return new Pixels(source.width(), source.height(), rgb);
    }
  };

  /**
   * Spoils a picture.
   *
   * @param source is left as it is
   * @param height of the model's input in pixels
   * @param width of the model's input in pixels
   */
  public abstract Pixels apply(Pixels source, int height, int width);

  /** As people write it, for example {@code half resolution}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static Pixels jpeg(Pixels source, float quality) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(bytes)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality(quality);
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image(source), null, null), parameters);
      stream.flush();
      return ImageDecoder.decode(new ByteArrayInputStream(bytes.toByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    } finally {
      writer.dispose();
    }
  }

  private static BufferedImage image(Pixels source) {
    BufferedImage image =
        new BufferedImage(source.width(), source.height(), BufferedImage.TYPE_INT_RGB);
    int[] row = new int[source.width()];
    byte[] rgb = source.rgb_HWC();
    for (int y = 0, i = 0; y < source.height(); y++) {
      for (int x = 0; x < row.length; x++, i += Pixels.CHANNELS) {
        row[x] = (rgb[i] & 0xFF) << 16 | (rgb[i + 1] & 0xFF) << 8 | (rgb[i + 2] & 0xFF);
      }
      image.setRGB(0, y, row.length, 1, row, 0, row.length);
    }
    return image;
  }
}
