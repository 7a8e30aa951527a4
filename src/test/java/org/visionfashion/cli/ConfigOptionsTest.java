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
  void dataOfTheHubAndPlacesOfSplitsAreOwnDataToo() {
    Config hub = load("data.root=hf:datasets/owner/shop-1.5@refs/pr/1#small");
    assertThat(hub.run().name()).isEqualTo("shop-1.5");
    assertThat(hub.data().root().isOnHub()).isTrue();
    Config splits = load("data.root.train=a.csv", "data.root.test=b.csv");
    assertThat(splits.run().name()).isEqualTo("own");
    assertThat(splits.data().source()).isEqualTo(Source.AUTO);
    assertThat(splits.data().root().parts()).hasSize(2);
  }

  @Test
  void aTypedPlaceStartsAtTheCurrentFolder() {
    assertThat(ConfigOptions.root("a/../b.csv"))
        .isEqualTo("data.root=" + Path.of("b.csv").toAbsolutePath());
    assertThat(ConfigOptions.root("hf:datasets/o/n")).isEqualTo("data.root=hf:datasets/o/n");
  }

  /** Settings may have spaces around the key and the value, as in a file. */
  @Test
  void spacesChangeNothing() {
    assertThat(load("data.root = /home/me/shoes").run().name()).isEqualTo("shoes");
    assertThat(load(" data.root =/shop/x", "run.name = mine").run().name()).isEqualTo("mine");
    assertThat(load("data.source = demo", "data.root=/x").run().name()).isEqualTo("demo");
    assertThat(load("data.root=/shop/a", "data.root=/shop/b").run().name()).isEqualTo("b");
    ConfigOptions options = ConfigOptions.of(null, List.of("run.name = b ", "data.split = item"));
    assertThat(options.runName()).contains("b");
    assertThat(options.sets("data.split")).isTrue();
    assertThat(options.sets("data.source")).isFalse();
  }

  @Test
  void theChoiceOfTheFileIsSaid() {
    assertThat(ConfigOptions.of(null, List.of()).choice()).contains("configs/demo.yaml");
    assertThat(ConfigOptions.of(null, List.of("data.root = /x")).choice())
        .contains("configs/own.yaml", "--config");
    assertThat(ConfigOptions.of(Path.of("my.yaml"), List.of("data.root=/x")).choice())
        .startsWith("my.yaml");
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
