package org.visionfashion.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The old one or the new one, never a half. */
class AtomicFilesTest {

  @TempDir private Path folder;

  @Test
  void aFileIsWrittenBesideItsPlace() throws IOException {
    Path file = folder.resolve("deep/er/file");
    AtomicFiles.replaceFile(file, beside -> Files.writeString(beside, "one"));
    AtomicFiles.replaceFile(
        file,
        beside -> {
          Files.writeString(beside, "two");
          assertThat(file).hasContent("one");
        });
    assertThat(file).hasContent("two");
    assertThat(file.getParent()).isDirectoryNotContaining(path -> !path.equals(file));
  }

  @Test
  void aWriteThatFailsLeavesTheOldFile() throws IOException {
    Path file = folder.resolve("file");
    AtomicFiles.replaceFile(file, beside -> Files.writeString(beside, "one"));
    assertThatThrownBy(
            () ->
                AtomicFiles.replaceFile(
                    file,
                    beside -> {
                      Files.writeString(beside, "half");
                      throw new IOException("disk full");
                    }))
        .hasMessage("disk full");
    assertThat(file).hasContent("one");
    assertThat(folder.toFile().list()).containsExactly("file");
    AtomicFiles.replaceFile(file, beside -> Files.writeString(beside, "two"));
    assertThat(file).hasContent("two");
    assertThat(folder.toFile().list()).containsExactly("file");
  }

  @Test
  void aFolderReplacesAFullOne() throws IOException {
    Path place = folder.resolve("model");
    replace(place, "one");
    replace(place, "two");
    assertThat(place.toFile().list()).containsExactly("two");
    assertThat(folder.toFile().list()).containsExactly("model");
  }

  private void replace(Path place, String content) throws IOException {
    AtomicFiles.replaceFolder(place, fresh -> Files.createFile(fresh.resolve(content)));
  }

  @Test
  void aFolderThatFailsLeavesTheOldOneAndNoHalf() throws IOException {
    Path place = folder.resolve("model");
    replace(place, "one");
    assertThatThrownBy(
            () ->
                AtomicFiles.replaceFolder(
                    place,
                    fresh -> {
                      Files.writeString(fresh.resolve("half"), "half");
                      throw new IllegalStateException("a bad tensor");
                    }))
        .hasMessage("a bad tensor");
    assertThat(place.toFile().list()).containsExactly("one");
    assertThat(folder.toFile().list()).containsExactly("model");
  }

  @Test
  void whatACrashLeftBesideIsNoHindrance() throws IOException {
    Path place = folder.resolve("deep/model");
    Files.createDirectories(folder.resolve("deep/model.writing/half"));
    replace(place, "one");
    assertThat(place.toFile().list()).containsExactly("one");
    assertThat(place.getParent().toFile().list()).containsExactly("model");
  }

  @Test
  void whatStoodAsideIsFoundUntilSomethingTakesItsPlace() throws IOException {
    Path place = folder.resolve("model");
    assertThat(AtomicFiles.existing(place)).isEqualTo(place);
    replace(place, "one");
    Files.move(place, folder.resolve("model.old")); // cut off between the two renames
    assertThat(AtomicFiles.existing(place)).isEqualTo(folder.resolve("model.old"));
    replace(place, "two");
    assertThat(AtomicFiles.existing(place)).isEqualTo(place);
    assertThat(folder.toFile().list()).containsExactly("model");
  }
}
