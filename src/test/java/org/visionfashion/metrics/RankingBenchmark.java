package org.visionfashion.metrics;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Ranks of 4,000 pairs of 512 numbers, and the products alone. Run by JMH (pom.xml). */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgs = "-XX:LoopUnrollLimit=400") // as the launcher has it
public class RankingBenchmark {

  private static final int PAIRS = 4000;
  private static final int WIDTH = 512;

  private final float[][] images_NE = random(1);
  private final float[][] texts_NE = random(2);
  private final int[] groups_N = IntStream.range(0, PAIRS).toArray();

  private static float[][] random(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] matrix = new float[PAIRS][WIDTH];
    for (float[] row : matrix) {
      for (int i = 0; i < WIDTH; i++) {
        row[i] = (float) random.nextGaussian();
      }
    }
    return matrix;
  }

  @Benchmark
  public PairRanks.BothWays ranks() {
    return PairRanks.bothWays(images_NE, texts_NE, groups_N);
  }

  @Benchmark
  public void products() {
    ScoreBlocks.forEach(images_NE, texts_NE, (from, rows_BN) -> {});
  }
}
