package org.visionfashion.report.space;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.visionfashion.report.gallery.Cases;

/**
 * Pictures laid out by the two principal components of their embeddings: as many as fit side by
 * side are shown, the others are dots.
 *
 * @param explained shares of the variance that the two axes hold
 * @param shown pictures that do not overlap
 * @param dots the others
 */
public record PictureMap(double[] explained, List<Place> shown, List<Place> dots) {

  /** Height over width of the map. */
  public static final double HEIGHT = 0.66;

  /** Width of a shown picture, in widths of the map. */
  public static final double PICTURE_WIDTH = 0.042;

  private static final int MOST = 2_000;
  private static final int MOST_SHOWN = 150;
  private static final double MARGIN = 0.01;

  /**
   * Where the centre of a picture lies.
   *
   * @param row of the picture in the embeddings
   * @param x from 0 at the left to 1
   * @param y from 0 at the top to 1
   */
  public record Place(int row, double x, double y) {}

  /**
   * Lays out pictures, a sample where there are very many.
   *
   * @param image_NE at least two embeddings
   * @param shape width over height of a picture
   */
  public static PictureMap of(float[][] image_NE, double shape, long seed) {
    List<Integer> rows =
        Cases.shuffled(image_NE.length, seed).subList(0, Math.min(MOST, image_NE.length));
    PrincipalComponents components =
        PrincipalComponents.of(rows.stream().map(n -> image_NE[n]).toArray(float[][]::new));
    double[] x = spread(components.point_N2(), 0, PICTURE_WIDTH / 2);
    double[] y = spread(components.point_N2(), 1, height(shape) / 2);
    List<Place> shown = new ArrayList<>();
    List<Place> dots = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Place place = new Place(rows.get(i), x[i], 1 - y[i]);
      boolean free = shown.stream().noneMatch(other -> overlap(place, other, shape));
      (free && shown.size() < MOST_SHOWN ? shown : dots).add(place);
    }
    return new PictureMap(components.explained(), shown, dots);
  }

  /** Of a shown picture, in heights of the map. */
  private static double height(double shape) {
    return PICTURE_WIDTH / shape / HEIGHT;
  }

  /** From edge to edge, a picture's half in between; the outermost hundredths are drawn in. */
  private static double[] spread(double[][] point_N2, int axis, double half) {
    double[] sorted = Arrays.stream(point_N2).mapToDouble(p -> p[axis]).sorted().toArray();
    double low = sorted[sorted.length / 100];
    double high = sorted[sorted.length - 1 - sorted.length / 100];
    double range = high > low ? high - low : 1;
    double edge = MARGIN + half;
    return IntStream.range(0, point_N2.length)
        .mapToDouble(n -> (point_N2[n][axis] - low) / range)
        .map(share -> edge + (1 - 2 * edge) * Math.max(0, Math.min(1, share)))
        .toArray();
  }

  private static boolean overlap(Place a, Place b, double shape) {
    return Math.abs(a.x() - b.x()) < PICTURE_WIDTH && Math.abs(a.y() - b.y()) < height(shape);
  }
}
