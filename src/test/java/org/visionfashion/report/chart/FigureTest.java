package org.visionfashion.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** One definition, two forms. */
class FigureTest {

  private static final double[] X = {1, 2, 3, 4};
  private static final double[] Y = {0.25, Double.NaN, 0.5, 0.375};

  @TempDir private Path folder;

  static List<Figure> figures() {
    LinePlot lines =
        new LinePlot("step", "loss")
            .legend(true)
            .steps("steps", Palette.GREY, X, new double[] {1, 2, 1, 0})
            .line("one", Palette.BLUE, X, Y)
            .dotted("two", Palette.ORANGE, X, Y)
            .dashed("chance", X, new double[] {0.1, 0.1, 0.1, 0.1});
    List<String> names = List.of("a & b", "<c>", "long name of a class");
    return List.of(
        lines.figure("lines", "Lines & <dots>", ""),
        new LinePlot("", "").figure("empty", "Nothing", ""),
        BarPlot.of(
            "bars",
            "Bars",
            "",
            names,
            List.of(
                new BarPlot.Bars(
                    "one",
                    Palette.BLUE,
                    new double[] {0.5, Double.NaN, 1},
                    new double[] {0.25, 0.5, Double.NaN}),
                new BarPlot.Bars("two", Palette.TEAL, new double[] {0, 0.5, 1}))),
        HeatPlot.of(
            "heat", "Heat", "", names, names, new double[][] {{1, 0, 0}, {0, .5, .5}, {0, 0, 1}}));
  }

  private static Element parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)))
        .getDocumentElement();
  }

  @ParameterizedTest
  @MethodSource("figures")
  void theSvgIsWellFormedNamedAndWithoutOutsideThings(Figure figure) throws Exception {
    Element svg = parsed(figure.svg());
    assertThat(svg.getAttribute("viewBox"))
        .isEqualTo("0 0 %d %d".formatted(figure.width(), figure.height()));
    assertThat(svg.getAttribute("aria-label")).isEqualTo(figure.title());
    assertThat(figure.svg()).doesNotContain("http", "<?xml", "<!DOCTYPE", "<text", "xmlns");
  }

  @ParameterizedTest
  @MethodSource("figures")
  void everyVisibleColourFollowsThePage(Figure figure) {
    Matcher colours = Pattern.compile("(fill|stroke):(rgb\\([^)]*\\)|white)").matcher(figure.svg());
    while (colours.find()) {
      assertThat(colours.group(2)).as(colours.group()).isEqualTo("rgb(0,0,0)"); // of what is clear
    }
    if (!figure.name().equals("empty")) {
      assertThat(figure.svg()).contains("fill:var(--soft)").containsAnyOf("var(--blue)");
    }
  }

  @Test
  void idsOfTwoFiguresDoNotMeet() {
    Pattern ids = Pattern.compile("id=\"([^\"]*)\"");
    List<String> all =
        figures().stream()
            .flatMap(figure -> ids.matcher(figure.svg()).results().map(found -> found.group(1)))
            .toList();
    assertThat(all).isNotEmpty().doesNotHaveDuplicates();
    String svg = figures().get(0).svg();
    Matcher uses = Pattern.compile("url\\(#([^)]*)\\)").matcher(svg);
    assertThat(uses.find()).isTrue();
    assertThat(svg).contains("id=\"" + uses.group(1) + "\"");
  }

  @ParameterizedTest
  @MethodSource("figures")
  void thePngIsThreeTimesAsLargeAndOnWhite(Figure figure) throws IOException {
    figure.writePng(folder);
    BufferedImage image = ImageIO.read(folder.resolve(figure.name() + ".png").toFile());
    assertThat(image.getWidth()).isEqualTo(3 * figure.width());
    assertThat(image.getHeight()).isEqualTo(3 * figure.height());
    assertThat(image.getRGB(0, 0)).isEqualTo(0xFFFFFFFF);
    if (!figure.name().equals("empty")) {
      int[] pixels =
          image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
      assertThat(pixels).contains(Palette.BLUE.color().getRGB());
    }
  }

  /** WCAG 2.2, 1.4.3 and 1.4.11: 4.5 to 1 for text, 3 to 1 for lines. */
  @Test
  void everyColourStandsOutFromThePaper() {
    for (boolean dark : new boolean[] {false, true}) {
      String css = Palette.css(dark);
      double paper = luminance(css, "paper");
      double wash = luminance(css, "wash");
      for (Palette each : Palette.values()) {
        String name = each.name().toLowerCase(java.util.Locale.ROOT);
        if (List.of(Palette.PAPER, Palette.WASH, Palette.LINE).contains(each)) {
          continue;
        }
        double least = each == Palette.GREY ? 3 : 4.5;
        String what = name + (dark ? " on dark" : " on light");
        assertThat(contrast(luminance(css, name), paper)).as(what).isGreaterThan(least);
        if (each == Palette.INK || each == Palette.SOFT) {
          assertThat(contrast(luminance(css, name), wash)).as(what).isGreaterThan(least);
        }
      }
    }
  }

  private static double contrast(double a, double b) {
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  private static double luminance(String css, String name) {
    Matcher found = Pattern.compile("--" + name + ": #(..)(..)(..);").matcher(css);
    assertThat(found.find()).as(name).isTrue();
    double[] weights = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      double c = Integer.parseInt(found.group(i + 1), 16) / 255.0;
      sum += weights[i] * (c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4));
    }
    return sum;
  }
}
