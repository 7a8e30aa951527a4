package org.visionfashion.data.image;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Files to pixels: JPEG (grey, YCbCr, RGB, CMYK, YCCK), PNG, GIF, BMP and TIFF, at any depth.
 *
 * <p>A JPEG is turned as its EXIF orientation says; what is transparent lies on white; 16 bits keep
 * their upper 8; colour profiles are ignored. The last two are Pillow's ways, so models meet the
 * pixels they were trained on. Thread-safe.
 *
 * <p>An {@link IOException} carries one line that says what is wrong and with which file.
 */
public final class ImageDecoder {

  /** Above this a header is taken for damage or an attack, rather than memory for the picture. */
  private static final long MAX_PIXELS = 100_000_000;

  private ImageDecoder() {}

  public static Pixels decode(Path file) throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new IOException("no such image: " + file, e);
    } catch (IOException e) {
      throw new IOException("cannot read image (%s): %s".formatted(e.getMessage(), file), e);
    }
    return decode(bytes, file.toString());
  }

  /** Reads the stream to its end; does not close it. */
  public static Pixels decode(InputStream stream) throws IOException {
    return decode(stream.readAllBytes(), "input stream");
  }

  public static Pixels decode(BufferedImage image) {
    return RgbCopy.of(image);
  }

  private static Pixels decode(byte[] bytes, String name) throws IOException {
    if (bytes.length == 0) {
      throw new IOException("empty image: " + name);
    }
    try {
      return JpegFile.isJpeg(bytes) ? jpeg(JpegFile.parse(bytes)) : other(bytes);
    } catch (IOException | RuntimeException e) { // the readers throw both on damaged files
      throw new IOException("broken image (%s): %s".formatted(reason(e), name), e);
    }
  }

  private static Pixels jpeg(JpegFile file) throws IOException {
    Pixels pixels =
        file.components() == 4
            ? Cmyk.toRgb(read(file.bytes(), ImageDecoder::raster), file.adobeTransform())
            : RgbCopy.of(read(file.bytes(), ImageReader::read));
    return Orientation.upright(pixels, file.orientation());
  }

  private static Pixels other(byte[] bytes) throws IOException {
    return RgbCopy.of(read(bytes, ImageReader::read));
  }

  private static Raster raster(ImageReader reader, int index) throws IOException {
    return reader.readRaster(index, null);
  }

  /** One of the two ways in which a reader hands a picture out. */
  private interface Reading<T> {
    T from(ImageReader reader, int index) throws IOException;
  }

  private static <T> T read(byte[] bytes, Reading<T> reading) throws IOException {
    try (ImageInputStream stream = new ByteArrayImageInputStream(bytes)) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
      if (!readers.hasNext()) {
        throw new IOException("not a JPEG, PNG, GIF, BMP or TIFF file");
      }
      ImageReader reader = readers.next();
      try {
        return read(reader, stream, reading);
      } finally {
        reader.dispose();
      }
    }
  }

  private static <T> T read(ImageReader reader, ImageInputStream stream, Reading<T> reading)
      throws IOException {
    TruncationListener truncation = new TruncationListener();
    reader.addIIOReadWarningListener(truncation);
    reader.setInput(stream, true, true);
    long width = reader.getWidth(0);
    long height = reader.getHeight(0);
    if (width * height > MAX_PIXELS) {
      throw new IOException("%d x %d pixels are too many".formatted(width, height));
    }
    T image = reading.from(reader, 0);
    truncation.check();
    return image;
  }

  private static String reason(Exception failure) {
    String message = failure.getMessage();
    String reason = message == null ? failure.getClass().getSimpleName() : message;
    return reason.lines().findFirst().orElse("").strip();
  }
}
