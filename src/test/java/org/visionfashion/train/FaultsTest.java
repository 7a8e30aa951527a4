package org.visionfashion.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.visionfashion.SmallDisk;
import org.visionfashion.Soak;
import org.visionfashion.base.UserError;
import org.visionfashion.config.SaveConfig.OnFailure;
import org.visionfashion.data.loader.BatchPlan;
import org.visionfashion.engine.Machine;

/** What goes wrong in a run really goes wrong here; behind it, the run ends as if nothing had. */
@Timeout(120)
class FaultsTest {

  private static final String STAGE = "contrastive";

  @TempDir private static Path shared;

  /** Never disturbed. */
  private static Path whole;

  @TempDir private Path folder;

  @BeforeAll
  static void train() {
    whole = shared.resolve("whole");
    new TinyRun(shared).contrastive(whole);
  }

  private static void assertSame(Path actual, Path expected) throws IOException {
    assertThat(TinyRun.metrics(actual, STAGE)).isEqualTo(TinyRun.metrics(expected, STAGE));
    assertThat(TinyRun.states(actual, STAGE).get(0))
        .hasSameBinaryContentAs(TinyRun.states(expected, STAGE).get(0));
    assertThat(actual.resolve("model/model.safetensors"))
        .hasSameBinaryContentAs(expected.resolve("model/model.safetensors"));
  }

  /** Something that happens when a step has been made. */
  private interface Event {
    void happen() throws IOException;
  }

  private static Observer at(long number, Event event) {
    return new Observer() {
      @Override
      public void step(Step step) {
        if (step.place().step() == number) {
          try {
            event.happen();
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        }
      }
    };
  }

  @Test
  void outOfMemoryInJava() throws IOException {
    TinyRun run = new TinyRun(shared);
    run.saveEvery = 1;
    Path place = folder.resolve("run");
    List<long[]> hoard = new ArrayList<>();
    Event hoarding =
        () -> {
          while (true) {
            hoard.add(new long[1 << 27]); // a gibibyte
            assertThat(hoard.get(0)).isNotEmpty();
          }
        };
    assertThatThrownBy(() -> TinyRun.train(run.in(place, () -> false, at(5, hoarding)), STAGE))
        .isInstanceOf(OutOfMemoryError.class);
    hoard.clear();
    run.contrastive(place);
    assertSame(place, whole);
  }

  @Test
  void outOfMemoryInNativeCode() throws IOException {
    TinyRun run = new TinyRun(shared);
    Path place = folder.resolve("run");
    Event hoarding =
        () -> {
          try (NDManager manager = Machine.newManager(Machine.bestDevice());
              NDArray much = manager.zeros(new Shape(1L << 46))) {
            throw new AssertionError(much.getShape());
          }
        };
    assertThatThrownBy(() -> TinyRun.train(run.in(place, () -> false, at(5, hoarding)), STAGE))
        .hasMessageContaining(
            Machine.bestDevice().isGpu() ? "CUDA out of memory" : "can't allocate memory");
    run.contrastive(place);
    assertSame(place, whole);
  }

  /** All pictures of the first epoch's second batch are broken: it is no step, but it is behind. */
  @ParameterizedTest
  @CsvSource({"1", "2", "3"})
  void aBatchWithoutAnyPictureIsBehindForAResumedRunToo(int after) throws IOException {
    TinyRun run = new TinyRun(folder);
    run.maxBroken = 0.5;
    BatchPlan plan = new BatchPlan(TinyRun.TRAIN, TinyRun.BATCH, true, true, run.seed);
    for (int index : plan.batch(plan.order(0), 1)) {
      Files.writeString(run.examples.get(index).picture().file(), "no picture");
    }
    Path undisturbed = folder.resolve("undisturbed");
    run.contrastive(undisturbed);
    AtomicInteger steps = new AtomicInteger();
    Observer counter =
        new Observer() {
          @Override
          public void step(Step step) {
            steps.incrementAndGet();
          }
        };
    Path cut = folder.resolve("cut");
    TinyRun.train(run.in(cut, () -> steps.get() >= after, counter), STAGE);
    assertThat(run.contrastive(cut)).isEqualTo(TrainingLoop.End.COMPLETE);
    assertThat(steps).hasValue(after);
    assertThat(TinyRun.metrics(cut, STAGE).get(2)).contains("validation"); // behind two steps
    assertSame(cut, undisturbed);
  }

  @Test
  void aPictureThatVanishesStopsTheRunUntilItIsBack() throws IOException {
    TinyRun run = new TinyRun(folder);
    run.saveEvery = 1;
    Path picture = run.examples.get(3).picture().file();
    byte[] bytes = Files.readAllBytes(picture);
    Path place = folder.resolve("run");
    assertThatThrownBy(
            () ->
                TinyRun.train(
                    run.in(place, () -> false, at(2, () -> Files.delete(picture))), STAGE))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("data.max_broken")
        .hasMessageContaining(picture.toString());
    Files.write(picture, bytes);
    run.contrastive(place);
    assertSame(place, whole);
  }

  /**
   * Asked before steps and between the batches of the judging: whenever it comes, nothing is lost.
   */
  @ParameterizedTest
  @CsvSource({"contrastive,1", "contrastive,5", "contrastive,6", "contrastive,7", "contrastive,20"})
  void stoppedWheneverItIsAsked(String stage, int question) throws IOException {
    TinyRun run = new TinyRun(shared);
    Path place = folder.resolve("run");
    AtomicInteger questions = new AtomicInteger();
    TrainingRun stopped = run.in(place, () -> questions.incrementAndGet() >= question);
    assertThat(TinyRun.train(stopped, stage)).isEqualTo(TrainingLoop.End.INTERRUPTED);
    assertThat(questions.get()).as("it stops soon").isLessThan(question + 4);
    run.contrastive(place);
    assertSame(place, whole);
  }

  /** A folder of the state's name stands in its way: a rename that fails, without root's rights. */
  private static Path obstacle(Path place, int step) throws IOException {
    Path obstacle = place.resolve("contrastive/state-%09d.safetensors".formatted(step));
    return Files.createDirectories(obstacle.resolve("in the way"));
  }

  private static void remove(Path obstacle) throws IOException {
    Files.delete(obstacle);
    Files.delete(obstacle.getParent());
  }

  @Test
  void aSaveThatFailsStopsTheRun() throws IOException {
    TinyRun run = new TinyRun(shared);
    Path place = folder.resolve("run");
    Observer fault = at(5, () -> obstacle(place, 6));
    assertThatThrownBy(() -> TinyRun.train(run.in(place, () -> false, fault), STAGE))
        .hasMessageContaining("the training state cannot be written to " + place)
        .hasMessageContaining("earlier saves");
    remove(place.resolve("contrastive/state-000000006.safetensors/in the way"));
    assertThat(TinyRun.states(place, STAGE).get(0)).hasFileName("state-000000003.safetensors");
    run.contrastive(place);
    assertSame(place, whole);
  }

  @Test
  void aSaveThatFailsIsTriedAgainWhereTheConfigurationSaysSo() throws IOException {
    TinyRun run = new TinyRun(shared);
    run.onFailure = OnFailure.RETRY;
    Path place = folder.resolve("run");
    Observer fault = at(5, () -> obstacle(place, 6));
    Observer mended =
        at(8, () -> remove(place.resolve("contrastive/state-000000006.safetensors/in the way")));
    TinyRun.train(run.in(place, () -> false, fault, mended), STAGE);
    assertSame(place, whole);
  }

  /**
   * Every epoch's save fails, for a fault that comes by chance; it is mended, and the run goes on.
   */
  @Test
  @Tag(Soak.TAG)
  @Timeout(600)
  void manySavesThatFail() throws IOException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int failed = 0;
    for (int i = 0; i < 50; i++) {
      TinyRun run = new TinyRun(shared);
      Path place = folder.resolve("run-" + i);
      for (int end = 3; end <= 9; end += 3) { // of an epoch
        int bad = end;
        Observer fault = at(end - 1 - random.nextInt(2), () -> obstacle(place, bad));
        assertThatThrownBy(() -> TinyRun.train(run.in(place, () -> false, fault), STAGE))
            .as("seed %d, run %d", seed, i)
            .hasMessageContaining("the training state cannot be written");
        remove(place.resolve("contrastive/state-%09d.safetensors/in the way".formatted(bad)));
        failed++;
      }
      run.contrastive(place);
      assertSame(place, whole);
    }
    Soak.summary(failed + " saves that failed in 50 runs: each run ended as if nothing had been");
  }

