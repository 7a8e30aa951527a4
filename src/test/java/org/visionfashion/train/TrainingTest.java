package org.visionfashion.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.visionfashion.base.UserError;
import org.visionfashion.data.text.Tokenizer;
import org.visionfashion.data.text.WordPieceVocabulary;
import org.visionfashion.run.RunFolder;
import org.visionfashion.run.RunStatus;
import org.visionfashion.weights.checkpoint.TinyModel;

/** A run from the first step to the last. */
class TrainingTest {

  @TempDir private Path folder;

  /** Stops after so many steps; notes the stage of each. */
  private static final class Watch implements Observer {

    private final int most;
    private final List<String> stages = new ArrayList<>();
    private final AtomicInteger steps = new AtomicInteger();

    Watch(int most) {
      this.most = most;
    }

    @Override
    public void step(Step step) {
      steps.incrementAndGet();
      stages.add(step.place().stage());
    }

    boolean stop() {
      return steps.get() >= most;
    }
  }

  private static boolean train(TinyRun run, Path place, Watch watch) {
    return new Training(run.in(place, watch::stop, watch)).both();
  }

  private static RunStatus status(Path place) {
    return new RunFolder(place).readStatus().orElseThrow();
  }

  @Test
  void bothStagesAreTrainedOnceAndTheRunKnowsIt() throws Exception {
    TinyRun run = new TinyRun(folder);
    Path place = folder.resolve("run");
    Files.createDirectories(place);
    Watch first = new Watch(Integer.MAX_VALUE);
    assertThat(train(run, place, first)).isTrue();
    assertThat(first.stages).contains("contrastive", "finetune");
    assertThat(status(place).contrastiveDone()).isTrue();
    assertThat(status(place).finetuneDone()).isTrue();
    assertThat(place.resolve("model/model.safetensors")).exists();
    Watch again = new Watch(Integer.MAX_VALUE);
    assertThat(train(run, place, again)).isTrue();
    assertThat(again.stages).isEmpty();
  }

  /** In stage one, at its end, and in stage two. */
  @ParameterizedTest
  @CsvSource({"4,false", "9,true", "12,true"})
  void aStopIsResumedWhereItWas(int steps, boolean stageOne) throws Exception {
    TinyRun run = new TinyRun(folder);
    Path place = folder.resolve("run");
    Files.createDirectories(place);
    assertThat(train(run, place, new Watch(steps))).isFalse();
    assertThat(new RunFolder(place).readStatus().map(RunStatus::contrastiveDone).orElse(false))
        .isEqualTo(stageOne && steps > 9);
    Watch rest = new Watch(Integer.MAX_VALUE);
    assertThat(train(run, place, rest)).isTrue();
    Path whole = folder.resolve("whole");
    Files.createDirectories(whole);
    assertThat(train(run, whole, new Watch(Integer.MAX_VALUE))).isTrue();
    assertThat(place.resolve("model/model.safetensors"))
        .hasSameBinaryContentAs(whole.resolve("model/model.safetensors"));
  }

  @Test
  void howLongItTakesIsSaidInTheLargestUnitThatSaysEnough() {
    assertThat(TimeEstimate.duration(41.6)).isEqualTo("42 s");
    assertThat(TimeEstimate.duration(840)).isEqualTo("14 min");
    assertThat(TimeEstimate.duration(3 * 3600 + 1800)).isEqualTo("3.5 h");
  }

  /** 70 steps of four pairs, three validations of five pairs twice, and 19 pictures to encode. */
  @Test
  void theTimeIsThatOfAllThatIsLeftAtThePaceOfTheFirstSteps() {
    TimeEstimate estimate = TimeEstimate.ofBoth(new TinyRun(folder).in(folder, () -> false));
    Observer.Place place = new Observer.Place("contrastive", 1, 3, 30, 100);
    for (int step = 1; step <= 30; step++) {
      Observer.Timing timing = new Observer.Timing(4, step <= 5 ? 9 : 0.1, 0);
      estimate.step(new Observer.Step(place, 1, LossScale.NONE, false, 1, 1, timing));
    }
    assertThat(estimate.text(place)).contains(" 7 s ", "both stages", "40 pairs/s");
  }

  @Test
  void aTokenizerWhoseModelCannotBeBuiltIsClosed() throws Exception {
    Tokenizer tokenizer = Tokenizer.of(WordPieceVocabulary.build(TinyModel.CAPTIONS, 200), 9);
    assertThat(tokenizer.encode(List.of("a hat")).length()).isPositive();
    assertThatThrownBy(
            () ->
                ContrastiveStage.orClosed(
                    tokenizer,
                    () -> {
                      throw new UserError("does not fit");
                    }))
        .isInstanceOf(UserError.class);
    assertThatThrownBy(() -> tokenizer.encode(List.of("a hat")))
        .isInstanceOf(IllegalStateException.class);
  }
}
