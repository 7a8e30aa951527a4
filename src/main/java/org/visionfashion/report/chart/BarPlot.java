package org.visionfashion.report.chart;

import java.awt.BasicStroke;
import java.util.List;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.LevelRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.category.CategoryDataset;
import org.jfree.data.category.DefaultCategoryDataset;

/** Horizontal bars, and lines across them to compare with. */
public final class BarPlot {

  private static final int WIDTH = 360;
  private static final int BAR = 9;
  private static final int GAP = 8;
  private static final int REST = 40;
  private static final int LEGEND = 18;
  private static final double BETWEEN = 0.08;

  private BarPlot() {}

  /**
   * Bars of one colour, one a name.
   *
   * @param name in the legend
   * @param share_N from 0 to 1; what is not finite has no bar
   * @param mark_N where a line crosses the bar; empty = no lines
   */
  public record Bars(String name, Palette color, double[] share_N, double[] mark_N) {

    /** Without lines. */
    public Bars(String name, Palette color, double[] share_N) {
      this(name, color, share_N, new double[0]);
    }
  }

  /** The first name on top; a legend where there are several bars a name. */
  public static Figure of(
      String name, String title, String note, List<String> names, List<Bars> bars) {
    CategoryAxis categories = new CategoryAxis();
    ChartStyle.axis(categories);
    categories.setMaximumCategoryLabelWidthRatio(0.45f);
    categories.setCategoryMargin(0.3);
    categories.setLowerMargin(0.01);
    categories.setUpperMargin(0.01);
    NumberAxis shares = new NumberAxis();
    ChartStyle.axis(shares);
    shares.setRange(0, 1);
    CategoryPlot plot = new CategoryPlot(shares(names, bars), categories, shares, renderer(bars));
    plot.setDataset(1, marks(names, bars));
    plot.setRenderer(1, lines(bars));
    plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
    plot.setOrientation(PlotOrientation.HORIZONTAL);
    plot.setRangeAxisLocation(AxisLocation.BOTTOM_OR_LEFT);
    plot.setRangeGridlinePaint(Palette.LINE.color());
    plot.setRangeGridlineStroke(new BasicStroke(1));
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    boolean legend = bars.size() > 1;
    int height = REST + (BAR * bars.size() + GAP) * names.size() + (legend ? LEGEND : 0);
    return new Figure(name, title, note, ChartStyle.chart(plot, legend), WIDTH, height);
  }

  private static CategoryDataset shares(List<String> names, List<Bars> bars) {
    DefaultCategoryDataset data = new DefaultCategoryDataset();
    bars.forEach(each -> add(data, names, each.name(), each.share_N()));
    return data;
  }

  private static CategoryDataset marks(List<String> names, List<Bars> bars) {
    DefaultCategoryDataset data = new DefaultCategoryDataset();
    bars.stream()
        .filter(each -> each.mark_N().length > 0)
        .forEach(each -> add(data, names, each.name(), each.mark_N()));
    return data;
  }

  private static void add(
      DefaultCategoryDataset data, List<String> names, String series, double[] value_N) {
    for (int n = 0; n < value_N.length; n++) {
      Double value = Double.isFinite(value_N[n]) ? (Double) value_N[n] : null;
      data.addValue(value, series, names.get(n));
    }
  }

  private static BarRenderer renderer(List<Bars> bars) {
    BarRenderer renderer = new BarRenderer();
    renderer.setBarPainter(new StandardBarPainter());
    renderer.setShadowVisible(false);
    renderer.setDrawBarOutline(false);
    renderer.setItemMargin(BETWEEN);
    renderer.setMaximumBarWidth(0.1);
    for (int series = 0; series < bars.size(); series++) {
      renderer.setSeriesPaint(series, bars.get(series).color().color());
    }
    return renderer;
  }

  private static LevelRenderer lines(List<Bars> bars) {
    LevelRenderer lines = new LevelRenderer();
    lines.setItemMargin(BETWEEN);
    lines.setDefaultSeriesVisibleInLegend(false);
    for (int series = 0; series < bars.size(); series++) {
      lines.setSeriesPaint(series, Palette.ORANGE.color());
      lines.setSeriesStroke(series, new BasicStroke(2));
    }
    return lines;
  }
}
