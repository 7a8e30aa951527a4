package org.visionfashion.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.SmallDisk;

/** A data set that many share lies where nobody may write. */
@Timeout(300)
class ReadOnlyDataTest {

  @TempDir private Path folder;

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName().toString()));
      }
    }
  }

  @Test
  void trainingDoesWithoutPreparedPictures() throws Exception {
    TinyProject project = new TinyProject(folder.resolve("project"));
    Optional<SmallDisk> disk = SmallDisk.mount(folder.resolve("disk"), "size=2m");
    assumeTrue(disk.isPresent(), "only root may mount a disk");
    try (SmallDisk shared = disk.get()) {
      copy(project.home().resolve("Größe 👗"), shared.folder());
      shared.seal();
      List<String> sets =
          List.of("data.root=" + shared.folder().resolve("table.csv"), "data.cache.prepare=true");
      Process process =
          project.train(
              "all",
              "--config",
              project.config().toString(),
              "--set",
              sets.get(0),
              "--set",
              sets.get(1));
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as(project.output()).isZero();
      assertThat(project.output())
          .contains(".pixel-cache")
          .contains("Read-only file system")
          .contains("every epoch decodes");
      assertThat(project.run().resolve("eval/test.json")).exists();
    }
  }
}
