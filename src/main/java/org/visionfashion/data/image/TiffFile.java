package org.visionfashion.data.image;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.util.Set;
import org.visionfashion.config.LimitsConfig;

/**
 * A TIFF file, by Java's reader but for one kind: 16-bit samples stored as differences from their
 * left neighbours (TIFF 6.0, section 14) are read as if they were samples, and added up here.
 */
final class TiffFile {

  private static final int BITS = 258;
  private static final int COMPRESSION = 259;
  private static final int PHOTOMETRIC = 262;
  private static final int PREDICTOR = 317;
  private static final int TILE_WIDTH = 322;

  /** LZW and two numbers of Deflate; elsewhere the predictor has no meaning. */
  private static final Set<Integer> WITH_PREDICTOR = Set.of(5, 8, 32946);

  private static final int NO_PREDICTOR = 1;
  private static final int DIFFERENCES = 2;
  private static final int BLACK_IS_ZERO = 1;
  private static final int RGB = 2;

  private final byte[] bytes;
  private final TiffDirectory directory;

  TiffFile(byte[] bytes) {
    this.bytes = bytes;
    this.directory = new TiffDirectory(bytes, 0, bytes.length);
  }

  /** See {@link Orientation}. */
  int orientation() {
    return Orientation.of(bytes, 0, bytes.length);
  }

  BufferedImage image(LimitsConfig limits) throws IOException {
    if (!hasLongDifferences()) {
      return new ImageIoFile(bytes, limits).image();
    }
    byte[] plain = bytes.clone();
    new TiffDirectory(plain, 0, plain.length).put(PREDICTOR, NO_PREDICTOR);
    BufferedImage image = new ImageIoFile(plain, limits).image();
    int width = directory.value(TILE_WIDTH, image.getWidth());
    addUp(image.getRaster(), width > 0 ? width : image.getWidth());
    return image;
  }

  private boolean hasLongDifferences() {
    int photometric = directory.value(PHOTOMETRIC, RGB);
    return directory.value(PREDICTOR, NO_PREDICTOR) == DIFFERENCES
        && WITH_PREDICTOR.contains(directory.value(COMPRESSION, 1))
        && directory.value(BITS, 1) == Short.SIZE
        && (photometric == BLACK_IS_ZERO || photometric == RGB);
  }

  /** Each row of a tile starts anew. */
  private static void addUp(WritableRaster raster, int tile) {
    int bands = raster.getNumBands();
    int[] row = new int[bands * raster.getWidth()];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(0, y, raster.getWidth(), 1, row);
      for (int i = bands; i < row.length; i++) {
        boolean starts = i / bands % tile == 0;
        row[i] = starts ? row[i] : row[i] + row[i - bands] & 0xFFFF;
      }
      raster.setPixels(0, y, raster.getWidth(), 1, row);
    }
  }
}
