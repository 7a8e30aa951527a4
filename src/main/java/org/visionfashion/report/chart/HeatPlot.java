package org.visionfashion.report.chart;

import java.awt.Color;
import java.awt.Paint;
import java.util.List;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.PaintScale;
import org.jfree.chart.renderer.xy.XYBlockRenderer;
import org.jfree.data.xy.DefaultXYZDataset;

/** A matrix of shares, the paler the smaller. */
public final class HeatPlot {

  private static final int CELL = 24;
  private static final int LABELS = 170;

  private HeatPlot() {}

  /** From nothing to blue. */
  private record Shade() implements PaintScale {
    @Override
    public double getLowerBound() {
      return 0;
    }

    @Override
    public double getUpperBound() {
      return 1;
    }

    @Override
    public Paint getPaint(double share) {
      Color full = Palette.BLUE.color();
      int alpha = (int) Math.round(255 * Math.max(0, Math.min(1, share)));
      return new Color(full.getRed(), full.getGreen(), full.getBlue(), alpha);
    }
  }

  /**
   * Rows from top to bottom.
   *
   * @param share_RC from 0 to 1, a row a name of {@code rows}
   */
  public static Figure of(
      String name,
      String title,
      String note,
      List<String> rows,
      List<String> columns,
      double[][] share_RC) {
    double[][] cells_3N = new double[3][rows.size() * columns.size()];
    for (int cell = 0; cell < cells_3N[0].length; cell++) {
      int row = cell / columns.size();
      int column = cell % columns.size();
      cells_3N[0][cell] = column;
      cells_3N[1][cell] = row;
      cells_3N[2][cell] = share_RC[row][column];
    }
    DefaultXYZDataset data = new DefaultXYZDataset();
    data.addSeries(title, cells_3N);
    XYBlockRenderer renderer = new XYBlockRenderer();
    renderer.setPaintScale(new Shade());
    SymbolAxis across = axis(columns);
    across.setVerticalTickLabels(true);
    SymbolAxis down = axis(rows);
    down.setInverted(true);
    XYPlot plot = new XYPlot(data, across, down, renderer);
    ChartStyle.grid(plot);
    plot.setRangeGridlinesVisible(false);
    return new Figure(
        name,
        title,
        note,
        ChartStyle.chart(plot, false),
        LABELS + CELL * columns.size(),
        LABELS + CELL * rows.size());
  }

  private static SymbolAxis axis(List<String> names) {
    SymbolAxis axis = new SymbolAxis(null, names.toArray(String[]::new));
    ChartStyle.axis(axis);
    axis.setGridBandsVisible(false);
    axis.setRange(-0.5, names.size() - 0.5);
    return axis;
  }
}
