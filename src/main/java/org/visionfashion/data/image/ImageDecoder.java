package org.visionfashion.data.image;

import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Objects;
import org.visionfashion.base.UserError;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.FilePicture;
import org.visionfashion.data.Picture;

/**
 * Files to pixels: JPEG (grey, YCbCr, RGB, CMYK, YCCK), PNG, WebP, GIF, BMP and TIFF, at any depth.
 *
 * <p>A JPEG, PNG, WebP or TIFF is turned as its EXIF orientation says; what is transparent lies on
 * white; an animation shows its first frame; 16 bits keep their upper 8; colour profiles are
 * ignored. The last two are Pillow's ways, so models meet the pixels they were trained on.
 * Thread-safe.
 *
 * <p>The first bytes say what a file is, not its name. Before a picture is decoded, its header must
 * keep the {@link LimitsConfig limits}: memory and time stay within what those allow.
 *
 * <p>An {@link IOException} carries one line that says what is wrong and with which file.
 */
public final class ImageDecoder {

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
    return (Pixels) decode(stream, limits, Detail.FULL);
  }

  /** The same, as finely as needed. */
  public static PixelRows decode(InputStream stream, LimitsConfig limits, Detail detail)
      throws IOException {
    byte[] bytes = stream.readNBytes(limits.imageBytes());
    if (bytes.length == limits.imageBytes() && stream.read() >= 0) {
      throw new IOException(
          "input stream: more than %,d bytes (data.limits.image_bytes)".formatted(bytes.length));
    }
    return decode(bytes, "input stream", limits, detail);
  }

  public static Pixels decode(BufferedImage image) {
    return RgbCopy.of(image);
  }

  /**
   * Decodes a picture as finely as needed.
   *
   * @param detail what a JPEG, of which there is more, may be reduced to
   */
  public static PixelRows decode(Picture picture, LimitsConfig limits, Detail detail)
      throws IOException {
    return decode(picture.read(limits), picture.name(), limits, detail);
  }

  /**
   * Decodes bytes that were read already.
   *
   * @param name of the picture, for messages
   */
  public static Pixels decode(byte[] bytes, String name, LimitsConfig limits) throws IOException {
    return (Pixels) decode(bytes, name, limits, Detail.FULL); // which nothing is missing from
  }

  /** The same, as finely as needed. */
  public static PixelRows decode(byte[] bytes, String name, LimitsConfig limits, Detail detail)
      throws IOException {
    if (bytes.length == 0) {
      throw new IOException("empty image: " + name);
    }
    try {
      return switch (FileKind.of(bytes)) {
        case JPEG -> JpegDecoder.decode(JpegFile.parse(bytes), limits, detail);
        case PNG -> {
          int orientation = PngFile.orientation(bytes); // and looks for damage before
          yield upright(new ImageIoFile(bytes, limits).image(), orientation);
        }
        case WEBP -> webp(WebpFile.parse(bytes), limits);
        case TIFF -> {
          TiffFile file = new TiffFile(bytes);
          yield upright(file.image(limits), file.orientation());
        }
        case GIF, BMP -> RgbCopy.of(new ImageIoFile(bytes, limits).image());
      };
    } catch (UserError e) { // not the picture's fault
      throw e;
    } catch (IOException | RuntimeException e) { // the readers throw both on damaged files
      throw new IOException("broken image (%s): %s".formatted(reason(e), name), e);
    } catch (StackOverflowError e) { // parts that lie within themselves
      throw new IOException("broken image (parts within parts): " + name, e);
    }
  }

  private static Pixels upright(BufferedImage image, int orientation) {
    return Orientation.upright(RgbCopy.of(image), orientation);
  }

  private static Pixels webp(WebpFile file, LimitsConfig limits) throws IOException {
    ImageIoFile.requireSize(file.width(), file.height(), limits);
    Pixels frame = RgbCopy.of(WebpLibrary.read(new ImageIoFile(file.still(), limits)));
    return Orientation.upright(file.onCanvas(frame), file.orientation());
  }

  private static String reason(Exception failure) {
    String message = Objects.toString(failure.getMessage(), "");
    String reason = message.lines().findFirst().orElse("").strip();
    if (!reason.isEmpty()) {
      return reason;
    }
    return failure instanceof EOFException ? "ends too early" : "damaged";
  }
}
