package org.visionfashion.report.chart;

import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jfree.chart.JFreeChart;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * A chart with its words.
 *
 * @param name of the PNG file, without ending
 * @param title heading
 * @param note one sentence on how to read it; may be empty
 * @param chart in the colours of {@link Palette}
 * @param width on the page, in pixels
 * @param height likewise
 */
public record Figure(
    String name, String title, String note, JFreeChart chart, int width, int height) {

  private static final int PNG_SCALE = 3;
  private static final String SVG_NAMESPACE = "http://www.w3.org/2000/svg";
  private static final Pattern PROLOGUE = Pattern.compile("^.*?(?=<svg)", Pattern.DOTALL);
  private static final Pattern NAMESPACES = Pattern.compile(" xmlns(:xlink)?=\"[^\"]*\"");
  private static final Pattern IDS = Pattern.compile("(id=\"|url\\(#)(\\w+)");
  private static final Pattern NEEDLESS =
      Pattern.compile(" (text-rendering:[^;]*|font-[a-z]*:[^;]*|image-rendering:[^;]*);");
  private static final Pattern BREAKS = Pattern.compile("\\s*\\n\\s*");

  /** The chart as an element for the page: scales with its box, colours from the page's CSS. */
  public String svg() {
    SVGGeneratorContext context = SVGGeneratorContext.createDefault(emptyDocument());
    context.setPrecision(1);
    context.setComment(null);
    SVGGraphics2D graphics = new SVGGraphics2D(context, true);
    draw(graphics);
    graphics.setSVGCanvasSize(new Dimension(width, height));
    Element root = graphics.getRoot();
    root.setAttribute("viewBox", "0 0 %d %d".formatted(width, height));
    root.setAttribute("role", "img");
    root.setAttribute("aria-label", title);
    StringWriter text = new StringWriter();
    try {
      graphics.stream(root, text, true, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return inline(text.toString());
  }

  /** Without what only a file of its own needs; ids made unique on a page of several figures. */
  private String inline(String file) {
    String svg = PROLOGUE.matcher(file).replaceFirst("");
    svg = NAMESPACES.matcher(svg).replaceAll("");
    svg = NEEDLESS.matcher(svg).replaceAll("");
    svg = IDS.matcher(svg).replaceAll("$1" + name + "-$2");
    return Palette.themed(BREAKS.matcher(svg).replaceAll(" "));
  }

  private static Document emptyDocument() {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .getDOMImplementation()
          .createDocument(SVG_NAMESPACE, "svg", null);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes {@code <name>.png}, three pixels for one of the page, on white. */
  public void writePng(Path folder) throws IOException {
    Files.createDirectories(folder);
    BufferedImage image =
        new BufferedImage(PNG_SCALE * width, PNG_SCALE * height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setColor(Palette.PAPER.color());
      graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
      graphics.setRenderingHint(
          RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
      graphics.scale(PNG_SCALE, PNG_SCALE);
      draw(graphics);
    } finally {
      graphics.dispose();
    }
    ImageIO.write(image, "png", folder.resolve(name + ".png").toFile());
  }

  private void draw(Graphics2D graphics) {
    chart.draw(graphics, new Rectangle(width, height));
  }
}
