package org.visionfashion.data.tar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.config.Binder;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.Picture;

class TarPictureTest {

  @TempDir Path folder;

  private List<Picture> pictures(Path file) throws IOException {
    List<Picture> pictures = new ArrayList<>();
    try (TarReader reader = new TarReader(file, problem -> {})) {
      for (TarMember member = reader.next(); member != null; member = reader.next()) {
        pictures.add(new TarArchive(file).picture(member));
      }
    }
    return pictures;
  }

  private static String text(Picture picture) throws IOException {
    return new String(picture.read(LimitsConfig.DEFAULT), StandardCharsets.US_ASCII);
  }

  @Test
  void isNamedByArchiveAndMember() throws IOException {
    Path file = new Tars().add("x/0.jpg", "hello").write(folder.resolve("a.tar"));
    Picture picture = pictures(file).get(0);
    assertThat(picture.file()).isEqualTo(file);
    assertThat(picture.member()).isEqualTo("x/0.jpg");
    assertThat(picture.name()).contains("a.tar").contains("x/0.jpg");
    assertThat(text(picture)).isEqualTo("hello");
    assertThat(picture).isEqualTo(pictures(file).get(0));
  }

  @Test
  void limitsHold() throws IOException {
    Picture picture =
        pictures(new Tars().add("0.jpg", "hello").write(folder.resolve("a.tar"))).get(0);
    assertThatThrownBy(() -> picture.read(Binder.of(LimitsConfig.class, "image_bytes=4")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("data.limits.image_bytes")
        .hasMessageContaining("0.jpg");
  }

  @Test
  void anArchiveThatChangedIsNoticed() throws IOException {
    Path file =
        new Tars().add("0.jpg", "hello").add("1.jpg", "there").write(folder.resolve("a.tar"));
    List<Picture> pictures = pictures(file);
    assertThat(text(pictures.get(1))).isEqualTo("there");
    new Tars().add("0.jpg", "x".repeat(600)).add("1.jpg", "there").write(file);
    for (Picture picture : pictures) {
      assertThatThrownBy(() -> text(picture))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("changed")
          .hasMessageContaining(picture.member());
    }
    Files.write(file, new byte[10]);
    assertThatThrownBy(() -> text(pictures.get(1))).isInstanceOf(IOException.class);
    Files.delete(file);
    OpenArchives.ALL.forget(file);
    assertThatThrownBy(() -> text(pictures.get(1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no such archive");
  }

  /** Replaced while it was open, as a download that is moved into place replaces it. */
  @Test
  void anArchiveThatIsReplacedIsReadAnew() throws IOException {
    Path file = new Tars().add("0.jpg", "hello").write(folder.resolve("a.tar"));
    assertThat(text(pictures(file).get(0))).isEqualTo("hello");
    Path other = new Tars().add("0.jpg", "other").write(folder.resolve("b.tar"));
    Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThat(text(pictures(file).get(0))).isEqualTo("other");
  }

  @Test
  void aFewArchivesStayOpen() throws IOException {
    OpenArchives open = new OpenArchives(3);
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 8; i++) {
        Path file = new Tars().add("0.jpg", "text" + i).write(folder.resolve(i + ".tar"));
        assertThat(open.read(file, 512, 5))
            .asString(StandardCharsets.US_ASCII)
            .isEqualTo("text" + i);
        assertThat(open.size()).isLessThanOrEqualTo(3);
      }
    }
  }

  /** An interrupt closes the channel that the interrupted thread reads from, for all. */
  @Test
  void interruptsOfOthersDoNotDisturb() throws Exception {
    OpenArchives open = new OpenArchives(2);
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      files.add(new Tars().add("0.jpg", "text" + i).write(folder.resolve(i + ".tar")));
    }
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> readers = new ArrayList<>();
      for (int thread = 0; thread < 3; thread++) {
        readers.add(
            pool.submit(
                () -> {
                  for (int i = 0; i < 2000; i++) {
                    byte[] read = open.read(files.get(i % 4), 512, 5);
                    assertThat(read[4]).isEqualTo((byte) ('0' + i % 4));
                  }
                  return null;
                }));
      }
      for (int i = 0; i < 200; i++) {
        Future<?> victim = pool.submit(() -> interrupted(open, files.get(0)));
        victim.get();
      }
      for (Future<?> reader : readers) {
        reader.get();
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(open.size()).isLessThanOrEqualTo(2);
  }

  private static Void interrupted(OpenArchives open, Path file) {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> open.read(file, 512, 5)).isInstanceOf(IOException.class);
    assertThat(Thread.interrupted()).isTrue();
    return null;
  }
}
