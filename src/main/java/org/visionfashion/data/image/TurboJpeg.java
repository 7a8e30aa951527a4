package org.visionfashion.data.image;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.visionfashion.config.LimitsConfig;

/**
 * The TurboJPEG library (the API of version 2, which 3 has too), where the system has it: two to
 * three times as fast as ImageIO, and able to leave out the finest frequencies, so that a picture
 * of a half, a quarter or an eighth of the size comes out. Thread-safe.
 */
final class TurboJpeg {

  /** Where installers put it and Java does not look. */
  private static final List<String> FOLDERS =
      List.of(
          "/opt/homebrew/opt/jpeg-turbo/lib",
          "/usr/local/opt/jpeg-turbo/lib",
          "/opt/libjpeg-turbo/lib64",
          "/opt/libjpeg-turbo/lib",
          "C:\\libjpeg-turbo64\\bin");

  private static final String MISSING =
      "libjpeg-turbo is not installed (Debian: apt-get install libturbojpeg0, Homebrew: brew install"
          + " jpeg-turbo)";

  /** 32 x 24 pixels of sine waves, written by Pillow 12.3. */
  private static final String TRIAL = "trial.jpg";

  /** Levels by which the trial may differ: two builds may round differently. */
  private static final int TOLERANCE = 2;

  private static final int RGB = 0;
  private static final int STOP_ON_WARNING = 8192;

  /** What there is on this machine; looked for when it is first asked for. */
  static final Search SEARCH = search(List.of("turbojpeg", "libturbojpeg"));

  private final Functions functions;

  private TurboJpeg(Functions functions) {
    this.functions = functions;
  }

  /** The names of turbojpeg.h. A size is an {@code unsigned long}. */
  private interface Functions extends Library {

    Pointer tjInitDecompress();

    int tjDestroy(Pointer handle);

    int tjDecompressHeader3(
        Pointer handle,
        byte[] jpeg,
        NativeLong size,
        IntByReference width,
        IntByReference height,
        IntByReference subsampling,
        IntByReference colours);

    int tjDecompress2(
        Pointer handle,
        byte[] jpeg,
        NativeLong size,
        byte[] pixels,
        int width,
        int pitch,
        int height,
        int format,
        int flags);
  }

  /**
   * What a search came to.
   *
   * @param found a library that can be trusted
   * @param reason why it is trusted, or why there is none and what to do
   */
  record Search(Optional<TurboJpeg> found, String reason) {}

  /** Tries the names of the library in turn. */
  static Search search(List<String> names) {
    for (String name : names) {
      FOLDERS.forEach(folder -> NativeLibrary.addSearchPath(name, folder));
      try {
        TurboJpeg library = new TurboJpeg(Native.load(name, Functions.class));
        String place = NativeLibrary.getInstance(name).getFile().toString();
        return library.agreesWithImageIo()
            ? new Search(Optional.of(library), "%s decodes a trial as Java does".formatted(place))
            : new Search(Optional.empty(), place + " decodes a trial otherwise than Java does");
      } catch (LinkageError notThere) {
        // the next one
      }
    }
    return new Search(Optional.empty(), MISSING);
  }

  /** Whether a small picture comes out as it does from Java's decoder. */
  private boolean agreesWithImageIo() {
    try (InputStream stream = TurboJpeg.class.getResourceAsStream(TRIAL)) {
      JpegFile file = JpegFile.parse(stream.readAllBytes());
      Pixels expected = JpegDecoder.imageIo(file, LimitsConfig.DEFAULT);
      return decode(file, 1).filter(actual -> isClose(actual, expected)).isPresent();
    } catch (IOException e) {
      throw new IllegalStateException("the program's own " + TRIAL + " cannot be read", e);
    }
  }

  private static boolean isClose(Pixels actual, Pixels expected) {
    byte[] rgb = actual.rgb_HWC();
    boolean close = rgb.length == expected.rgb_HWC().length;
    for (int i = 0; close && i < rgb.length; i++) {
      close = Math.abs((rgb[i] & 0xFF) - (expected.rgb_HWC()[i] & 0xFF)) <= TOLERANCE;
    }
    return close;
  }

  /**
   * The pixels as they are stored, not turned.
   *
   * @param reduction 1, 2, 4 or 8: how many pixels, in each direction, become one
   * @return empty where the library finds anything unusual in the file
   */
  Optional<Pixels> decode(JpegFile file, int reduction) {
    Pointer handle = functions.tjInitDecompress();
    if (handle == null) {
      return Optional.empty();
    }
    try {
      return hasSize(handle, file) ? pixels(handle, file, reduction) : Optional.empty();
    } finally {
      functions.tjDestroy(handle);
    }
  }

  private boolean hasSize(Pointer handle, JpegFile file) {
    IntByReference width = new IntByReference();
    IntByReference height = new IntByReference();
    int failed =
        functions.tjDecompressHeader3(
            handle,
            file.bytes(),
            new NativeLong(file.bytes().length),
            width,
            height,
            new IntByReference(),
            new IntByReference());
    return failed == 0
        && width.getValue() == file.frame().width()
        && height.getValue() == file.frame().height();
  }

  private Optional<Pixels> pixels(Pointer handle, JpegFile file, int reduction) {
    int width = (file.frame().width() + reduction - 1) / reduction;
    int height = (file.frame().height() + reduction - 1) / reduction;
    byte[] rgb = new byte[Pixels.CHANNELS * width * height];
    int failed =
        functions.tjDecompress2(
            handle,
            file.bytes(),
            new NativeLong(file.bytes().length),
            rgb,
            width,
            0,
            height,
            RGB,
            STOP_ON_WARNING);
    return failed == 0 ? Optional.of(new Pixels(width, height, rgb)) : Optional.empty();
  }
}
