package org.visionfashion.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
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
    String begun = SameExperiment.apartFromSeed(BEGUN);
    assertThat(SameExperiment.apartFromSeed(BEGUN.with("run.seed=2"))).isEqualTo(begun);
    assertThat(SameExperiment.apartFromSeed(BEGUN.with("run.precision=bf16"))).isNotEqualTo(begun);
  }
}
