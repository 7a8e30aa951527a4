package org.visionfashion.data.image;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Picture files as users and attackers have them, made here: odd ones and broken ones. */
public final class PictureCorpus {

  private static final int ABSURD = 60_000;
  private static final BufferedImage DRAWING = TestPictures.drawing(61, 47, 7);

  private PictureCorpus() {}

  /** Unusual files that are in order, with the width and height they must come out with. */
  public static Map<String, int[]> sizes() {
    Map<String, int[]> sizes = new LinkedHashMap<>();
    readable().keySet().forEach(name -> sizes.put(name, size(name)));
    return sizes;
  }

  private static int[] size(String name) {
    Matcher size = Pattern.compile(" (\\d+) x (\\d+)$").matcher(name);
    return size.find()
        ? new int[] {Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2))}
        : new int[] {61, 47};
  }

  /** Unusual files that are in order; the name ends in the size where it is not 61 x 47. */
  public static Map<String, byte[]> readable() {
    byte[] jpeg = TestPictures.encode(DRAWING, "jpg");
    byte[] png = TestPictures.encode(DRAWING, "png");
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("jpeg", jpeg);
    files.put("progressive-jpeg", Jpegs.progressive(DRAWING));
    files.put("cmyk-jpeg 16 x 24", Jpegs.fourChannels(16, 24, 1, 2, 3, 4));
    files.put("huge-metadata-jpeg", hugeMetadata(jpeg));
    for (int orientation = 1; orientation <= 8; orientation++) {
      files.put(
          "exif-%d-jpeg %s".formatted(orientation, orientation > 4 ? "47 x 61" : "61 x 47"),
          Jpegs.with(jpeg, Jpegs.APP1, Jpegs.exif(orientation)));
    }
    files.put("jpeg 1 x 30000", TestPictures.encode(new BufferedImage(1, 30_000, 5), "jpg"));
    files.put("png", png);
    files.put("png 1 x 1", TestPictures.encode(new BufferedImage(1, 1, 5), "png"));
    files.put("png 1 x 30000", TestPictures.encode(new BufferedImage(1, 30_000, 5), "png"));
    files.put("png 30000 x 1", TestPictures.encode(new BufferedImage(30_000, 1, 5), "png"));
    files.put("16-bit-png", TestPictures.encode(as(BufferedImage.TYPE_USHORT_GRAY), "png"));
    files.put("palette-png", TestPictures.encode(as(BufferedImage.TYPE_BYTE_INDEXED), "png"));
    files.put("bilevel-png", TestPictures.encode(as(BufferedImage.TYPE_BYTE_BINARY), "png"));
    files.put("interlaced-png", written("png", true, DRAWING));
    files.put("bomb-in-the-text-of-a-png", Pngs.with(png, textBomb()));
    files.put("exif-6-png 47 x 61", Pngs.with(png, Pngs.chunk("eXIf", tiffOfExif(6))));
    files.put("gif", TestPictures.encode(as(BufferedImage.TYPE_BYTE_INDEXED), "gif"));
    files.put("animated-gif", animation());
    files.put("bmp", TestPictures.encode(DRAWING, "bmp"));
    files.put("palette-bmp", TestPictures.encode(as(BufferedImage.TYPE_BYTE_INDEXED), "bmp"));
    files.put("tiff", TestPictures.encode(DRAWING, "tiff"));
    files.put("cmyk-tiff 23 x 17", TestPictures.file("cmyk.tif"));
    files.put("differences-tiff 23 x 17", TestPictures.file("differences.tif"));
    files.put("many-pictures-jpeg 23 x 17", TestPictures.file("two.mpo"));
    for (String name : List.of("lossy", "lossless", "alpha-lossy", "alpha-lossless", "sequence")) {
      files.put(name + "-webp 23 x 17", TestPictures.file(name + ".webp"));
    }
    files.put("exif-webp 17 x 23", TestPictures.file("exif.webp"));
    files.put("animated-webp 37 x 25", TestPictures.file("animated.webp"));
    files.put("exif-6-tiff 1 x 5", Tiffs.grey(new byte[5], Map.of(Tiffs.ORIENTATION, 6)));
    return files;
  }

  /** Files that must be refused, with a part of the reason. */
  public static Map<String, byte[]> broken() {
    byte[] jpeg = TestPictures.encode(DRAWING, "jpg");
    byte[] png = TestPictures.encode(DRAWING, "png");
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("empty: empty image", new byte[0]);
    files.put("zeros: not a JPEG", new byte[1000]);
    files.put("html: an HTML page", ascii("\n<!DOCTYPE html><html><h1>404</h1></html>"));
    files.put("svg: an SVG drawing", ascii("<?xml version='1.0'?><svg width='9'></svg>"));
    files.put("empty.webp: no picture", ascii("RIFF\4\0\0\0WEBPVP8 "));
    files.put("avif: an AVIF file", ascii("\0\0\0 ftypavif"));
    files.put("heic: a HEIC file", ascii("\0\0\0 ftypheic"));
    files.put("jp2: a JPEG 2000 file", ascii("\0\0\0\fjP  \r\n\u0087\n"));
    files.put("j2k: convert it", ascii("\u00FFO\u00FFQ\0/"));
    files.put("jxl: a JPEG XL file", ascii("\u00FF\n\u00FA\u001F"));
    files.put("psd: a Photoshop file", ascii("8BPS\0\1"));
    files.put("mp4: a video", ascii("\0\0\0 ftypisom"));
    files.put("lfs: git lfs pull", ascii("version https://git-lfs.github.com/spec/v1"));
    files.put("text: not a JPEG", ascii("a picture"));
    files.put("bomb.jpg: 60000 x 60000 pixels", jpegBomb(jpeg));
    files.put("bomb.png: 60000 x 60000 pixels", pngBomb());
    files.put("bomb.gif: 60000 x 60000 pixels", gifBomb());
    files.put("bomb.bmp: Invalid width/height", bmpBomb());
    files.put("bomb.tif: 60000 x 60000 pixels", tiffBomb());
    files.put("bomb.webp: 60000 x 60000 pixels", webpBomb());
    files.put("sizes.webp: different sizes", webpOfTwoSizes());
    files.put("many-samples.tif: bits a pixel", manySamples());
    files.put("endless-passes.jpg: passes", endlessPasses());
    files.put("checksum.png: checksum of chunk IDAT", flippedBit(png));
    for (int at = 2; at < jpeg.length - 2; at++) {
      if (jpeg[at] == (byte) 0xFF && jpeg[at + 1] != 0) {
        files.put("cut-at-%d.jpg: ".formatted(at), Arrays.copyOf(jpeg, at));
        files.put("cut-behind-%d.jpg: ".formatted(at), Arrays.copyOf(jpeg, at + 2));
      }
    }
    for (String name : List.of("lossy.webp", "alpha-lossless.webp", "animated.webp")) {
      byte[] webp = TestPictures.file(name);
      for (int length = 12; length < webp.length; length += 7) {
        files.put("cut-at-%d-%s: ".formatted(length, name), Arrays.copyOf(webp, length));
      }
    }
    for (int at = 8; at < png.length - 12; at += 12 + ByteBuffer.wrap(png).getInt(at)) {
      files.put("cut-at-%d.png: ".formatted(at), Arrays.copyOf(png, at));
      files.put("cut-behind-%d.png: ".formatted(at), Arrays.copyOf(png, at + 8));
    }
    return files;
  }

  private static BufferedImage as(int type) {
    BufferedImage image = new BufferedImage(61, 47, type);
    Graphics2D g = image.createGraphics();
    g.drawImage(DRAWING, 0, 0, null);
    g.dispose();
    return image;
  }

  /** Comments and descriptions of 2 MB around a picture of 1 kB. */
  private static byte[] hugeMetadata(byte[] jpeg) {
    byte[] file = jpeg;
    for (int i = 0; i < 16; i++) {
      file = Jpegs.with(file, 0xFE, new byte[65_000]);
      file = Jpegs.with(file, Jpegs.APP1, Arrays.copyOf(Jpegs.exif(1), 65_000));
    }
    return file;
  }

  /** A text of 20 MB in 20 kB. */
  private static byte[] textBomb() {
    ByteBuffer content = ByteBuffer.allocate(100_000).put(ascii("Comment\0\0"));
    content.put(Pngs.deflated(new byte[20_000_000]));
    return Pngs.chunk("zTXt", Arrays.copyOf(content.array(), content.position()));
  }

  private static byte[] tiffOfExif(int orientation) {
    byte[] exif = Jpegs.exif(orientation);
    return Arrays.copyOfRange(exif, 6, exif.length);
  }

  private static byte[] jpegBomb(byte[] jpeg) {
    byte[] bomb = jpeg.clone();
    for (int at = 2; ; at++) {
      if (bomb[at] == (byte) 0xFF && bomb[at + 1] == (byte) 0xC0) {
        ByteBuffer.wrap(bomb).putShort(at + 5, (short) ABSURD).putShort(at + 7, (short) ABSURD);
        return bomb;
      }
    }
  }

  private static byte[] pngBomb() {
    return Pngs.file(
        Pngs.header(ABSURD, ABSURD, 8, 2), Pngs.data(new byte[10_000_000]), Pngs.end());
  }

  private static byte[] gifBomb() {
    byte[] gif = TestPictures.encode(as(BufferedImage.TYPE_BYTE_INDEXED), "gif");
    ByteBuffer bytes = ByteBuffer.wrap(gif).order(ByteOrder.LITTLE_ENDIAN);
    int at = 13 + 3 * 256; // behind the palette
    while (gif[at] != 0x2C) {
      at++;
    }
    bytes.putShort(6, (short) ABSURD).putShort(8, (short) ABSURD);
    bytes.putShort(at + 5, (short) ABSURD).putShort(at + 7, (short) ABSURD);
    return gif;
  }

  private static byte[] bmpBomb() {
    byte[] bmp = TestPictures.encode(DRAWING, "bmp");
    ByteBuffer.wrap(bmp).order(ByteOrder.LITTLE_ENDIAN).putInt(18, ABSURD).putInt(22, ABSURD);
    return bmp;
  }

  private static byte[] tiffBomb() {
    return Tiffs.grey(
        new byte[5],
        Map.of(Tiffs.WIDTH, ABSURD, Tiffs.HEIGHT, ABSURD, Tiffs.ROWS_IN_STRIP, ABSURD));
  }

  /** A small frame on a large canvas. */
  private static byte[] webpBomb() {
    byte[] webp = TestPictures.file("animated.webp");
    ByteBuffer bytes = ByteBuffer.wrap(webp).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putShort(24, (short) (ABSURD - 1)).putShort(27, (short) (ABSURD - 1));
    return webp;
  }

  /** The canvas is another than the picture. */
  private static byte[] webpOfTwoSizes() {
    byte[] webp = TestPictures.file("alpha-lossy.webp");
    webp[24]++;
    return webp;
  }

  /** Two gigabytes in a file of 300 bytes. */
  private static byte[] manySamples() {
    return Tiffs.grey(
        new byte[100],
        Map.of(
            Tiffs.WIDTH, 7000, Tiffs.HEIGHT, 7000, Tiffs.ROWS_IN_STRIP, 7000, Tiffs.SAMPLES, 40));
  }

  /** The last scan of a progressive picture, again and again. */
  private static byte[] endlessPasses() {
    byte[] jpeg = Jpegs.progressive(DRAWING);
    int scan = jpeg.length - 2;
    while (jpeg[scan] != (byte) 0xFF || jpeg[scan + 1] != (byte) 0xDA) {
      scan--;
    }
    byte[] last = Arrays.copyOfRange(jpeg, scan, jpeg.length - 2);
    var file = new ByteArrayOutputStream();
    file.write(jpeg, 0, scan);
    for (int i = 0; i < 5000; i++) {
      file.writeBytes(last);
    }
    file.write(jpeg, jpeg.length - 2, 2);
    return file.toByteArray();
  }

  private static byte[] flippedBit(byte[] png) {
    byte[] flipped = png.clone();
    flipped[png.length / 2] ^= 4;
    return flipped;
  }

  /** The drawing, then something else of another colour and size. */
  private static byte[] animation() {
    BufferedImage second = new BufferedImage(20, 20, BufferedImage.TYPE_BYTE_INDEXED);
    Graphics2D g = second.createGraphics();
    g.setColor(Color.RED);
    g.fillRect(0, 0, 20, 20);
    g.dispose();
    return written("gif", false, as(BufferedImage.TYPE_BYTE_INDEXED), second);
  }

  private static byte[] written(String format, boolean interlaced, BufferedImage... frames) {
    ImageTypeSpecifier type = ImageTypeSpecifier.createFromRenderedImage(frames[0]);
    ImageWriter writer = ImageIO.getImageWriters(type, format).next();
    var bytes = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      if (interlaced) {
        param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      }
      writer.setOutput(stream);
      if (frames.length == 1) {
        writer.write(null, new IIOImage(frames[0], null, null), param);
      } else {
        writer.prepareWriteSequence(null);
        for (BufferedImage frame : frames) {
          writer.writeToSequence(new IIOImage(frame, null, null), param);
        }
        writer.endWriteSequence();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
