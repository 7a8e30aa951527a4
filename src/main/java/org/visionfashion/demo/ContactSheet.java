package org.visionfashion.demo;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.visionfashion.data.DataException;

/** Pictures of a data set side by side with their labels. */
public final class ContactSheet {

  private static final int CELL = 170;
  private static final int PICTURE = 160;
  private static final int TEXT = 44;
  private static final double LETTER = 6;

  private ContactSheet() {}

  /**
   * Writes a PNG with pictures spread evenly over the names of a data set.
   *
   * @param root a data set in the layout of DeepFashion-MultiModal
   * @param n how many pictures, at most
   * @throws DataException where the label files are missing or damaged
   */
  public static void write(Path root, Path out, int n) {
    Map<String, Labels> labels = LabelFiles.read(root.resolve("labels"));
    List<String> all = List.copyOf(labels.keySet());
    List<String> some = new ArrayList<>();
    int count = Math.min(n, all.size());
    for (int i = 0; i < count; i++) {
      some.add(all.get((int) ((long) i * all.size() / count)));
    }
    int columns = (int) Math.ceil(Math.sqrt(count * 1.6));
    int rows = (count + columns - 1) / columns;
    int height = DemoSpec.heightFor(PICTURE);
    BufferedImage sheet =
        new BufferedImage(columns * CELL, rows * (height + TEXT), BufferedImage.TYPE_INT_RGB);
    Graphics2D brush = sheet.createGraphics();
    brush.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    brush.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    brush.setColor(Color.WHITE);
    brush.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    try {
      for (int i = 0; i < count; i++) {
        int x = i % columns * CELL + (CELL - PICTURE) / 2;
        int y = i / columns * (height + TEXT);
        BufferedImage picture = ImageIO.read(root.resolve("images").resolve(some.get(i)).toFile());
        brush.drawImage(picture, x, y + 4, PICTURE, height, null);
        legend(brush, some.get(i), labels.get(some.get(i)), x, y + height + 8);
      }
      if (out.toAbsolutePath().getParent() != null) {
        Files.createDirectories(out.toAbsolutePath().getParent());
      }
      ImageIO.write(sheet, "png", out.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      brush.dispose();
    }
  }

  private static void legend(Graphics2D brush, String file, Labels labels, double x, double y) {
    brush.setColor(new Color(0x303030));
    String title =
        PictureName.parse(file)
            .map(name -> name.gender() + " " + name.type().text() + " " + name.view())
            .orElse(file);
    StrokeFont.draw(brush, title, x, y, LETTER);
    double line = y;
    for (Garment garment : Garment.values()) {
      line += LETTER * 1.5;
      String cloth = garment + ": -";
      if (labels.has(garment)) {
        cloth =
            garment
                + ": "
                + word(Fabric.ALL, labels.get(garment.fabric()))
                + " "
                + word(Pattern.ALL, labels.get(garment.pattern()));
      }
      StrokeFont.draw(brush, cloth, x, line, LETTER);
    }
  }

  private static String word(List<?> values, int code) {
    return code < values.size() ? values.get(code).toString() : "NA";
  }
}
