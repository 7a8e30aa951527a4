package org.visionfashion.report.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Paint;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.Axis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;

/** What all figures share: no boxes, no ticks, light lines, quiet numbers. */
final class ChartStyle {

  static final Color NOTHING = new Color(0, 0, 0, 0);

  private static final float TEXT = 11;

  private ChartStyle() {}

  /** A chart around a plot, with a legend below it where that is wanted. */
  static JFreeChart chart(Plot plot, boolean legend) {
    JFreeChart chart = new JFreeChart(null, ChartFont.regular(TEXT), plot, false);
    chart.setBackgroundPaint(null);
    chart.setPadding(new RectangleInsets(8, 2, 2, 8));
    chart.setAntiAlias(true);
    plot.setBackgroundPaint(null);
    plot.setOutlineVisible(false);
    plot.setInsets(RectangleInsets.ZERO_INSETS);
    if (legend) {
      chart.addLegend(legend(plot));
    }
    return chart;
  }

  private static LegendTitle legend(Plot plot) {
    LegendTitle legend = new LegendTitle(plot);
    legend.setPosition(RectangleEdge.BOTTOM);
    legend.setBackgroundPaint(NOTHING);
    legend.setFrame(BlockBorder.NONE);
    legend.setItemFont(ChartFont.regular(TEXT));
    legend.setItemPaint(Palette.INK.color());
    legend.setLegendItemGraphicPadding(new RectangleInsets(2, 6, 2, 2));
    return legend;
  }

  /** Grid lines across the plot, none along it. */
  static void grid(XYPlot plot) {
    plot.setDomainGridlinesVisible(false);
    plot.setRangeGridlinePaint(Palette.LINE.color());
    plot.setRangeGridlineStroke(new BasicStroke(1));
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    plot.setRangeZeroBaselineVisible(false);
  }

  /** A quiet axis; the title may be empty. */
  static void axis(Axis axis) {
    Paint soft = Palette.SOFT.color();
    axis.setAxisLineVisible(false);
    axis.setTickMarksVisible(false);
    axis.setTickLabelFont(ChartFont.regular(TEXT));
    axis.setTickLabelPaint(soft);
    axis.setLabelFont(ChartFont.regular(TEXT));
    axis.setLabelPaint(soft);
    if (axis instanceof ValueAxis values) {
      values.setLowerMargin(0.02);
      values.setUpperMargin(0.04);
    }
    if (axis instanceof NumberAxis numbers) {
      numbers.setAutoRangeIncludesZero(false);
      numbers.setAutoRangeStickyZero(false);
    }
  }
}
