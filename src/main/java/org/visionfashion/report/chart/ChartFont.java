package org.visionfashion.report.chart;

import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Inter, from its package: figures look the same whatever fonts a machine has. */
public final class ChartFont {

  private static final String FOLDER = "/com/formdev/flatlaf/fonts/inter/";
  private static final Map<String, Font> LOADED = new ConcurrentHashMap<>();

  private ChartFont() {}

  /** For text. */
  public static Font regular(float size) {
    return LOADED.computeIfAbsent("Inter-Regular.otf", ChartFont::load).deriveFont(size);
  }

  private static Font load(String name) {
    try (InputStream stream = ChartFont.class.getResourceAsStream(FOLDER + name)) {
      return Font.createFont(Font.TRUETYPE_FONT, stream);
    } catch (IOException | FontFormatException | LinkageError | InternalError e) {
      throw new IllegalStateException(
          "Java cannot draw text (" + e.getMessage() + "); install fontconfig and a font", e);
    }
  }
}
