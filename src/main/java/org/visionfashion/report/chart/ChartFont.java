package org.visionfashion.report.chart;

import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Inter, from its package: figures look the same whatever fonts a machine has. */
public final class ChartFont {

  private static final String FOLDER = "/com/formdev/flatlaf/fonts/inter/";
  private static final Font REGULAR = load("Inter-Regular.otf");
  private static final Font BOLD = load("Inter-SemiBold.otf");

  private ChartFont() {}

  /** For text. */
  public static Font regular(float size) {
    return REGULAR.deriveFont(size);
  }

  /** For what must stand out. */
  public static Font bold(float size) {
    return BOLD.deriveFont(size);
  }

  private static Font load(String name) {
    try (InputStream stream = ChartFont.class.getResourceAsStream(FOLDER + name)) {
      return Font.createFont(Font.TRUETYPE_FONT, stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (FontFormatException e) {
      throw new IllegalStateException(name + ": " + e.getMessage(), e);
    }
  }
}
