package org.visionfashion.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.Soak;

/** Many steps with evaluation and saving between: nothing grows. Linux says what a process has. */
@EnabledOnOs(OS.LINUX)
class LongRunTest {

  private static final double MEBIBYTE = 1 << 20;

  /** A picture or state that is just open. */
  private static final Offset<Double> OF_A_MOMENT = Offset.offset(2.0);

  @TempDir private Path folder;

  /**
   * What the process has at one moment.
   *
   * @param heap bytes of Java's heap that are in use behind a collection
   * @param resident bytes of the process in memory
   */
  private record Use(double heap, double resident, double files, double threads) {

    static Use now() throws IOException {
      System.gc();
      return new Use(
          ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
          residentBytes(),
          count("/proc/self/fd"),
          count("/proc/self/task"));
    }

    private static double residentBytes() throws IOException {
      try (Scanner pages = new Scanner(Path.of("/proc/self/statm"), StandardCharsets.US_ASCII)) {
        pages.nextLong(); // all of the address space
        return 4096.0 * pages.nextLong();
      }
    }

    private static double count(String folder) throws IOException {
      try (Stream<Path> entries = Files.list(Path.of(folder))) {
        return entries.count();
      }
    }
  }

  /** Looks now and then, and at the time of every step. */
  private static final class Watch implements Observer {

    private final int every;
    private final List<Use> uses = new ArrayList<>();
    private final List<Double> seconds = new ArrayList<>();

    Watch(int every) {
      this.every = every;
    }

    @Override
    public void step(Step step) {
      seconds.add(step.timing().seconds());
      if (step.place().step() % every == 0) {
        try {
          uses.add(Use.now());
        } catch (IOException e) {
          throw new AssertionError(e);
        }
      }
    }

    /** The median of a quarter of the run, 0 to 3. */
    double median(int quarter, ToDoubleFunction<Use> what) {
      return median(quarter, uses.stream().map(what::applyAsDouble).toList());
    }

    double secondsOf(int quarter) {
      return median(quarter, seconds);
    }

    private static double median(int quarter, List<Double> values) {
      int length = values.size() / 4;
      List<Double> sorted =
          values.subList(quarter * length, (quarter + 1) * length).stream().sorted().toList();
      return sorted.get(sorted.size() / 2);
    }
  }

  private Watch train(int epochs, int every) {
    TinyRun run = new TinyRun(folder);
    run.epochs = epochs;
    run.saveEvery = 5;
    Watch watch = new Watch(every);
    Path place = folder.resolve("run");
    TinyRun.train(run.in(place, () -> false, watch), "contrastive");
    return watch;
  }

  @Test
  void filesAndThreadsDoNotGrow() {
    Watch watch = train(40, 5);
    assertThat(watch.median(3, Use::files)).isCloseTo(watch.median(1, Use::files), OF_A_MOMENT);
    assertThat(watch.median(3, Use::threads)).isCloseTo(watch.median(1, Use::threads), OF_A_MOMENT);
  }

  @Test
  @Tag(Soak.TAG)
  void twoThousandSteps() {
    Watch watch = train(667, 20);
    double heap = (watch.median(3, Use::heap) - watch.median(1, Use::heap)) / MEBIBYTE;
    double resident = (watch.median(3, Use::resident) - watch.median(1, Use::resident)) / MEBIBYTE;
    double files = watch.median(3, Use::files) - watch.median(1, Use::files);
    double threads = watch.median(3, Use::threads) - watch.median(1, Use::threads);
    double slope = watch.secondsOf(3) / watch.secondsOf(1);
    Soak.summary(
        ("%d steps with %d evaluations and as many saves: heap %+.1f MiB, resident %+.1f MiB,"
                + " files %+.0f, threads %+.0f, step time x %.2f (last quarter against the second)")
            .formatted(watch.seconds.size(), 667, heap, resident, files, threads, slope));
    assertThat(watch.seconds).hasSize(2001);
    assertThat(heap).isLessThan(2);
    assertThat(resident).isLessThan(20);
    assertThat(files).isLessThanOrEqualTo(2);
    assertThat(threads).isLessThanOrEqualTo(2);
    assertThat(slope).isLessThan(1.3);
  }
}
