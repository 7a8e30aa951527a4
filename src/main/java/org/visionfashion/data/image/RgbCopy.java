package org.visionfashion.data.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DirectColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;

/**
 * A {@link BufferedImage} of any kind to RGB bytes.
 *
 * <p>Samples are taken as they are stored: {@link BufferedImage#getRGB} would lighten grey
 * pictures, whose colour space Java takes for a linear one.
 */
final class RgbCopy {

  private static final int WHITE = 255;
  private static final int OPAQUE = 255;

  private RgbCopy() {}

  static Pixels of(BufferedImage image) {
    if (isInks(image)) {
      return Cmyk.toRgb(image.getRaster(), JpegFile.NO_ADOBE);
    }
    byte[] rgb = new byte[Pixels.CHANNELS * image.getWidth() * image.getHeight()];
    if (isOpaqueBytes(image)) {
      copyBytes(image.getRaster(), rgb);
    } else if (isGreyOrRgbSamples(image.getColorModel())) {
      copySamples(image, rgb);
    } else if (isPackedRgb(image)) {
      copyPacked(image, rgb);
    } else {
      copyColours(image, rgb);
    }
    return new Pixels(image.getWidth(), image.getHeight(), rgb);
  }

  /** Cyan, magenta, yellow and black, which Java would convert by a profile. */
  private static boolean isInks(BufferedImage image) {
    return image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_CMYK
        && image.getRaster().getNumBands() == 4
        && image.getColorModel().getComponentSize(0) >= 8;
  }

  /** An ordinary picture: three bytes a pixel in one array. */
  private static boolean isOpaqueBytes(BufferedImage image) {
    return isGreyOrRgbSamples(image.getColorModel())
        && image.getRaster().getNumBands() == Pixels.CHANNELS
        && image.getSampleModel() instanceof PixelInterleavedSampleModel
        && image.getRaster().getDataBuffer() instanceof DataBufferByte;
  }

  private static void copyBytes(Raster raster, byte[] rgb) {
    var layout = (PixelInterleavedSampleModel) raster.getSampleModel();
    var buffer = (DataBufferByte) raster.getDataBuffer();
    byte[] bytes = buffer.getData();
    int origin =
        buffer.getOffset()
            + (raster.getMinY() - raster.getSampleModelTranslateY()) * layout.getScanlineStride()
            + (raster.getMinX() - raster.getSampleModelTranslateX()) * layout.getPixelStride();
    int[] band = layout.getBandOffsets();
    int stride = layout.getPixelStride();
    int target = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      int source = origin + y * layout.getScanlineStride();
      for (int x = 0; x < raster.getWidth(); x++, source += stride) {
        rgb[target++] = bytes[source + band[0]];
        rgb[target++] = bytes[source + band[1]];
        rgb[target++] = bytes[source + band[2]];
      }
    }
  }

  /** One sample a channel, not premultiplied, of 8 or 16 bits. */
  private static boolean isGreyOrRgbSamples(ColorModel model) {
    int space = model.getColorSpace().getType();
    return model instanceof ComponentColorModel
        && (space == ColorSpace.TYPE_GRAY || space == ColorSpace.TYPE_RGB)
        && (model.getTransferType() == DataBuffer.TYPE_BYTE
            || model.getTransferType() == DataBuffer.TYPE_USHORT)
        && !model.isAlphaPremultiplied();
  }

  private static void copySamples(BufferedImage image, byte[] rgb) {
    Raster raster = image.getRaster();
    ColorModel model = image.getColorModel();
    int bands = raster.getNumBands();
    int green = model.getNumColorComponents() == 1 ? 0 : 1;
    int blue = 2 * green;
    int shift = model.getComponentSize(0) - 8;
    int[] row = new int[bands * raster.getWidth()];
    int target = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, row);
      for (int x = 0; x < row.length; x += bands) {
        int alpha = model.hasAlpha() ? row[x + bands - 1] >> shift : OPAQUE;
        rgb[target++] = overWhite(row[x] >> shift, alpha);
        rgb[target++] = overWhite(row[x + green] >> shift, alpha);
        rgb[target++] = overWhite(row[x + blue] >> shift, alpha);
      }
    }
  }

  /** An int a pixel, as Java's own colours are packed. */
  private static boolean isPackedRgb(BufferedImage image) {
    return image.getColorModel() instanceof DirectColorModel model
        && image.getRaster().getTransferType() == DataBuffer.TYPE_INT
        && !model.isAlphaPremultiplied()
        && model.getRedMask() == 0xFF0000
        && model.getGreenMask() == 0xFF00
        && model.getBlueMask() == 0xFF
        && (!model.hasAlpha() || model.getAlphaMask() == 0xFF000000);
  }

  private static void copyPacked(BufferedImage image, byte[] rgb) {
    Raster raster = image.getRaster();
    int opaque = image.getColorModel().hasAlpha() ? 0 : 0xFF000000;
    int[] row = new int[raster.getWidth()];
    int target = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getDataElements(raster.getMinX(), raster.getMinY() + y, row.length, 1, row);
      for (int argb : row) {
        put(argb | opaque, rgb, target);
        target += Pixels.CHANNELS;
      }
    }
  }

  /** Palettes, other packed pixels and rare colour spaces. */
  private static void copyColours(BufferedImage image, byte[] rgb) {
    int[] row = new int[image.getWidth()];
    int target = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, row.length, 1, row, 0, row.length);
      for (int argb : row) {
        put(argb, rgb, target);
        target += Pixels.CHANNELS;
      }
    }
  }

  private static void put(int argb, byte[] rgb, int target) {
    int alpha = argb >>> 24;
    rgb[target] = overWhite(argb >> 16 & 0xFF, alpha);
    rgb[target + 1] = overWhite(argb >> 8 & 0xFF, alpha);
    rgb[target + 2] = overWhite(argb & 0xFF, alpha);
  }

  private static byte overWhite(int value, int alpha) {
    return alpha == OPAQUE
        ? (byte) value
        : (byte) ((value * alpha + WHITE * (OPAQUE - alpha) + 127) / OPAQUE);
  }
}
