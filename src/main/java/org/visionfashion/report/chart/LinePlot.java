package org.visionfashion.report.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.AbstractXYItemRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.renderer.xy.XYStepAreaRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Lines, dots and steps over numbers. What is added later lies above. */
public final class LinePlot {

  private static final int WIDTH = 360;
  private static final int HEIGHT = 225;
  private static final Stroke LINE =
      new BasicStroke(1.6f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  private static final Stroke DASHES =
      new BasicStroke(
          1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {4, 3}, 0);
  private static final Shape DOT = new Ellipse2D.Double(-2.5, -2.5, 5, 5);
  private static final Shape LEGEND_LINE = new Line2D.Double(-6, 0, 6, 0);

  private final NumberAxis xAxis;
  private final NumberAxis yAxis;
  private final XYPlot plot;
  private boolean legend;

  /** An empty plot; titles of axes may be empty. */
  public LinePlot(String xTitle, String yTitle) {
    xAxis = axis(xTitle);
    yAxis = axis(yTitle);
    plot = new XYPlot(null, xAxis, yAxis, null);
    ChartStyle.grid(plot);
  }

  private static NumberAxis axis(String title) {
    NumberAxis axis = new NumberAxis(title.isEmpty() ? null : title);
    ChartStyle.axis(axis);
    return axis;
  }

  /** Lets the x axis begin at 0. */
  public LinePlot xFromZero() {
    xAxis.setAutoRangeIncludesZero(true);
    return this;
  }

  /** Fixes the x axis. */
  public LinePlot xRange(double from, double to) {
    xAxis.setRange(from, to);
    return this;
  }

  /** Fixes the y axis. */
  public LinePlot yRange(double from, double to) {
    yAxis.setRange(from, to);
    return this;
  }

  /** Lets the y axis begin at 0. */
  public LinePlot yFromZero() {
    yAxis.setAutoRangeIncludesZero(true);
    return this;
  }

  /** Shows what is what below the plot. */
  public LinePlot legend(boolean shown) {
    legend = shown;
    return this;
  }

  /** What was added last does not show in the legend. */
  public LinePlot unnamed() {
    plot.getRenderer(plot.getDatasetCount() - 1).setSeriesVisibleInLegend(0, false);
    return this;
  }

  /** A line. */
  public LinePlot line(String name, Palette color, double[] x, double[] y) {
    return add(name, x, y, lines(color, true, false));
  }

  /** A line with a dot at each value. */
  public LinePlot dotted(String name, Palette color, double[] x, double[] y) {
    return add(name, x, y, lines(color, true, true));
  }

  /** A dashed line to compare with. */
  public LinePlot dashed(String name, double[] x, double[] y) {
    XYLineAndShapeRenderer renderer = lines(Palette.GREY, true, false);
    renderer.setSeriesStroke(0, DASHES);
    return add(name, x, y, renderer);
  }

  /** A filled outline in steps: y[i] holds from x[i] on. */
  public LinePlot steps(String name, Palette color, double[] x, double[] y) {
    XYStepAreaRenderer renderer = new XYStepAreaRenderer(XYStepAreaRenderer.AREA);
    Color c = color.color();
    renderer.setSeriesPaint(0, new Color(c.getRed(), c.getGreen(), c.getBlue(), 110));
    renderer.setLegendShape(0, new Ellipse2D.Double(-4, -4, 8, 8));
    return add(name, x, y, renderer);
  }

  private static XYLineAndShapeRenderer lines(Palette color, boolean line, boolean dots) {
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(line, dots);
    renderer.setSeriesPaint(0, color.color());
    renderer.setSeriesStroke(0, LINE);
    renderer.setSeriesShape(0, DOT);
    renderer.setDrawSeriesLineAsPath(true);
    renderer.setLegendLine(LEGEND_LINE);
    return renderer;
  }

  private LinePlot add(String name, double[] x, double[] y, AbstractXYItemRenderer renderer) {
    return add(new XYSeriesCollection(series(name, x, y)), renderer);
  }

  private LinePlot add(XYSeriesCollection data, AbstractXYItemRenderer renderer) {
    int index = plot.getDataset(0) == null ? 0 : plot.getDatasetCount();
    plot.setDataset(index, data);
    plot.setRenderer(index, renderer);
    return this;
  }

  /** What is not finite is a gap. */
  private static XYSeries series(String name, double[] x, double[] y) {
    XYSeries series = new XYSeries(name, false, true);
    for (int i = 0; i < x.length; i++) {
      series.add(x[i], Double.isFinite(y[i]) ? (Double) y[i] : null);
    }
    return series;
  }

  /** The plot with its words. */
  public Figure figure(String name, String title, String note) {
    return new Figure(name, title, note, ChartStyle.chart(plot, legend), WIDTH, HEIGHT);
  }
}
