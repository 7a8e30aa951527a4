package org.visionfashion.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.Soak;
import org.visionfashion.config.DirtyConfigurationsTest;
import org.visionfashion.data.image.DirtyPicturesTest;
import org.visionfashion.data.source.DirtyTablesTest;
import org.visionfashion.data.tar.TarReaderTest;
import org.visionfashion.data.text.DirtyTokenizersTest;
import org.visionfashion.weights.checkpoint.DirtyModelsTest;

/** The fuzzers in turn for a while, with seeds that the quick tests do not reach. */
@Tag(Soak.TAG)
class DirtSoakTest {

  private static final long SECONDS = Long.getLong("fuzz.seconds", 300);
  private static final int CASES = 100;

  @TempDir private Path folder;

  @Test
  void damageIsSurvived() throws IOException {
    List<Fuzz> all =
        List.of(
            DirtyPicturesTest.fuzz(below("pictures")),
            DirtyTablesTest.tables(below("tables")),
            TarReaderTest.archives(below("archives")),
            DirtyTablesTest.annotations(below("labels"), false),
            DirtyTablesTest.annotations(below("captions"), true),
            DirtyConfigurationsTest.fuzz(below("configurations")),
            DirtyTokenizersTest.fuzz(below("tokenizers")),
            DirtyModelsTest.configs(below("models")),
            DirtyModelsTest.indexes(below("indexes")));
    long end = System.nanoTime() + SECONDS * 1_000_000_000L;
    long seed = 1_000_000;
    int survived = 0;
    int refused = 0;
    while (System.nanoTime() < end) {
      for (Fuzz fuzz : all) {
        refused += fuzz.run(seed, CASES);
        survived += CASES;
      }
      seed += CASES;
    }
    assertThat(refused).isBetween(survived / 4, survived);
    Soak.summary(
        String.format(
            Locale.ROOT,
            "dirty input: %,d damaged files of %d kinds, %,d refused by name, none crashed or hung",
            survived,
            all.size(),
            refused));
  }

  private Path below(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }
}
