package org.visionfashion.report.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.visionfashion.report.chart.ChartFont;
import org.visionfashion.report.chart.Palette;

/** Rows of pictures with words, as one picture for papers. */
public final class ContactSheet {

  private static final int SCALE = 2;
  private static final int EDGE = 12;
  private static final int TEXT_WIDTH = 210;
  private static final int GAP = 8;
  private static final int LINE = 15;
  private static final float TEXT = 11;

  private final int tileWidth;
  private final int tileHeight;
  private final List<Row> rows;

  private ContactSheet(List<Row> rows, int tileHeight, double shape) {
    this.rows = rows;
    this.tileHeight = tileHeight;
    this.tileWidth = (int) Math.round(tileHeight * shape);
  }

  /** A text, and pictures beside it. */
  public record Row(String text, List<Tile> tiles) {}

  /**
   * One picture.
   *
   * @param image null = an empty box
   * @param caption below it
   * @param marked whether it has a frame
   */
  public record Tile(BufferedImage image, String caption, boolean marked) {}

  /**
   * Draws a sheet.
   *
   * @param tileHeight of a picture, in pixels of the page
   * @param shape width over height of a picture
   */
  public static BufferedImage of(List<Row> rows, int tileHeight, double shape) {
    return new ContactSheet(rows, tileHeight, shape).drawn();
  }

  private BufferedImage drawn() {
    int most = rows.stream().mapToInt(row -> row.tiles().size()).max().orElse(0);
    int width = 2 * EDGE + TEXT_WIDTH + most * (tileWidth + GAP);
    int height = 2 * EDGE + rows.size() * rowHeight();
    BufferedImage image =
        new BufferedImage(SCALE * width, SCALE * height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setColor(Palette.PAPER.color());
      graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
      smooth(graphics);
      graphics.scale(SCALE, SCALE);
      for (int r = 0; r < rows.size(); r++) {
        draw(graphics, rows.get(r), EDGE + r * rowHeight());
      }
    } finally {
      graphics.dispose();
    }
    return image;
  }

  /** Smooth lines, letters and pictures. */
  public static void smooth(Graphics2D graphics) {
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
  }

  private int rowHeight() {
    return tileHeight + LINE + 2 * GAP;
  }

  private void draw(Graphics2D graphics, Row row, int top) {
    graphics.setFont(ChartFont.regular(TEXT));
    graphics.setColor(Palette.INK.color());
    int y = top + LINE;
    for (String line : lines(graphics, row.text())) {
      graphics.drawString(line, EDGE, y);
      y += LINE;
    }
    for (int t = 0; t < row.tiles().size(); t++) {
      int left = EDGE + TEXT_WIDTH + GAP + t * (tileWidth + GAP);
      draw(graphics, row.tiles().get(t), left, top + GAP / 2);
    }
  }

  private void draw(Graphics2D graphics, Tile tile, int left, int top) {
    graphics.setColor(Palette.WASH.color());
    graphics.fillRect(left, top, tileWidth, tileHeight);
    if (tile.image() != null) {
      graphics.drawImage(tile.image(), left, top, tileWidth, tileHeight, null);
    }
    Color words = Palette.SOFT.color();
    if (tile.marked()) {
      words = Palette.GREEN.color();
      graphics.setColor(words);
      graphics.setStroke(new BasicStroke(2));
      graphics.drawRect(left - 1, top - 1, tileWidth + 2, tileHeight + 2);
    }
    graphics.setColor(words);
    int width = graphics.getFontMetrics().stringWidth(tile.caption());
    graphics.drawString(tile.caption(), left + (tileWidth - width) / 2, top + tileHeight + LINE);
  }

  /** Whole words, as many lines as a row has room for. */
  private List<String> lines(Graphics2D graphics, String text) {
    List<String> lines = new ArrayList<>();
    String line = "";
    for (String word : text.split(" ", -1)) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (graphics.getFontMetrics().stringWidth(longer) > TEXT_WIDTH && !line.isEmpty()) {
        lines.add(line);
        longer = word;
      }
      line = longer;
    }
    lines.add(line);
    return lines.subList(0, Math.min(lines.size(), rowHeight() / LINE - 1));
  }
}
