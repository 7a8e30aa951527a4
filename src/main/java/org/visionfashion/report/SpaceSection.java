package org.visionfashion.report;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.visionfashion.data.Example;
import org.visionfashion.eval.EmbeddingTable;
import org.visionfashion.report.chart.Figure;
import org.visionfashion.report.chart.Palette;
import org.visionfashion.report.picture.ContactSheet;
import org.visionfashion.report.picture.Thumbnails;
import org.visionfashion.report.space.PictureMap;
import org.visionfashion.report.space.PictureMap.Place;
import org.visionfashion.report.space.Similarities;
import org.visionfashion.report.table.Cell;

/** The embedding space: a map of the pictures, and how well similarity separates pairs. */
final class SpaceSection {

  private static final int WIDTH = 2_000;
  private static final int DOT = 5;

  private SpaceSection() {}

  /** A place in hundredths of width and height. */
  record Spot(double x, double y, String picture, String text) {}

  /** Empty where there is only one picture. */
  static Optional<PageSection> of(
      Subject subject, Galleries galleries, Thumbnails thumbnails, double shape) {
    EmbeddingTable table = subject.table();
    if (table.examples().size() < 2) {
      return Optional.empty();
    }
    PictureMap map = PictureMap.of(table.image_NE(), shape, subject.seed());
    List<Spot> pictures =
        map.shown().stream().map(place -> picture(place, table, thumbnails)).toList();
    List<Spot> dots = map.dots().stream().map(place -> spot(place, null, null)).toList();
    List<Figure> figures =
        galleries.search().stream()
            .map(search -> Similarities.histogram(search, subject.seed()))
            .toList();
    return Optional.of(
        new PageSection(
            "space",
            "Embedding space",
            "A map of the pictures: the closer two of them, the more alike they are to the model.",
            Map.of(
                "height",
                hundredths(PictureMap.HEIGHT),
                "pictureWidth",
                hundredths(PictureMap.PICTURE_WIDTH),
                "explained",
                Cell.decimal(100 * (map.explained()[0] + map.explained()[1]), 0),
                "pictures",
                pictures,
                "dots",
                dots,
                "figures",
                figures),
            figures,
            List.of(),
            Map.of("map", () -> drawn(pictures, dots, thumbnails))));
  }

  private static Spot picture(Place place, EmbeddingTable table, Thumbnails thumbnails) {
    Example example = table.examples().get(place.row());
    return spot(place, thumbnails.name(example.picture()), example.caption());
  }

  private static Spot spot(Place place, String picture, String text) {
    return new Spot(hundredths(place.x()), hundredths(place.y()), picture, text);
  }

  private static double hundredths(double share) {
    return Math.round(10_000 * share) / 100.0;
  }

  private static BufferedImage drawn(List<Spot> pictures, List<Spot> dots, Thumbnails thumbnails) {
    int height = (int) (WIDTH * PictureMap.HEIGHT);
    BufferedImage image = new BufferedImage(WIDTH, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      ContactSheet.smooth(graphics);
      graphics.setColor(Palette.PAPER.color());
      graphics.fillRect(0, 0, WIDTH, height);
      graphics.setColor(Palette.GREY.color());
      for (Spot dot : dots) {
        graphics.fillOval(x(dot) - DOT / 2, y(dot, height) - DOT / 2, DOT, DOT);
      }
      int width = (int) (WIDTH * PictureMap.PICTURE_WIDTH);
      for (Spot spot : pictures) {
        BufferedImage picture = thumbnails.image(spot.picture());
        if (picture != null) {
          int tall = width * picture.getHeight() / picture.getWidth();
          graphics.drawImage(
              picture, x(spot) - width / 2, y(spot, height) - tall / 2, width, tall, null);
        }
      }
    } finally {
      graphics.dispose();
    }
    return image;
  }

  private static int x(Spot spot) {
    return (int) (WIDTH * spot.x() / 100);
  }

  private static int y(Spot spot, int height) {
    return (int) (height * spot.y() / 100);
  }
}
