package org.visionfashion.data.image;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.io.EOFException;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.ImageInputStream;
import org.visionfashion.config.LimitsConfig;

/**
 * A file of any kind that Java's ImageIO reads.
 *
 * @param bytes the file
 * @param limits that its header must keep
 */
record ImageIoFile(byte[] bytes, LimitsConfig limits) {

  /**
   * 16 bits each of red, green, blue and opacity; a TIFF file can declare 65,535 samples a pixel.
   */
  private static final int MOST_BITS_A_PIXEL = 64;

  BufferedImage image() throws IOException {
    return read(ImageIoFile::image);
  }

  /** The samples as they are stored. */
  Raster raster() throws IOException {
    return read((reader, index) -> reader.readRaster(index, null));
  }

  private static BufferedImage image(ImageReader reader, int index) throws IOException {
    SampleModel samples = reader.getImageTypes(index).next().getSampleModel();
    int bits = IntStream.of(samples.getSampleSize()).sum();
    if (bits > MOST_BITS_A_PIXEL) {
      throw new IOException("%d bits a pixel are too many".formatted(bits));
    }
    return reader.read(index);
  }

  /** One of the two ways in which a reader hands a picture out. */
  private interface Reading<T> {
    T from(ImageReader reader, int index) throws IOException;
  }

  private <T> T read(Reading<T> reading) throws IOException {
    try (ImageInputStream stream = new ByteArrayImageInputStream(bytes)) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
      if (!readers.hasNext()) {
        throw new IOException("damaged at its start");
      }
      ImageReader reader = readers.next();
      try {
        return read(reader, stream, reading);
      } finally {
        reader.dispose();
      }
    }
  }

  private <T> T read(ImageReader reader, ImageInputStream stream, Reading<T> reading)
      throws IOException {
    TruncationListener truncation = new TruncationListener();
    reader.addIIOReadWarningListener(truncation);
    reader.setInput(stream, true, true);
    requireSize(reader.getWidth(0), reader.getHeight(0), limits);
    T image = reading.from(reader, 0);
    truncation.check();
    return image;
  }

  /** Throws where a picture of that size, in pixels, is larger than allowed. */
  static void requireSize(long width, long height, LimitsConfig limits) throws IOException {
    if (width * height > limits.pixels()) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%d x %d pixels; data.limits.pixels allows %,d",
              width,
              height,
              limits.pixels()));
    }
  }

  /**
   * Hears the one warning that is an error here: libjpeg paints what is missing of a file grey,
   * says so and continues.
   */
  private static final class TruncationListener implements IIOReadWarningListener {

    private String truncation = "";

    @Override
    public void warningOccurred(ImageReader source, String warning) {
      String text = warning.toLowerCase(Locale.ROOT);
      if (text.contains("premature end") || text.contains("truncated file")) {
        truncation = warning;
      }
    }

    /** Throws if the file ended, or one of its scans did, before the picture was complete. */
    void check() throws EOFException {
      if (!truncation.isEmpty()) {
        throw new EOFException("truncated: " + truncation);
      }
    }
  }
}
