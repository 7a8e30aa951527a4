package org.visionfashion.data.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a JPEG file says about itself before its first scan (ITU-T T.81, annex B).
 *
 * @param frame the kind and size of the picture, {@link Frame#NONE} = not found
 * @param adobeTransform of Adobe's APP14 segment, {@link #NO_ADOBE} = none
 * @param orientation of EXIF, see {@link Orientation}
 * @param bytes the file without its colour profile, and without what Adobe says about the colours
 *     of a JFIF file, whose colours are known: as libjpeg has it
 */
record JpegFile(Frame frame, int adobeTransform, int orientation, byte[] bytes) {

  /**
   * The header of the picture.
   *
   * @param marker of its process
   * @param bits of a sample
   * @param height in pixels
   * @param width in pixels
   * @param components 1 grey, 3 colour, 4 CMYK
   */
  record Frame(int marker, int bits, int height, int width, int components) {

    static final Frame NONE = new Frame(0, 0, 0, 0, 0);

    private static final int BASELINE = 0xC0;
    private static final int PROGRESSIVE = 0xC2;

    boolean progressive() {
      return marker == PROGRESSIVE;
    }

    /** Whether every decoder knows it: grey or colour, 8 bits, Huffman codes, lossy. */
    boolean isOrdinary() {
      return marker >= BASELINE
          && marker <= PROGRESSIVE
          && bits == 8
          && (components == 1 || components == 3)
          && width > 0
          && height > 0;
    }
  }

  static final int NO_ADOBE = -1;
  static final int YCCK = 2;

  private static final int APP0 = 0xE0;
  private static final int APP1 = 0xE1;
  private static final int APP2 = 0xE2;
  private static final int APP14 = 0xEE;
  private static final int START_OF_SCAN = 0xDA;
  private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] JFIF = "JFIF\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PROFILE = "ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ADOBE = "Adobe".getBytes(StandardCharsets.US_ASCII);

  /** Reads the header; what cannot be understood is left to the decoder to complain about. */
  static JpegFile parse(byte[] file) {
    Frame frame = Frame.NONE;
    int adobeTransform = NO_ADOBE;
    int orientation = Orientation.UPRIGHT;
    boolean jfif = false;
    List<Segment> profiles = new ArrayList<>();
    List<Segment> adobe = new ArrayList<>();
    for (Segment segment : segments(file)) {
      if (segment.isFrame() && segment.length() > 9) {
        frame = frame(segment, file);
      } else if (segment.is(APP1, EXIF, file)) {
        int tiff = segment.start() + Segment.HEADER + EXIF.length;
        orientation = Orientation.of(file, tiff, segment.end());
      } else if (segment.is(APP2, PROFILE, file)) {
        profiles.add(segment);
      } else if (segment.is(APP0, JFIF, file)) {
        jfif = true;
      } else if (segment.is(APP14, ADOBE, file) && segment.length() > 15) {
        adobeTransform = file[segment.start() + 15] & 0xFF;
        adobe.add(segment);
      }
    }
    List<Segment> dropped = jfif && frame.components() == 3 ? merged(profiles, adobe) : profiles;
    return new JpegFile(frame, adobeTransform, orientation, without(dropped, file));
  }

  private static Frame frame(Segment segment, byte[] file) {
    ByteBuffer content = ByteBuffer.wrap(file, segment.start() + Segment.HEADER, 6);
    return new Frame(
        segment.marker(),
        content.get() & 0xFF,
        content.getShort() & 0xFFFF,
        content.getShort() & 0xFFFF,
        content.get() & 0xFF);
  }

  /**
   * How often a decoder goes over the whole picture: the scans, of which each can be a few bytes.
   */
  int passes() {
    if (!frame.progressive()) {
      return 1;
    }
    int scans = 0;
    for (int i = 1; i < bytes.length; i++) {
      scans += (bytes[i] & 0xFF) == START_OF_SCAN && (bytes[i - 1] & 0xFF) == 0xFF ? 1 : 0;
    }
    return scans;
  }

  /**
   * A marker with its parameters.
   *
   * @param start of the marker in the file
   * @param length in bytes, marker included
   */
  private record Segment(int marker, int start, int length) {

    /** Bytes of the marker and of the length that follows it. */
    private static final int HEADER = 4;

    int end() {
      return start + length;
    }

    /** SOF0 to SOF15 but the three that only share the range: DHT, JPG and DAC. */
    boolean isFrame() {
      return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    boolean is(int wanted, byte[] name, byte[] file) {
      int payload = start + HEADER;
      return marker == wanted
          && length >= HEADER + name.length
          && Arrays.equals(file, payload, payload + name.length, name, 0, name.length);
    }
  }

  private static List<Segment> segments(byte[] file) {
    List<Segment> segments = new ArrayList<>();
    int position = 2;
    while (position + Segment.HEADER <= file.length && (file[position] & 0xFF) == 0xFF) {
      int marker = file[position + 1] & 0xFF;
      if (marker == 0xFF) { // a fill byte
        position++;
        continue;
      }
      int length = 2 + ((file[position + 2] & 0xFF) << 8) + (file[position + 3] & 0xFF);
      if (marker == START_OF_SCAN || position + length > file.length) {
        break;
      }
      segments.add(new Segment(marker, position, length));
      position += length;
    }
    return segments;
  }

  private static List<Segment> merged(List<Segment> some, List<Segment> others) {
    return Stream.concat(some.stream(), others.stream())
        .sorted(Comparator.comparingInt(Segment::start))
        .toList();
  }

  private static byte[] without(List<Segment> dropped, byte[] file) {
    if (dropped.isEmpty()) {
      return file;
    }
    var rest = new ByteArrayOutputStream(file.length);
    int position = 0;
    for (Segment each : dropped) {
      rest.write(file, position, each.start() - position);
      position = each.end();
    }
    rest.write(file, position, file.length - position);
    return rest.toByteArray();
  }
}
