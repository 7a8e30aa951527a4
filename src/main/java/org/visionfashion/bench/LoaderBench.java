package org.visionfashion.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.visionfashion.config.AugmentConfig;
import org.visionfashion.config.Binder;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.config.ModelConfig.Resampling;
import org.visionfashion.data.Example;
import org.visionfashion.data.FilePicture;
import org.visionfashion.data.Picture;
import org.visionfashion.data.Progress;
import org.visionfashion.data.Split;
import org.visionfashion.data.cache.CacheBuilder;
import org.visionfashion.data.cache.PixelCache;
import org.visionfashion.data.image.TrainTransform;
import org.visionfashion.data.loader.PixelSource;

/**
 * Pictures ready for training in a second of one core's time, by where they come from: files of
 * each format, of 750 x 1101 pixels, a tar shard and a Parquet file of the JPEGs, and the pixel
 * cache, whose pictures are the same whatever they were made from; random crop to 224 x 224, flip
 * and colour jitter.
 */
public final class LoaderBench {

  /** How many pictures it takes, and how wide they are, for figures that can be compared. */
  public static final int PICTURES = 48;

  public static final int JPEG_WIDTH = 750;

  /** Rounds through the cached pictures for one through the files, to measure as long. */
  private static final int ROUNDS = 20;

  private static final String PER = "_per_second";
  private static final String JPEG = "jpeg";
  private static final String IMAGEIO = "jpeg_imageio";
  private static final String CACHED = "cached";
  private static final int CACHE_SIDE = 256;
  private static final int INPUT = 224;
  private static final AugmentConfig AUGMENT =
      new AugmentConfig(0.8, 0.9, 0.5, 0.1, 0.1, 0.1, 0.05);

  private LoaderBench() {}

  /**
   * A way to the pixels.
   *
   * @param name of its figure
   * @param rounds through the examples for a measurement
   */
  private record Way(String name, List<Example> examples, PixelSource source, int rounds) {}

  /**
   * Measures.
   *
   * @param folder a data set with {@link #PICTURES} pictures below images/; its cache and copies in
   *     other formats are kept
   */
  public static Report run(Path folder, int repetitions) throws IOException {
    List<Way> ways = ways(folder);
    double[][] rates = new double[ways.size()][repetitions];
    for (Way way : ways) {
      rate(way); // the compiler warms up
    }
    for (int repetition = 0; repetition < repetitions; repetition++) {
      for (int i = 0; i < rates.length; i++) {
        rates[i][repetition] = rate(ways.get(i));
      }
    }
    Report report = new Report("Pictures a second of one core, %d x %d".formatted(INPUT, INPUT));
    for (int i = 0; i < rates.length; i++) {
      report.add(ways.get(i).name() + PER, Measured.of(rates[i]));
    }
    return report
        .add("jpeg_by_imageio", report.median(JPEG + PER) / report.median(IMAGEIO + PER))
        .add("cached_by_jpeg", report.median(CACHED + PER) / report.median(JPEG + PER));
  }

  private static List<Way> ways(Path folder) throws IOException {
    List<Example> jpegs = examples(folder.resolve("images"));
    new CacheBuilder(folder, CACHE_SIDE, LimitsConfig.DEFAULT, 2, Progress.NONE)
        .prepare(jpegs.stream().map(Example::picture).toList());
    PixelSource files = PixelSource.files(LimitsConfig.DEFAULT);
    LimitsConfig imageIo = Binder.of(LimitsConfig.class, "jpeg=imageio");
    return List.of(
        new Way(JPEG, jpegs, files, 1),
        new Way(IMAGEIO, jpegs, PixelSource.files(imageIo), 1),
        new Way("png", copies(jpegs, folder, "png"), files, 1),
        new Way("webp", copies(jpegs, folder, "webp"), files, 1),
        new Way("jpeg_in_tar", shard(jpegs, folder), files, 1),
        new Way("jpeg_in_parquet", parquet(jpegs, folder), files, 1),
        new Way(CACHED, jpegs, PixelCache.open(folder, CACHE_SIDE, LimitsConfig.DEFAULT), ROUNDS));
  }

  /** The same pictures in another format. */
  private static List<Example> copies(List<Example> jpegs, Path folder, String format)
      throws IOException {
    Path copies = Files.createDirectories(folder.resolve(format));
    for (Example jpeg : jpegs) {
      Path file = jpeg.picture().file();
      Path copy = copies.resolve(file.getFileName().toString().replace(".jpg", "." + format));
      if (!Files.exists(copy)) {
        ImageIO.write(ImageIO.read(file.toFile()), format, copy.toFile());
      }
    }
    return examples(copies);
  }

  private static List<Example> shard(List<Example> jpegs, Path folder) throws IOException {
    List<Picture> pictures = jpegs.stream().map(Example::picture).toList();
    return ShardOfPictures.of(pictures, folder.resolve("pictures.tar")).stream()
        .map(LoaderBench::example)
        .toList();
  }

  private static List<Example> parquet(List<Example> jpegs, Path folder) throws IOException {
    List<Picture> pictures = jpegs.stream().map(Example::picture).toList();
    return ParquetOfPictures.of(pictures, folder.resolve("pictures.parquet")).stream()
        .map(LoaderBench::example)
        .toList();
  }

  private static List<Example> examples(Path images) throws IOException {
    try (Stream<Path> files = Files.list(images)) {
      return files.sorted().map(file -> example(new FilePicture(file))).toList();
    }
  }

  private static Example example(Picture picture) {
    return new Example(picture.name(), picture, List.of(), -1, new byte[0], "", Split.TRAIN);
  }

  private static double rate(Way way) throws IOException {
    TrainTransform transform = new TrainTransform(INPUT, INPUT, AUGMENT, Resampling.BICUBIC);
    byte[] target_CHW = new byte[transform.size()];
    SplittableRandom random = new SplittableRandom(1);
    double start = Clock.threadMilliseconds();
    for (int round = 0; round < way.rounds(); round++) {
      for (Example example : way.examples()) {
        transform.apply(way.source().pixels(example, transform), random, target_CHW, 0);
      }
    }
    return 1000.0 * way.rounds() * way.examples().size() / (Clock.threadMilliseconds() - start);
  }
}
