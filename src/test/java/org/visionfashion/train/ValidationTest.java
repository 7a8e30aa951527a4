package org.visionfashion.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.visionfashion.config.MicroBatch;
import org.visionfashion.data.Example;
import org.visionfashion.data.Split;
import org.visionfashion.eval.ScoreKey;
import org.visionfashion.model.DeviceBatch;
import org.visionfashion.train.Progress.Best;
import org.visionfashion.train.Validation.Blocks;
import org.visionfashion.weights.checkpoint.Checkpoint;
import org.visionfashion.weights.checkpoint.TinyModel;

/** What decides which epoch is best, and the loss of a split in blocks. */
class ValidationTest {

  @TempDir private Path folder;

  private static List<Example> split(int size) {
    return IntStream.range(0, size)
        .mapToObj(i -> new Example("" + i, Path.of(""), "c", 0, new byte[0], "", Split.VALIDATION))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"1,1,0", "9,9,0", "64,64,0", "65,64,63", "100,64,28", "128,64,0", "130,64,62"})
  void blocksHaveOneSizeAndTheLastRepeatsExamples(int examples, int size, int repeated) {
    List<Example> split = split(examples);
    Blocks blocks = Blocks.of(split);
    assertThat(blocks.size()).isEqualTo(size);
    assertThat(blocks.repeated()).isEqualTo(repeated);
    assertThat(blocks.examples()).hasSize(examples + repeated);
    assertThat(blocks.examples().size() % size).isZero();
    List<Example> once = new ArrayList<>(blocks.examples());
    int last = once.size() - size;
    once.subList(last, last + repeated).clear();
    assertThat(once).isEqualTo(split);
  }

  @Test
  void collapsedIsWhereAllPicturesAreAlikeAndNoneIsFound() {
    float[][] alike_NE = new float[100][];
    Arrays.fill(alike_NE, new float[] {0.6f, 0.8f});
    float[][] apart_NE = alike_NE.clone();
    for (int n = 0; n < 50; n++) {
      apart_NE[n] = new float[] {0.8f, 0.6f};
    }
    String key = ScoreKey.TEXT_TO_IMAGE.key();
    assertThat(Validation.meanCosine(alike_NE)).isCloseTo(1, within(1e-6));
    // 4,900 of 9,900 ordered pairs have 1, the others 0.96.
    assertThat(Validation.meanCosine(apart_NE))
        .isCloseTo((4900 + 0.96 * 5000) / 9900, within(1e-6));
    assertThat(Validation.collapsed(alike_NE, Map.of(key, 0.1))).isTrue();
    assertThat(Validation.collapsed(alike_NE, Map.of(key, 0.5))).isFalse();
    assertThat(Validation.collapsed(apart_NE, Map.of(key, 0.1))).isFalse();
  }

  /** Of nine pairs in batches of eight the last one once had the loss 0: it was alone. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 8, 9, 64})
  void theLossDoesNotDependOnTheBatch(int batch) {
    List<Double> losses = new ArrayList<>();
    for (int size : new int[] {4, batch}) {
      TinyRun run = new TinyRun(folder);
      run.batch = size;
      run.epochs = 1;
      run.learningRate = 1e-50; // nothing moves in single precision
      Path place = folder.resolve("batch-" + losses.size());
      List<Observer.Epoch> epochs = new ArrayList<>();
      Observer observer =
          new Observer() {
            @Override
            public void epoch(Epoch epoch) {
              epochs.add(epoch);
            }
          };
      TinyRun.train(run.in(place, () -> false, observer), "contrastive");
      losses.add(epochs.get(0).validation().orElseThrow().loss());
    }
    assertThat(losses.get(1)).isEqualTo(losses.get(0)).isPositive();
  }

  /** Shares of the last block: what it repeats does not count again. */
  @Test
  void theRestOfABatchIsAShareOfItsLoss() {
    try (Checkpoint checkpoint = TinyModel.checkpoint(1, "x")) {
      for (int most : new int[] {0, 2, 3}) {
        BatchLoss<DeviceBatch> loss =
            new BatchLoss<>(
                checkpoint.model(),
                BatchLossTest.objective(checkpoint.model(), "contrastive"),
                MicroBatch.of(most));
        Feed.Minibatch<DeviceBatch> batch = BatchLossTest.minibatch(checkpoint);
        double all = loss.value(batch);
        double rest = loss.value(batch, 4);
        assertThat(rest).isPositive().isLessThan(all);
        assertThat(loss.value(batch, 0)).isEqualTo(all);
        assertThat(loss.value(batch, BatchLossTest.SIZE)).isZero();
        assertThat(loss.value(batch, 4) + first(loss, batch, 4)).isCloseTo(all, within(1e-5));
      }
    }
  }

  /** What the first examples contribute, by differences of neighbouring shares. */
  private static double first(
      BatchLoss<DeviceBatch> loss, Feed.Minibatch<DeviceBatch> batch, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += loss.value(batch, i) - loss.value(batch, i + 1);
    }
    return sum;
  }

  private static Optional<Validation> validation(double score, double loss) {
    return Optional.of(new Validation(loss, score, Map.of(), false));
  }

  @Test
  void amongEqualScoresTheLowerLossIsBetter() {
    Best best = new Best(3, 0.8, 1.5);
    assertThat(best.isBeatenBy(validation(0.8, 1.5))).isFalse();
    assertThat(best.isBeatenBy(validation(0.8, 1.6))).isFalse();
    assertThat(best.isBeatenBy(validation(0.8, 1.4))).isTrue();
    assertThat(best.isBeatenBy(validation(0.81, 9))).isTrue();
    assertThat(best.isBeatenBy(validation(0.79, 0))).isFalse();
    assertThat(best.isBeatenBy(validation(Double.NaN, Double.NaN))).isFalse();
    assertThat(Best.NONE.isBeatenBy(validation(Double.NaN, Double.NaN))).isTrue();
  }

  /** Five pairs: recall@10 is 1 from the first epoch on, and told nothing about the others. */
  @Test
  void aSmallSplitDoesNotDeliverTheFirstEpochForGood() {
    TinyRun run = new TinyRun(folder);
    run.epochs = 4;
    List<Observer.Epoch> epochs = new ArrayList<>();
    Observer observer =
        new Observer() {
          @Override
          public void epoch(Epoch epoch) {
            epochs.add(epoch);
          }
        };
    TinyRun.train(run.in(folder.resolve("small"), () -> false, observer), "contrastive");
    assertThat(epochs)
        .extracting(epoch -> epoch.validation().orElseThrow().values())
        .allSatisfy(values -> assertThat(values.values()).containsOnly(1.0));
    assertThat(epochs)
        .extracting(epoch -> epoch.validation().orElseThrow().score())
        .allSatisfy(score -> assertThat(score).isLessThan(1));
    double best =
        epochs.stream()
            .mapToDouble(each -> each.validation().orElseThrow().score())
            .max()
            .orElse(0);
    Observer.Epoch chosen =
        epochs.stream().filter(Observer.Epoch::best).reduce((a, b) -> b).orElseThrow();
    assertThat(chosen.validation().orElseThrow().score()).isEqualTo(best);
  }
}
