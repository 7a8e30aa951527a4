package org.visionfashion.data.image;

import java.io.EOFException;
import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/**
 * Hears the one warning that is an error here: libjpeg paints what is missing of a file grey, says
 * so and goes on.
 */
final class TruncationListener implements IIOReadWarningListener {

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
