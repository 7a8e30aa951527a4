package org.visionfashion.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class KeyTableTest {

  private static final Path PAGE = Path.of("docs/configuration.md");

  /** Adding a key changes the page: {@code mvn test -Dtest=KeyTableTest -Drenew=true} writes it. */
  @Test
  void thePageIsCurrent() throws IOException {
    if (Boolean.getBoolean("renew")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, KeyTable.markdown());
    }
    assertThat(PAGE).hasContent(KeyTable.markdown());
  }

  @Test
  void everyKeyIsListed() {
    assertThat(Config.DEFAULT.flat().keySet())
        .allMatch(key -> KeyTable.text().contains(key + " = "))
        .allMatch(key -> KeyTable.markdown().contains("| `" + key + "` |"));
    assertThat(KeyTable.text())
        .contains("contrastive.temperature = 0.07; 0.1 with loss=sigmoid")
        .contains("(one of infonce, sigmoid)");
  }
}
