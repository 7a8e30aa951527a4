package org.visionfashion.data.image;

import java.awt.Point;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** JPEG files of the less common kinds, made by hand. */
final class Jpegs {

  static final int APP1 = 0xE1;
  static final int APP2 = 0xE2;
  static final int APP14 = 0xEE;

  private Jpegs() {}

  /** Puts a segment straight after the start of the file. */
  static byte[] with(byte[] jpeg, int marker, byte[] payload) {
    ByteBuffer file = ByteBuffer.allocate(jpeg.length + 4 + payload.length);
    file.put(jpeg, 0, 2).put((byte) 0xFF).put((byte) marker);
    file.putShort((short) (payload.length + 2)).put(payload);
    return file.put(jpeg, 2, jpeg.length - 2).array();
  }

  /** Takes the JFIF segment away, which cameras do not write. */
  static byte[] withoutJfif(byte[] jpeg) {
    int length = ((jpeg[4] & 0xFF) << 8) + (jpeg[5] & 0xFF);
    ByteBuffer file = ByteBuffer.allocate(jpeg.length - 2 - length);
    return file.put(jpeg, 0, 2).put(jpeg, 4 + length, jpeg.length - 4 - length).array();
  }

  static byte[] exif(int orientation) {
    ByteBuffer exif = ByteBuffer.allocate(32).put(ascii("Exif\0\0MM")).putShort((short) 42);
    exif.putInt(8).putShort((short) 1); // one entry at offset 8
    exif.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) orientation);
    return exif.array();
  }

  static byte[] profile(byte[] content) {
    ByteBuffer segment = ByteBuffer.allocate(14 + content.length).put(ascii("ICC_PROFILE\0"));
    return segment.put((byte) 1).put((byte) 1).put(content).array();
  }

  static byte[] adobe(int transform) {
    return ByteBuffer.allocate(12).put(ascii("Adobe")).put(11, (byte) transform).array();
  }

  /** Four channels, the same everywhere, stored as they are. */
  static byte[] fourChannels(int width, int height, int... values) {
    byte[] samples = new byte[4 * width * height];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) values[i % 4];
    }
    Raster raster =
        Raster.createInterleavedRaster(
            new DataBufferByte(samples, samples.length),
            width,
            height,
            4 * width,
            4,
            new int[] {0, 1, 2, 3},
            new Point());
    return write(new IIOImage(raster, null, null), false);
  }

  static byte[] progressive(BufferedImage image) {
    return write(new IIOImage(image, null, null), true);
  }

  static byte[] upTo(byte[] file, double share) {
    return Arrays.copyOf(file, (int) (share * file.length));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] write(IIOImage image, boolean progressive) {
    ImageWriter writer = jdkWriter();
    var bytes = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(1);
      param.setProgressiveMode(
          progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
      writer.setOutput(stream);
      writer.write(null, image, param);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static ImageWriter jdkWriter() {
    var rgb = ImageTypeSpecifier.createFromBufferedImageType(BufferedImage.TYPE_INT_RGB);
    var writers = ImageIO.getImageWriters(rgb, "jpeg");
    while (writers.hasNext()) {
      ImageWriter writer = writers.next();
      if (writer.getClass().getName().startsWith("com.sun.")) {
        return writer;
      }
    }
    throw new IllegalStateException("the JDK has no JPEG writer");
  }
}
