package org.visionfashion.data.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** libwebp, which its jar unpacks into a folder for temporary files before it can be loaded. */
final class WebpLibrary {

  /** The jar looks through all of this folder for what earlier processes left. */
  private static final String FOLDER = "com.luciad.imageio.webp.tmpdir";

  static {
    giveFolder();
  }

  private WebpLibrary() {}

  private static void giveFolder() {
    if (System.getProperty(FOLDER) != null) {
      return;
    }
    try {
      Path folder = Files.createTempDirectory("visionfashion-webp");
      folder.toFile().deleteOnExit();
      System.setProperty(FOLDER, folder.toString());
    } catch (IOException e) {
      // The jar tries the usual one and says what is wrong with it.
    }
  }

  /**
   * Decodes a WebP file.
   *
   * @throws IOException also where the library is not to be had; says what to do
   */
  static BufferedImage read(ImageIoFile file) throws IOException {
    try {
      return file.image();
    } catch (LinkageError e) {
      throw new IOException(
          ("WebP needs a native library that cannot be loaded from %s; set -D%s to a folder that"
                  + " programs may run from, or convert it to PNG")
              .formatted(System.getProperty(FOLDER), FOLDER),
          e);
    } catch (OutOfMemoryError e) {
      if (e.getMessage() != null) { // Java's own
        throw e;
      }
      // What libwebp answers where the opacity is damaged; the pixels have been found room for.
      throw new IOException("damaged opacity, or no memory for it", e);
    }
  }
}
