package org.visionfashion.data.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The picture of a WebP file (RFC 9649); of an animation its first frame.
 *
 * @param width of the canvas in pixels
 * @param height of the canvas in pixels
 * @param frame where on the canvas the picture lies
 * @param orientation of EXIF, see {@link Orientation}
 * @param still the picture as a file of its own, without anything else
 */
record WebpFile(int width, int height, Box frame, int orientation, byte[] still) {

  private static final String PICTURE = "VP8 ";
  private static final String LOSSLESS = "VP8L";
  private static final String OPACITY = "ALPH";
  private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);

  /** Bytes of the type and the length before a chunk's content. */
  private static final int HEADER = 8;

  private static final int RIFF_HEADER = 12;
  private static final int FRAME_HEADER = 16;
  private static final int HAS_OPACITY = 0x10;

  /**
   * Reads the headers; pixels are not looked at.
   *
   * @throws IOException where the file is cut short, or its headers contradict each other
   */
  static WebpFile parse(byte[] file) throws IOException {
    return new Parser(file).file();
  }

  /** The frame where it lies on a white canvas. */
  Pixels onCanvas(Pixels picture) {
    if (picture.width() == width && picture.height() == height) {
      return picture;
    }
    byte[] rgb_HWC = new byte[Pixels.CHANNELS * width * height];
    Arrays.fill(rgb_HWC, (byte) 0xFF);
    for (int y = 0; y < picture.height(); y++) {
      int row = (frame.top() + y) * width + frame.left();
      picture.read(0, y, picture.width(), rgb_HWC, Pixels.CHANNELS * row);
    }
    return new Pixels(width, height, rgb_HWC);
  }

  /** A chunk's content: bytes {@code from} to {@code to} of the file. */
  private record Chunk(String type, int from, int to) {}

  /** Walks through the chunks and keeps the first of each kind. */
  private static final class Parser {

    private final byte[] file;
    private final ByteBuffer bytes;
    private Chunk canvas;
    private Chunk frame;
    private Chunk opacity;
    private Chunk picture;
    private int orientation = Orientation.UPRIGHT;

    Parser(byte[] file) {
      this.file = file;
      this.bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    WebpFile file() throws IOException {
      walk(RIFF_HEADER, end(4, file.length));
      if (picture == null) {
        throw new IOException("no picture in it");
      }
      int width = pictureWidth();
      int height = pictureHeight();
      int canvasWidth = canvas == null ? width : 1 + threeBytes(canvas.from() + 4);
      int canvasHeight = canvas == null ? height : 1 + threeBytes(canvas.from() + 7);
      Box place = frame == null ? new Box(0, 0, canvasWidth, canvasHeight) : place();
      if (place.width() != width
          || place.height() != height
          || place.left() + width > canvasWidth
          || place.top() + height > canvasHeight) {
        throw new IOException("its headers name different sizes");
      }
      return new WebpFile(canvasWidth, canvasHeight, place, orientation, still(width, height));
    }

    private void walk(int from, int end) throws IOException {
      int at = from;
      while (at + HEADER <= end) {
        int content = at + HEADER;
        Chunk chunk = new Chunk(type(at), content, end(at + 4, end));
        take(chunk);
        at = chunk.to() + (chunk.to() - content & 1); // of odd length: a byte to make it even
      }
    }

    private void take(Chunk chunk) throws IOException {
      switch (chunk.type()) {
        case "VP8X" -> canvas = canvas == null ? require(chunk, 10) : canvas;
        case "ANMF" -> {
          if (frame == null && picture == null) {
            frame = require(chunk, FRAME_HEADER);
            walk(chunk.from() + FRAME_HEADER, chunk.to());
          }
        }
        case OPACITY -> opacity = opacity == null && picture == null ? chunk : opacity;
        case PICTURE, LOSSLESS -> picture = picture == null ? require(chunk, 10, 5) : picture;
        case "EXIF" -> orientation = exif(chunk);
        default -> {
          // colour profile, description, background of an animation
        }
      }
    }

    private static Chunk require(Chunk chunk, int length) throws IOException {
      if (chunk.to() - chunk.from() < length) {
        throw new EOFException("ends too early");
      }
      return chunk;
    }

    private static Chunk require(Chunk chunk, int lossy, int lossless) throws IOException {
      return require(chunk, chunk.type().equals(PICTURE) ? lossy : lossless);
    }

    /** Some programs put in front what JPEG needs there. */
    private int exif(Chunk chunk) {
      int content = chunk.from() + EXIF.length;
      boolean prefixed =
          content <= chunk.to() && Arrays.equals(file, chunk.from(), content, EXIF, 0, EXIF.length);
      return Orientation.of(file, prefixed ? content : chunk.from(), chunk.to());
    }

    /** Where the bytes end that the length at {@code at} counts. */
    private int end(int at, int limit) throws IOException {
      long end = at + 4L + (bytes.getInt(at) & 0xFFFFFFFFL);
      if (end > limit) {
        throw new EOFException("ends too early");
      }
      return (int) end;
    }

    private String type(int at) {
      return new String(file, at, 4, StandardCharsets.ISO_8859_1);
    }

    private int threeBytes(int at) {
      return (bytes.getShort(at) & 0xFFFF) | (bytes.get(at + 2) & 0xFF) << 16;
    }

    private Box place() {
      int at = frame.from();
      return new Box(
          2 * threeBytes(at),
          2 * threeBytes(at + 3),
          1 + threeBytes(at + 6),
          1 + threeBytes(at + 9));
    }

    private boolean lossless() {
      return picture.type().equals(LOSSLESS);
    }

    /** 14 bits in both kinds of picture. */
    private int pictureWidth() {
      int at = picture.from();
      return lossless() ? 1 + (bytes.getInt(at + 1) & 0x3FFF) : bytes.getShort(at + 6) & 0x3FFF;
    }

    private int pictureHeight() {
      int at = picture.from();
      return lossless()
          ? 1 + (bytes.getInt(at + 1) >> 14 & 0x3FFF)
          : bytes.getShort(at + 8) & 0x3FFF;
    }

    private byte[] still(int width, int height) {
      boolean extended = opacity != null && !lossless();
      int length = 4 + room(picture) + (extended ? HEADER + 10 + room(opacity) : 0);
      ByteBuffer still = ByteBuffer.allocate(HEADER + length).order(ByteOrder.LITTLE_ENDIAN);
      still.put(ascii("RIFF")).putInt(length).put(ascii("WEBP"));
      if (extended) {
        still.put(ascii("VP8X")).putInt(10).putInt(HAS_OPACITY);
        still.putShort((short) (width - 1)).put((byte) 0);
        still.putShort((short) (height - 1)).put((byte) 0);
        put(opacity, still);
      }
      put(picture, still);
      return still.array();
    }

    /** Bytes that a chunk takes, made even. */
    private static int room(Chunk chunk) {
      int length = chunk.to() - chunk.from();
      return HEADER + length + (length & 1);
    }

    private void put(Chunk chunk, ByteBuffer target) {
      int length = chunk.to() - chunk.from();
      target.put(ascii(chunk.type())).putInt(length).put(file, chunk.from(), length);
      target.position(target.position() + (length & 1));
    }

    private static byte[] ascii(String text) {
      return text.getBytes(StandardCharsets.US_ASCII);
    }
  }
}
