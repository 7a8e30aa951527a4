package org.visionfashion.report.chart;

import java.awt.BasicStroke;
import java.util.List;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.category.DefaultCategoryDataset;

/** Horizontal bars. */
public final class BarPlot {

  private static final int WIDTH = 400;
  private static final int ROW = 19;
  private static final int REST = 40;

  private BarPlot() {}

  /**
   * One bar a name, the first on top.
   *
   * @param share_N from 0 to 1; what is not finite has no bar
   */
  public static Figure of(
      String name, String title, String note, List<String> names, double[] share_N) {
    DefaultCategoryDataset data = new DefaultCategoryDataset();
    for (int n = 0; n < share_N.length; n++) {
      data.addValue(Double.isFinite(share_N[n]) ? (Double) share_N[n] : null, "", names.get(n));
    }
    CategoryAxis categories = new CategoryAxis();
    Dress.axis(categories);
    categories.setMaximumCategoryLabelWidthRatio(0.45f);
    NumberAxis shares = new NumberAxis();
    Dress.axis(shares);
    shares.setRange(0, 1);
    CategoryPlot plot = new CategoryPlot(data, categories, shares, bars());
    plot.setOrientation(PlotOrientation.HORIZONTAL);
    plot.setRangeAxisLocation(AxisLocation.BOTTOM_OR_LEFT);
    plot.setRangeGridlinePaint(Palette.LINE.color());
    plot.setRangeGridlineStroke(new BasicStroke(1));
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    int height = REST + ROW * names.size();
    return new Figure(name, title, note, Dress.chart(plot, false), WIDTH, height);
  }

  private static BarRenderer bars() {
    BarRenderer bars = new BarRenderer();
    bars.setBarPainter(new StandardBarPainter());
    bars.setShadowVisible(false);
    bars.setDrawBarOutline(false);
    bars.setSeriesPaint(0, Palette.BLUE.color());
    bars.setItemMargin(0);
    bars.setMaximumBarWidth(0.1);
    return bars;
  }
}
