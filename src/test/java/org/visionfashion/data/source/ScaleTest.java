package org.visionfashion.data.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.Soak;
import org.visionfashion.config.AugmentConfig;
import org.visionfashion.config.Binder;
import org.visionfashion.config.DataConfig;
import org.visionfashion.config.ModelConfig.Resampling;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Split;
import org.visionfashion.data.image.TrainTransform;
import org.visionfashion.data.loader.Batch;
import org.visionfashion.data.loader.Loader;

/**
 * Ten million examples in a heap of 2 GB: a table of so many rows whose pictures are a few tiny
 * files is read and indexed by one process, and opened by another. {@code -Dscale.rows=N} takes
 * fewer.
 */
@Tag(Soak.TAG)
class ScaleTest {

  private static final int ROWS = Integer.getInteger("scale.rows", 10_000_000);
  private static final int PICTURES = 64;
  private static final int BATCH = 256;

  @TempDir Path folder;

  @Test
  void tenMillionExamplesInLittleHeap() throws Exception {
    write(folder, ROWS);
    String built = run("build");
    String opened = run("open");
    String fingerprint = built.substring(built.lastIndexOf(' ') + 1);
    assertThat(opened).endsWith(fingerprint);
    assertThat(fingerprint).hasSize(64);
    Soak.summary(String.format(Locale.ROOT, "%,d examples: %s; %s", ROWS, built, opened));
  }

  private String run(String what) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx2g",
                "-cp",
                System.getProperty("java.class.path"),
                Worker.class.getName(),
                folder.toString(),
                what)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.HOURS)).isTrue();
    assertThat(process.exitValue()).as(out).isZero();
    return out.strip();
  }

  /** A table and its pictures. */
  static void write(Path folder, int rows) throws IOException {
    Files.createDirectories(folder.resolve("p"));
    for (int i = 0; i < PICTURES; i++) {
      BufferedImage image = new BufferedImage(32, 48, BufferedImage.TYPE_INT_RGB);
      image.setRGB(i % 32, i / 2, 0xffffff);
      ImageIO.write(image, "png", folder.resolve("p/%d.png".formatted(i)).toFile());
    }
    SplittableRandom random = new SplittableRandom(1);
    List<String> kinds = List.of("dress", "skirt", "coat", "jeans", "shirt", "hat");
    List<String> colours = List.of("red", "blue", "green", "black", "white");
    try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("shop.csv"))) {
      out.write("id,image,caption,category,attributes,item\n");
      for (int i = 0; i < rows; i++) {
        String kind = kinds.get(random.nextInt(kinds.size()));
        String colour = colours.get(random.nextInt(colours.size()));
        out.write("shop/" + (1_000_000_000L + random.nextInt(1_000_000_000)) + "-" + i);
        out.write(",p/" + random.nextInt(PICTURES) + ".png,a ");
        out.write(colour + " " + kind + " of model " + random.nextInt(rows) + "," + kind + ",");
        out.write(colour + "|size " + random.nextInt(8) + "," + random.nextInt(rows / 3 + 1));
        out.write('\n');
      }
    }
  }

  /** One of the two processes; prints its figures. */
  static final class Worker {

    public static void main(String[] args) throws IOException {
      PrintStream out = System.out;
      if (args[1].equals("write")) {
        write(Path.of(args[0]), ROWS);
        return;
      }
      DataConfig config =
          Binder.with(
              DataConfigs.csv(Path.of(args[0]), DataConfig.SplitRule.ITEM),
              "limits.text_bytes=2000000000",
              "columns.id=id");
      long start = System.nanoTime();
      Dataset dataset = Sources.open(config).load();
      double loaded = seconds(start);
      start = System.nanoTime();
      TrainTransform transform =
          new TrainTransform(32, 32, Binder.of(AugmentConfig.class), Resampling.BICUBIC);
      try (Loader loader =
          Loader.builder(dataset.split(Split.TRAIN), transform)
              .shuffled(BATCH, true)
              .workers(2)
              .build()) {
        Batch first = loader.epoch(0, 0).iterator().next();
        assertThat(first.size()).isEqualTo(BATCH);
        out.printf(
            Locale.ROOT,
            "%s in %.1f s, first batch %.1f s later, at most %,d MB of heap, %s %s%n",
            args[1],
            loaded,
            seconds(start),
            peak() >> 20,
            dataset.summary(),
            dataset.fingerprint());
      }
    }

    private static double seconds(long start) {
      return (System.nanoTime() - start) / 1e9;
    }

    /** Garbage included. */
    private static long peak() {
      return ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .mapToLong(pool -> pool.getPeakUsage().getUsed())
          .sum();
    }
  }
}
