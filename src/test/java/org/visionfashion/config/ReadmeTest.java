package org.visionfashion.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every configuration that README.md shows can be used as it stands. */
class ReadmeTest {

  private static final Pattern BLOCK = Pattern.compile("(?ms)^```yaml\\n(.*?)^```$");

  @TempDir private Path folder;

  static List<String> configurations() throws IOException {
    return BLOCK
        .matcher(Files.readString(Path.of("README.md")))
        .results()
        .map(block -> block.group(1))
        .toList();
  }

  private Config load(String yaml) throws IOException {
    return ConfigLoader.load(Files.writeString(folder.resolve("shown.yaml"), yaml), List.of());
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void eachLoads(String yaml) throws IOException {
    assertThat(load(yaml)).isNotEqualTo(Config.DEFAULT);
  }

  @Test
  void oneStartsFromPublishedWeights() throws IOException {
    List<InitConfig> inits = new ArrayList<>();
    for (String yaml : configurations()) {
      inits.add(load(yaml).model().init());
    }
    assertThat(inits)
        .anySatisfy(
            init -> {
              assertThat(init.image()).startsWith("hf:");
              assertThat(init.text()).startsWith("hf:");
              assertThat(init.ignored()).isNotEmpty();
            });
  }
}
