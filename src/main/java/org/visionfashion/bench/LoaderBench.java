package org.visionfashion.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.visionfashion.config.AugmentConfig;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.config.ModelConfig.Resampling;
import org.visionfashion.data.Example;
import org.visionfashion.data.Progress;
import org.visionfashion.data.Split;
import org.visionfashion.data.cache.CacheBuilder;
import org.visionfashion.data.cache.PixelCache;
import org.visionfashion.data.image.TrainTransform;
import org.visionfashion.data.loader.PixelSource;

/**
 * Pictures ready for training in a second of one core's time: JPEGs of 750 x 1101 pixels decoded
 * each time, and from the pixel cache; random crop to 224 x 224, flip and colour jitter.
 */
public final class LoaderBench {

  /** How many pictures it takes, and how wide they are, for figures that can be compared. */
  public static final int PICTURES = 48;

  public static final int JPEG_WIDTH = 750;

  /** Rounds through the cached pictures for one through the JPEGs, to measure as long. */
  private static final int ROUNDS = 20;

  private static final int CACHE_SIDE = 256;
  private static final int INPUT = 224;
  private static final AugmentConfig AUGMENT =
      new AugmentConfig(0.8, 0.9, 0.5, 0.1, 0.1, 0.1, 0.05);

  private LoaderBench() {}

  /**
   * Measures.
   *
   * @param folder a data set with {@link #PICTURES} pictures below images/; its cache is kept
   */
  public static Report run(Path folder, int repetitions) throws IOException {
    List<Example> examples = examples(folder.resolve("images"));
    new CacheBuilder(folder, CACHE_SIDE, LimitsConfig.DEFAULT, 2, Progress.NONE)
        .prepare(examples.stream().map(Example::picture).toList());
    PixelSource prepared = PixelCache.open(folder, CACHE_SIDE, LimitsConfig.DEFAULT);
    double[] decoded = new double[repetitions];
    double[] cached = new double[repetitions];
    PixelSource files = PixelSource.files(LimitsConfig.DEFAULT);
    rate(files, examples, 1); // the compiler warms up
    rate(prepared, examples, ROUNDS);
    for (int i = 0; i < repetitions; i++) {
      decoded[i] = rate(files, examples, 1);
      cached[i] = rate(prepared, examples, ROUNDS);
    }
    Measured fromJpeg = Measured.of(decoded);
    Measured fromCache = Measured.of(cached);
    return new Report("Pictures a second of one core, %d x %d".formatted(INPUT, INPUT))
        .add("decoded_per_second", fromJpeg)
        .add("cached_per_second", fromCache)
        .add("cached_by_decoded", fromCache.median() / fromJpeg.median());
  }

  private static List<Example> examples(Path images) throws IOException {
    try (Stream<Path> files = Files.list(images)) {
      return files.sorted().map(LoaderBench::example).toList();
    }
  }

  private static Example example(Path image) {
    return new Example(image.toString(), image, "", -1, new byte[0], "", Split.TRAIN);
  }

  private static double rate(PixelSource source, List<Example> examples, int rounds)
      throws IOException {
    TrainTransform transform = new TrainTransform(INPUT, INPUT, AUGMENT, Resampling.BICUBIC);
    byte[] target_CHW = new byte[transform.size()];
    SplittableRandom random = new SplittableRandom(1);
    double start = Clock.threadMilliseconds();
    for (int round = 0; round < rounds; round++) {
      for (Example example : examples) {
        transform.apply(source.pixels(example, transform), random, target_CHW, 0);
      }
    }
    return 1000.0 * rounds * examples.size() / (Clock.threadMilliseconds() - start);
  }
}
