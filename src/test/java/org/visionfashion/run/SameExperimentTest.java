package org.visionfashion.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.base.UserError;
import org.visionfashion.config.Config;

class SameExperimentTest {

  private static final Config BEGUN =
      Config.DEFAULT.with("data.source=csv", "data.root=/old/t.csv");

  @TempDir private Path folder;
  private RunFolder run;

  @BeforeEach
  void begin() {
    run = new RunFolder(folder.resolve("shoes"));
    run.writeConfig(BEGUN);
  }

  @Test
  void nothingChanged() {
    assertThat(SameExperiment.check(run, BEGUN, false)).isEmpty();
  }

  /** The fingerprint of the data decides; the new place is logged. */
  @Test
  void theDataMayMove() {
    Config moved = BEGUN.with("data.root=/new/t.csv");
    assertThat(SameExperiment.check(run, moved, false))
        .singleElement()
        .asString()
        .contains("data.root", "/new/t.csv", "/old/t.csv", "fingerprint");
  }

  @Test
  void thePrecisionMayChangeWithALine() {
    assertThat(SameExperiment.check(run, BEGUN.with("run.precision=bf16"), false))
        .singleElement()
        .asString()
        .contains("run.precision", "bf16", "fp32", "bit-for-bit");
  }

  @Test
  void whatTheResultDependsOnMayNot() {
    Config other = BEGUN.with("run.seed=2", "contrastive.lr=0.5", "finetune.lr=0.5");
    assertThatThrownBy(() -> SameExperiment.check(run, other, true))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("run.seed")
        .hasMessageContaining("contrastive.lr")
        .message()
        .doesNotContain("finetune.lr");
  }

  /** Whoever leaves out --config does not mean twenty changes. */
  @Test
  void anotherConfigurationIsOneLine() {
    Config other =
        BEGUN.with("run.seed=2", "contrastive.lr=0.5", "contrastive.epochs=7", "data.split=random");
    assertThatThrownBy(() -> SameExperiment.check(run, other, true))
        .isInstanceOfSatisfying(
            UserError.class,
            error ->
                assertThat(error.problems())
                    .singleElement()
                    .asString()
                    .contains("1 more", "--resume --run shoes"));
  }

  @Test
  void runsWithOtherSeedsAreTheSameExperiment() {
    assertThat(experiments("run.seed=2", "run.precision=bf16")).containsExactly(0, 0, 1);
    assertThat(experiments("run.seed=2,run.threads=7", "run.seed=3,save.every_steps=9"))
        .as("on other machines")
        .containsExactly(0, 0, 0);
    assertThat(experiments("run.threads=1", "run.threads=2"))
        .as("the threads are what is compared")
        .containsExactly(0, 1, 2);
    assertThat(experiments("run.seed=2", "run.threads=1", "run.threads=1,run.seed=2"))
        .containsExactly(0, 0, 1, 1);
  }

  /** The number of each run's experiment: the one begun, then changes of it. */
  private static List<Integer> experiments(String... changes) {
    List<Config> configs = new ArrayList<>(List.of(BEGUN));
    for (String change : changes) {
      configs.add(BEGUN.with(("run.name=n" + configs.size() + "," + change).split(",")));
    }
    List<String> answers = SameExperiment.apartFromSeed(configs);
    List<String> distinct = answers.stream().distinct().toList();
    return answers.stream().map(distinct::indexOf).toList();
  }
}
