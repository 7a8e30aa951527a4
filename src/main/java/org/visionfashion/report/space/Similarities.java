package org.visionfashion.report.space;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.visionfashion.report.chart.Figure;
import org.visionfashion.report.chart.LinePlot;
import org.visionfashion.report.chart.Palette;
import org.visionfashion.report.gallery.Search;

/** How similar pictures and texts are that belong together, and others. */
public final class Similarities {

  private static final int OTHERS = 100_000;
  private static final int BINS = 50;

  private Similarities() {}

  /**
   * Two histograms as densities: of all matching pairs, and of random other pairs.
   *
   * @param search of queries that have one target each
   */
  public static Figure histogram(Search search, long seed) {
    double[] matching = matching(search);
    double[] others = others(search, seed);
    double low = DoubleStream.concat(stream(matching), stream(others)).min().orElse(0);
    double high = DoubleStream.concat(stream(matching), stream(others)).max().orElse(1);
    double[] edges = edges(low, high);
    return new LinePlot("similarity", "density")
        .legend(true)
        .yFromZero()
        .steps("other pairs", Palette.GREY, edges, densities(others, edges))
        .steps("matching pairs", Palette.BLUE, edges, densities(matching, edges))
        .figure(
            "similarities",
            "Similarity of pictures and texts",
            "The less the two distributions overlap, the easier retrieval is.");
  }

  private static DoubleStream stream(double[] values) {
    return Arrays.stream(values);
  }

  private static double[] matching(Search search) {
    double[] similarity_P = new double[search.size()];
    for (int p = 0; p < similarity_P.length; p++) {
      similarity_P[p] = search.score(p, search.target_Q()[p][0]);
    }
    return similarity_P;
  }

  private static double[] others(Search search, long seed) {
    int candidates = search.candidate_PE().length;
    if (candidates < 2) {
      return new double[0];
    }
    Random random = new Random(seed);
    double[] similarities = new double[OTHERS];
    for (int i = 0; i < OTHERS; i++) {
      int query = random.nextInt(search.size());
      int target = search.target_Q()[query][0];
      int other = (target + 1 + random.nextInt(candidates - 1)) % candidates;
      similarities[i] = search.score(query, other);
    }
    return similarities;
  }

  /** Left edges of the bins, and the end. */
  private static double[] edges(double low, double high) {
    double width = Math.max(high - low, 1e-6) / BINS;
    double[] edges = new double[BINS + 1];
    for (int i = 0; i <= BINS; i++) {
      edges[i] = low + i * width;
    }
    return edges;
  }

  /** What each bin holds, so that all of it is 1; 0 at the end. */
  static double[] densities(double[] values, double[] edges) {
    double width = edges[1] - edges[0];
    double[] densities = new double[edges.length];
    for (double value : values) {
      int bin = (int) ((value - edges[0]) / width);
      densities[Math.min(bin, edges.length - 2)] += 1 / (width * values.length);
    }
    return densities;
  }
}
