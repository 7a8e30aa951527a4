package org.visionfashion.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.visionfashion.config.Config;
import org.visionfashion.config.DataConfig.Source;

/** Which configuration a command means. */
class ConfigOptionsTest {

  @Test
  void withoutAnythingItIsTheDemo() {
    Config config = load();
    assertThat(config.run().name()).isEqualTo("demo");
    assertThat(config.data().source()).isEqualTo(Source.DEMO);
  }

  @Test
  void ownDataGetNeitherTheDemosModelNorItsSharesNorItsName() {
    Config config = load("data.root=/home/me/shoes");
    assertThat(config.run().name()).isEqualTo("shoes");
    assertThat(config.data().source()).isEqualTo(Source.AUTO);
    assertThat(config.data().validation()).isEqualTo(0.1);
    assertThat(config.data().test()).isEqualTo(0.1);
    assertThat(config.model().imageSize()).containsExactly(160, 128);
    assertThat(load("data.source=csv", "data.root=/shop/products.csv").run().name())
        .isEqualTo("products");
    assertThat(load("data.root=/shop/-").run().name()).isEqualTo("own");
    assertThat(load("run.name=mine", "data.root=/shop/x").run().name()).isEqualTo("mine");
  }

  @Test
  void theDemoMayLieElsewhere() {
    assertThat(load("data.source=demo", "data.root=/elsewhere").run().name()).isEqualTo("demo");
  }

  @Test
  void aFileThatIsNamedCounts() {
    ConfigOptions options =
        ConfigOptions.of(Path.of("configs/demo-long.yaml"), List.of("data.root=/elsewhere"));
    assertThat(options.load(List.of()).run().name()).isEqualTo("demo-long");
  }

  @Test
  void theKeysAreListed() {
    Executed keys = Executed.run("train", "--help-keys");
    assertThat(keys.exit()).isZero();
    assertThat(keys.out()).contains("contrastive.temperature_clamp = parameter");
  }

  private static Config load(String... sets) {
    return ConfigOptions.of(null, List.of(sets)).load(List.of());
  }
}
