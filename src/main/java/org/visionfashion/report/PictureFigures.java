package org.visionfashion.report;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.visionfashion.report.chart.Palette;
import org.visionfashion.report.picture.ContactSheet;
import org.visionfashion.report.picture.ContactSheet.Row;
import org.visionfashion.report.picture.ContactSheet.Tile;

/** Galleries, map and attention as pictures for papers. */
final class PictureFigures {

  private static final int TILE_HEIGHT = 108;
  private static final int LOOK_HEIGHT = 162;
  private static final int MAP_WIDTH = 2_000;
  private static final int DOT = 5;

  private final Page page;

  PictureFigures(Page page) {
    this.page = page;
  }

  /** Writes what there is. */
  void write(Path folder) throws IOException {
    Map<String, BufferedImage> figures = new LinkedHashMap<>();
    if (page.retrieval() != null) {
      add(figures, "texts-and-pictures", page.retrieval().texts());
    }
    if (page.similar() != null) {
      add(figures, "neighbours", page.similar().cases());
    }
    if (page.space() != null) {
      figures.put("map", map(page.space()));
    }
    if (page.attention() != null) {
      figures.put("attention", attention(page.attention()));
    }
    Files.createDirectories(folder);
    for (Map.Entry<String, BufferedImage> figure : figures.entrySet()) {
      ImageIO.write(figure.getValue(), "png", folder.resolve(figure.getKey() + ".png").toFile());
    }
  }

  private void add(Map<String, BufferedImage> figures, String name, List<Galleries.Case> cases) {
    if (!cases.isEmpty()) {
      List<Row> rows = cases.stream().map(this::row).toList();
      figures.put(name, ContactSheet.of(rows, TILE_HEIGHT, page.pictureShape()));
    }
  }

  private Row row(Galleries.Case shown) {
    List<Tile> tiles = new ArrayList<>();
    tiles.add(new Tile(page.images().get(shown.picture()), "", false));
    shown
        .answers()
        .forEach(
            answer ->
                tiles.add(
                    new Tile(page.images().get(answer.picture()), answer.score(), answer.hit())));
    return new Row(shown.text(), tiles);
  }

  private BufferedImage map(SpaceView space) {
    int height = (int) (MAP_WIDTH * space.height() / 100);
    BufferedImage image = new BufferedImage(MAP_WIDTH, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      ContactSheet.smooth(graphics);
      graphics.setColor(Palette.PAPER.color());
      graphics.fillRect(0, 0, MAP_WIDTH, height);
      graphics.setColor(Palette.GREY.color());
      for (SpaceView.Spot dot : space.dots()) {
        graphics.fillOval(x(dot) - DOT / 2, y(dot, height) - DOT / 2, DOT, DOT);
      }
      int width = (int) (MAP_WIDTH * space.pictureWidth() / 100);
      for (SpaceView.Spot spot : space.pictures()) {
        BufferedImage picture = page.images().get(spot.picture());
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

  private static int x(SpaceView.Spot spot) {
    return (int) (MAP_WIDTH * spot.x() / 100);
  }

  private static int y(SpaceView.Spot spot, int height) {
    return (int) (height * spot.y() / 100);
  }

  private static BufferedImage attention(AttentionView attention) {
    List<Row> rows =
        attention.maps().stream()
            .map(
                maps ->
                    new Row(
                        maps.caption(),
                        List.of(
                            new Tile(maps.picture(), "", false),
                            new Tile(maps.rolloutOverlay(), "rollout", false),
                            new Tile(maps.similarityOverlay(), "similarity to caption", false))))
            .toList();
    BufferedImage first = attention.maps().get(0).picture();
    return ContactSheet.of(rows, LOOK_HEIGHT, first.getWidth() / (double) first.getHeight());
  }
}