  @ParameterizedTest
  @CsvSource({"STOP", "RETRY"})
  void aFullDisk(OnFailure onFailure) throws IOException {
    Optional<SmallDisk> disk = SmallDisk.mount(folder.resolve("disk"), "size=2m");
    assumeTrue(disk.isPresent(), "only root may mount a small disk");
    try (SmallDisk small = disk.get()) {
      fill(small.folder(), onFailure);
    }
  }

  private static void fill(Path disk, OnFailure onFailure) throws IOException {
    TinyRun run = new TinyRun(shared);
    run.saveEvery = 1;
    run.onFailure = onFailure;
    Path place = disk.resolve("run");
    Path filler = disk.resolve("filler");
    Observer full = at(4, () -> fillWith(filler));
    Observer free = at(onFailure == OnFailure.RETRY ? 6 : 99, () -> Files.delete(filler));
    TrainingRun training = run.in(place, () -> false, full, free);
    if (onFailure == OnFailure.STOP) {
      assertThatThrownBy(() -> TinyRun.train(training, STAGE))
          .hasMessageContaining("No space left on device");
      Files.delete(filler);
      run.contrastive(place);
    } else {
      assertThat(TinyRun.train(training, STAGE)).isEqualTo(TrainingLoop.End.COMPLETE);
    }
    assertSame(place, whole);
  }

  /** To the last byte. */
  private static void fillWith(Path filler) throws IOException {
    try (var out = Files.newOutputStream(filler)) {
      byte[] page = new byte[4096];
      for (int i : IntStream.range(0, 1000).toArray()) {
        page[0] = (byte) i;
        out.write(page);
      }
      throw new AssertionError("the disk is too large");
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left on device");
    }
  }
}
