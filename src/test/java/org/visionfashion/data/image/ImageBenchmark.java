package org.visionfashion.data.image;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.visionfashion.config.AugmentConfig;
import org.visionfashion.config.ModelConfig.Resampling;

/** Augmentation and its parts: a picture of the pixel cache to 224 x 224. Run by JMH (pom.xml). */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgs = "-XX:LoopUnrollLimit=400") // as the launcher has it
public class ImageBenchmark {

  private static final int SIDE = 224;
  private static final Box WINDOW = new Box(0, 0, SIDE, SIDE);

  @Param private Resampling resampling;

  private final Pixels source = TestPictures.noise(256, 376, 1);
  private final byte[] target_CHW = new byte[Pixels.CHANNELS * SIDE * SIDE];
  private final SplittableRandom random = new SplittableRandom(1);
  private final ColorJitter jitter = new ColorJitter(0.1, 0.1, 0.1, 0.05);
  private final PackedImage small =
      new PackedImage(new SplittableRandom(2).ints(SIDE * SIDE, 0, 1 << 24).toArray(), SIDE, SIDE);

  @Benchmark
  public byte[] train() {
    AugmentConfig augment = new AugmentConfig(0.8, 0.9, 0.5, 0.1, 0.1, 0.1, 0.05);
    new TrainTransform(SIDE, SIDE, augment, resampling).apply(source, random, target_CHW, 0);
    return target_CHW;
  }

  @Benchmark
  public byte[] eval() {
    new EvalTransform(SIDE, SIDE, resampling).apply(source, random, target_CHW, 0);
    return target_CHW;
  }

  @Benchmark
  public PackedImage resize() {
    return new Resize(SIDE, SIDE, resampling).apply(source, Box.of(source), WINDOW, false);
  }

  @Benchmark
  public PackedImage jitter() {
    jitter.apply(small, random);
    return small;
  }
}
