package org.visionfashion.bench;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.visionfashion.metrics.PairRanks;
import org.visionfashion.metrics.ScoreBlocks;

/** Exact ranks both ways among random embeddings, beside the products alone; they take turns. */
public final class RetrievalBench {

  private RetrievalBench() {}

  /**
   * Ranks.
   *
   * @param pairs of images and texts
   * @param width of an embedding
   */
  public static Report run(int pairs, int width, int repetitions) {
    float[][] images = random(pairs, width, 1);
    float[][] texts = random(pairs, width, 2);
    int[] groups = IntStream.range(0, pairs).toArray();
    double[] seconds = new double[repetitions];
    double[] products = new double[repetitions];
    for (int i = 0; i < repetitions; i++) {
      long start = System.nanoTime();
      PairRanks.bothWays(images, texts, groups);
      seconds[i] = Clock.millisecondsSince(start) / 1000;
      start = System.nanoTime();
      ScoreBlocks.forEach(images, texts, (from, rows_BN) -> {});
      products[i] = Clock.millisecondsSince(start) / 1000;
    }
    Measured time = Measured.of(seconds);
    double flops = 2.0 * pairs * pairs * width; // one product serves both
    return new Report("Ranks of %,d pairs of %d dimensions, both ways".formatted(pairs, width))
        .add("seconds", time)
        .add("products_seconds", Measured.of(products))
        .add("ranks_by_products", time.median() / Measured.of(products).median())
        .add("gflops", time.map(each -> flops / each / 1e9))
        .add("peak_memory_mb", Clock.peakMemory());
  }

  private static float[][] random(int rows, int width, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] matrix = new float[rows][width];
    for (float[] row : matrix) {
      for (int i = 0; i < width; i++) {
        row[i] = (float) random.nextGaussian();
      }
    }
    return matrix;
  }
}
