package org.visionfashion.data.image;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.base.UserError;
import org.visionfashion.config.JpegLibrary;
import org.visionfashion.config.LimitsConfig;

/**
 * JPEG files to pixels. Ordinary files go to libjpeg-turbo where there is one; everything else, and
 * every file about which that has anything to remark, goes to ImageIO, which decides what is
 * broken. Both give the same pixels at full resolution; only libjpeg-turbo knows others.
 */
final class JpegDecoder {

  private static final Logger LOG = LoggerFactory.getLogger(JpegDecoder.class);

  /** Encoders make about ten; a hostile file can make its reader go over the picture for ever. */
  private static final int MOST_PASSES = 100;

  private static final Set<JpegLibrary> LOGGED = ConcurrentHashMap.newKeySet();

  private JpegDecoder() {}

  static PixelRows decode(JpegFile file, LimitsConfig limits, Detail detail) throws IOException {
    JpegFile.Frame frame = file.frame();
    ImageIoFile.requireSize(frame.width(), frame.height(), limits);
    if (file.passes() > MOST_PASSES) {
      throw new IOException("%d passes are too many".formatted(file.passes()));
    }
    if (frame.isOrdinary()) {
      Optional<TurboJpeg> turbo = library(limits.jpeg(), TurboJpeg.SEARCH);
      if (turbo.isPresent()) {
        int reduction = reduction(file, detail);
        Optional<Pixels> pixels = turbo.get().decode(file, reduction);
        if (pixels.isPresent()) {
          return upright(file, pixels.get(), reduction);
        }
      }
    }
    return Orientation.upright(imageIo(file, limits), file.orientation());
  }

  /** The slow way, which all files can go. */
  static Pixels imageIo(JpegFile file, LimitsConfig limits) throws IOException {
    ImageIoFile plain = new ImageIoFile(file.bytes(), limits);
    return file.frame().components() == 4
        ? Cmyk.toRgb(plain.raster(), file.adobeTransform())
        : RgbCopy.of(plain.image());
  }

  /**
   * A picture that is turned must have whole pixels at both ends, as either may become the first.
   */
  private static int reduction(JpegFile file, Detail detail) {
    int width = file.frame().width();
    int height = file.frame().height();
    if (file.orientation() == Orientation.UPRIGHT) {
      return detail.reduction(width, height);
    }
    int reduction =
        Orientation.swapsSides(file.orientation())
            ? detail.reduction(height, width)
            : detail.reduction(width, height);
    while (width % reduction != 0 || height % reduction != 0) {
      reduction /= 2;
    }
    return reduction;
  }

  private static PixelRows upright(JpegFile file, Pixels stored, int reduction) {
    Pixels pixels = Orientation.upright(stored, file.orientation());
    if (reduction == 1) {
      return pixels;
    }
    boolean swapped = Orientation.swapsSides(file.orientation());
    int width = file.frame().width();
    int height = file.frame().height();
    return new ReducedPixels(swapped ? height : width, swapped ? width : height, reduction, pixels);
  }

  /**
   * What is to be tried first; empty = ImageIO.
   *
   * @throws UserError where the user wants a library that is not to be had
   */
  static Optional<TurboJpeg> library(JpegLibrary wanted, TurboJpeg.Search search) {
    if (wanted == JpegLibrary.IMAGEIO) {
      log(wanted, "by Java's own decoder, as data.limits.jpeg says");
      return Optional.empty();
    }
    if (search.found().isPresent()) {
      log(wanted, "by libjpeg-turbo: " + search.reason());
    } else if (wanted == JpegLibrary.TURBOJPEG) {
      throw new UserError("data.limits.jpeg is turbojpeg, but " + search.reason());
    } else {
      log(
          wanted,
          "by Java's own decoder, which takes two to three times as long: " + search.reason());
    }
    return search.found();
  }

  private static void log(JpegLibrary wanted, String decision) {
    if (LOGGED.add(wanted)) {
      LOG.info("JPEGs are decoded {}", decision);
    }
  }
}
