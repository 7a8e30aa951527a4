package org.visionfashion.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.base.UserError;

class SweepLoaderTest {

  @TempDir private Path folder;

  @BeforeEach
  void base() throws IOException {
    Files.writeString(folder.resolve("small.yaml"), "contrastive:\n  epochs: 2\n");
  }

  private Path write(String yaml) throws IOException {
    return Files.writeString(folder.resolve("sweep.yaml"), yaml);
  }

  private Sweep load(String yaml) throws IOException {
    return SweepLoader.load(write(yaml));
  }

  private List<String> problems(String yaml) throws IOException {
    Path file = write(yaml);
    return catchThrowableOfType(UserError.class, () -> SweepLoader.load(file)).problems();
  }

  @Test
  void theBaseAndEveryVariantWithEverySeed() throws IOException {
    Sweep sweep =
        load(
            """
            name: grid
            base: small.yaml
            seeds: [3, 4]
            set: {data.size: 50}
            vary: {contrastive.batch: [8, 16]}
            variants:
              calm: {contrastive.augment.hue: 0, model.image_size: [32, 16]}
            """);
    assertThat(sweep.runs())
        .extracting(Sweep.Run::name)
        .containsExactly(
            "grid-base-seed3",
            "grid-batch-8-seed3",
            "grid-batch-16-seed3",
            "grid-calm-seed3",
            "grid-base-seed4",
            "grid-batch-8-seed4",
            "grid-batch-16-seed4",
            "grid-calm-seed4");
    Sweep.Run calm = sweep.runs().get(7);
    assertThat(calm.sets())
        .containsExactly(
            "data.size=50",
            "contrastive.augment.hue=0",
            "model.image_size=[32, 16]",
            "run.seed=4",
            "run.name=grid-calm-seed4");
    Config config = ConfigLoader.load(sweep.base(), calm.sets());
    assertThat(config.contrastive().epochs()).isEqualTo(2);
    assertThat(config.contrastive().augment().hue()).isZero();
    assertThat(config.model().imageSize()).containsExactly(32, 16);
    assertThat(config.run().seed()).isEqualTo(4);
    assertThat(config.data().size()).isEqualTo(50);
  }

  @Test
  void everyProblemBeforeTheFirstRun() throws IOException {
    String file = folder.resolve("sweep.yaml").toString();
    assertThat(problems("base: small.yaml\nvary: {contrastive.batch: [8, one], data.siz: [3]}\n"))
        .containsExactly(
            file
                + ": variant batch-one: --set: contrastive.batch = one must be a whole number from"
                + " 2 to 1000000",
            file + ": variant siz-3: --set: data.siz is unknown, did you mean data.size?");
  }

  @Test
  void keysOfItsOwnAreChecked() throws IOException {
    String file = folder.resolve("sweep.yaml").toString();
    assertThat(
            problems(
                """
                nam: x
                base: small.yaml
                seeds: [one]
                vary:
                  contrastive.batch: 8
                  finetune.batch: [8]
                  contrastive.temperature: [1]
                  model.text.dropout: []
                variants:
                  alone: 3
                  base: {data.size: 7}
                  batch-8: {data.size: 7}
                """))
        .containsExactlyInAnyOrder(
            file + ":5: vary.contrastive.batch needs a list [a, b]",
            file + ":6: vary.finetune.batch repeats batch-8",
            file + ":8: vary.model.text.dropout needs a list [a, b]",
            file + ":10: variants.alone needs a name and keys below it",
            file + ":11: variants.base.data.size repeats base",
            file + ":12: variants.batch-8.data.size repeats batch-8",
            file + ":3: seeds = [one] must be whole numbers [1, 2, ...]",
            file + ":1: nam is unknown, did you mean name?");
  }

  @Test
  void aBaseThatIsMissing() throws IOException {
    assertThat(problems("base: smal.yaml\n"))
        .containsExactly(
            folder.resolve("sweep.yaml")
                + ": variant base: "
                + folder.resolve("smal.yaml")
                + ": no such file, did you mean small.yaml?");
  }
}
