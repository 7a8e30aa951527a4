package org.visionfashion.report;

import java.util.List;
import org.visionfashion.data.Example;
import org.visionfashion.eval.EmbeddingTable;
import org.visionfashion.report.chart.Figure;
import org.visionfashion.report.picture.Thumbnails;
import org.visionfashion.report.space.PictureMap;
import org.visionfashion.report.space.PictureMap.Place;
import org.visionfashion.report.space.Similarities;
import org.visionfashion.report.table.Cell;

/**
 * The embedding space on the page.
 *
 * @param height of the map, in hundredths of its width
 * @param pictureWidth likewise
 * @param explained how much of the variance the plane shows
 * @param figures histograms
 */
record SpaceView(
    double height,
    double pictureWidth,
    String explained,
    List<Spot> pictures,
    List<Spot> dots,
    List<Figure> figures) {

  /** A place in hundredths of width and height. */
  record Spot(double x, double y, String picture, String text) {}

  /** Null where there is only one picture. */
  static SpaceView of(Subject subject, Galleries galleries, Thumbnails small, double shape) {
    EmbeddingTable table = subject.table();
    if (table.examples().size() < 2) {
      return null;
    }
    PictureMap map = PictureMap.of(table.image_NE(), shape, subject.seed());
    double explained = map.explained()[0] + map.explained()[1];
    return new SpaceView(
        hundredths(PictureMap.HEIGHT),
        hundredths(PictureMap.PICTURE_WIDTH),
        Cell.decimal(100 * explained, 0),
        map.shown().stream().map(place -> picture(place, table, small)).toList(),
        map.dots().stream().map(SpaceView::dot).toList(),
        galleries.search().stream()
            .map(search -> Similarities.histogram(search, subject.seed()))
            .toList());
  }

  private static Spot dot(Place place) {
    return new Spot(hundredths(place.x()), hundredths(place.y()), null, null);
  }

  private static Spot picture(Place place, EmbeddingTable table, Thumbnails small) {
    Example example = table.examples().get(place.row());
    return new Spot(
        hundredths(place.x()),
        hundredths(place.y()),
        small.name(example.image()),
        example.caption());
  }

  private static double hundredths(double share) {
    return Math.round(10_000 * share) / 100.0;
  }
}
