package org.visionfashion.data.image;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.ImageInputStream;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.FilePicture;
import org.visionfashion.data.Picture;

/**
 * Files to pixels: JPEG (grey, YCbCr, RGB, CMYK, YCCK), PNG, GIF, BMP and TIFF, at any depth.
 *
 * <p>A JPEG, PNG or TIFF is turned as its EXIF orientation says; what is transparent lies on white;
 * an animation shows its first frame; 16 bits keep their upper 8; colour profiles are ignored. The
 * last two are Pillow's ways, so models meet the pixels they were trained on. Thread-safe.
 *
 * <p>The first bytes say what a file is, not its name. Before a picture is decoded, its header must
 * keep the {@link LimitsConfig limits}: memory and time stay within what those allow.
 *
 * <p>An {@link IOException} carries one line that says what is wrong and with which file.
 */
public final class ImageDecoder {

  /** Encoders make about ten; a hostile file can make its reader go over the picture for ever. */
  private static final int MOST_PASSES = 100;

  /**
   * 16 bits each of red, green, blue and opacity; a TIFF file can declare 65,535 samples a pixel.
   */
  private static final int MOST_BITS_A_PIXEL = 64;

  private ImageDecoder() {}

  /** Decodes within the usual limits. */
  public static Pixels decode(Path file) throws IOException {
    return decode(file, LimitsConfig.DEFAULT);
  }

  public static Pixels decode(Path file, LimitsConfig limits) throws IOException {
    return decode(new FilePicture(file), limits);
  }

  public static Pixels decode(Picture picture, LimitsConfig limits) throws IOException {
    return decode(picture.read(limits), picture.name(), limits);
  }

  /** Reads the stream to its end; does not close it. */
  public static Pixels decode(InputStream stream) throws IOException {
    return decode(stream, LimitsConfig.DEFAULT);
  }

  public static Pixels decode(InputStream stream, LimitsConfig limits) throws IOException {
    byte[] bytes = stream.readNBytes(limits.imageBytes());
    if (bytes.length == limits.imageBytes() && stream.read() >= 0) {
      throw new IOException(
          "input stream: more than %,d bytes (data.limits.image_bytes)".formatted(bytes.length));
    }
    return decode(bytes, "input stream", limits);
  }

  public static Pixels decode(BufferedImage image) {
    return RgbCopy.of(image);
  }

  /**
   * Decodes bytes that were read already.
   *
   * @param name of the picture, for messages
   */
  public static Pixels decode(byte[] bytes, String name, LimitsConfig limits) throws IOException {
    if (bytes.length == 0) {
      throw new IOException("empty image: " + name);
    }
    try {
      return switch (FileKind.of(bytes)) {
        case JPEG -> jpeg(JpegFile.parse(bytes), limits);
        case PNG -> other(bytes, PngFile.orientation(bytes), limits);
        case TIFF -> other(bytes, Orientation.of(bytes, 0, bytes.length), limits);
        case GIF, BMP -> other(bytes, Orientation.UPRIGHT, limits);
      };
    } catch (IOException | RuntimeException e) { // the readers throw both on damaged files
      throw new IOException("broken image (%s): %s".formatted(reason(e), name), e);
    } catch (StackOverflowError e) { // parts that lie within themselves
      throw new IOException("broken image (parts within parts): " + name, e);
    }
  }

  private static Pixels jpeg(JpegFile file, LimitsConfig limits) throws IOException {
    int passes = file.passes();
    if (passes > MOST_PASSES) {
      throw new IOException("%d passes are too many".formatted(passes));
    }
    Pixels pixels =
        file.components() == 4
            ? Cmyk.toRgb(read(file.bytes(), ImageDecoder::raster, limits), file.adobeTransform())
            : RgbCopy.of(read(file.bytes(), ImageReader::read, limits));
    return Orientation.upright(pixels, file.orientation());
  }

  private static Pixels other(byte[] bytes, int orientation, LimitsConfig limits)
      throws IOException {
    return Orientation.upright(RgbCopy.of(read(bytes, ImageDecoder::image, limits)), orientation);
  }

  private static BufferedImage image(ImageReader reader, int index) throws IOException {
    SampleModel samples = reader.getImageTypes(index).next().getSampleModel();
    int bits = IntStream.of(samples.getSampleSize()).sum();
    if (bits > MOST_BITS_A_PIXEL) {
      throw new IOException("%d bits a pixel are too many".formatted(bits));
    }
    return reader.read(index);
  }

  private static Raster raster(ImageReader reader, int index) throws IOException {
    return reader.readRaster(index, null);
  }

  /** One of the two ways in which a reader hands a picture out. */
  private interface Reading<T> {
    T from(ImageReader reader, int index) throws IOException;
  }

  private static <T> T read(byte[] bytes, Reading<T> reading, LimitsConfig limits)
      throws IOException {
    try (ImageInputStream stream = new ByteArrayImageInputStream(bytes)) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
      if (!readers.hasNext()) {
        throw new IOException("damaged at its start");
      }
      ImageReader reader = readers.next();
      try {
        return read(reader, stream, reading, limits);
      } finally {
        reader.dispose();
      }
    }
  }

  private static <T> T read(
      ImageReader reader, ImageInputStream stream, Reading<T> reading, LimitsConfig limits)
      throws IOException {
    TruncationListener truncation = new TruncationListener();
    reader.addIIOReadWarningListener(truncation);
    reader.setInput(stream, true, true);
    long width = reader.getWidth(0);
    long height = reader.getHeight(0);
    if (width * height > limits.pixels()) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%d x %d pixels; data.limits.pixels allows %,d",
              width,
              height,
              limits.pixels()));
    }
    T image = reading.from(reader, 0);
    truncation.check();
    return image;
  }

  private static String reason(Exception failure) {
    String message = Objects.toString(failure.getMessage(), "");
    String reason = message.lines().findFirst().orElse("").strip();
    if (!reason.isEmpty()) {
      return reason;
    }
    return failure instanceof EOFException ? "ends too early" : "damaged";
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
