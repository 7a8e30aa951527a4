package org.visionfashion.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.Soak;
import org.visionfashion.base.UserError;
import org.visionfashion.data.Split;
import org.visionfashion.run.RunFolder;
import org.visionfashion.weights.file.SafetensorsWriter;

/** States on the disk that are not as they were written. */
class StateFolderTest {

  @TempDir private static Path shared;

  /** Stage one with all states of the ends of its epochs: steps 3, 6 and 9. */
  private static Path whole;

  @TempDir private Path folder;
  private Path run;
  private Path newest;

  @BeforeAll
  static void train() {
    TinyRun tiny = new TinyRun(shared);
    tiny.keep = 100;
    whole = shared.resolve("whole");
    tiny.contrastive(whole);
  }

  @BeforeEach
  void copy() throws IOException {
    run = folder.resolve("run");
    TinyRun.copy(whole, run);
    newest = state(9);
  }

  private Path state(int step) {
    return run.resolve("contrastive/state-%09d.safetensors".formatted(step));
  }

  private long position() throws IOException {
    return new StateFolder(run.resolve("contrastive"), "").progress().step();
  }

  /** The run goes on from what is left, and ends as if nothing had been. */
  private void assertGoesOnFrom(long step) throws IOException {
    assertThat(position()).isEqualTo(step);
    assertThat(Path.of(newest + ".bad")).exists();
    assertThat(new TinyRun(shared).contrastive(run)).isEqualTo(TrainingLoop.End.COMPLETE);
    assertThat(TinyRun.metrics(run, "contrastive"))
        .isEqualTo(TinyRun.metrics(whole, "contrastive"));
    for (String result :
        List.of(
            "contrastive/state-000000009.safetensors",
            "contrastive/best.safetensors",
            "model/model.safetensors")) {
      assertThat(run.resolve(result)).hasSameBinaryContentAs(whole.resolve(result));
    }
  }

  @Test
  void anEmptyStateIsSetAside() throws IOException {
    Files.write(newest, new byte[0]);
    assertGoesOnFrom(6);
  }

  @Test
  void twoDamagedStatesAreSetAside() throws IOException {
    byte[] bytes = Files.readAllBytes(newest);
    Files.write(newest, Arrays.copyOf(bytes, bytes.length / 2));
    Files.copy(
        run.resolve("contrastive/best.safetensors"),
        state(6),
        StandardCopyOption.REPLACE_EXISTING); // no state at all
    assertGoesOnFrom(3);
  }

  @Test
  void everyFlippedBitAndEveryLengthIsNoticed() throws IOException {
    damage(150);
  }

  @Test
  @Tag(Soak.TAG)
  void manyDamagedStates() throws IOException {
    damage(20_000);
    Soak.summary("20000 training states with a flipped bit or cut short: each was noticed");
  }

  private void damage(int rounds) throws IOException {
    byte[] good = Files.readAllBytes(newest);
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < rounds; i++) {
      byte[] bad = good.clone();
      // The header is small and says most: every other flip is in it.
      int at = random.nextInt(i % 2 == 0 ? 2000 : bad.length);
      bad[at] ^= (byte) (1 << random.nextInt(8));
      if (i % 5 == 0) {
        bad = Arrays.copyOf(good, random.nextInt(good.length));
      }
      Files.write(newest, bad);
      assertThat(position()).as("seed %d, round %d, byte %d", seed, i, at).isEqualTo(6);
      assertThat(newest).doesNotExist();
    }
    Files.write(newest, good);
    assertThat(position()).isEqualTo(9);
  }

  @Test
  void aStateOfANewerProgramOrAForeignFileIsNamed() throws IOException {
    Files.delete(state(3));
    Files.delete(state(6));
    Files.copy(
        run.resolve("contrastive/best.safetensors"), newest, StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(this::position)
        .isInstanceOf(UserError.class)
        .hasMessageContaining("its format is 'pt'")
        .hasMessageContaining(newest.toString());
    Files.writeString(newest, "<html>not found</html>");
    assertThatThrownBy(this::position)
        .hasMessageContaining(newest + " states a header of")
        .hasMessageContaining("it is damaged");
    assertThat(newest).exists(); // nothing is moved where nothing is left
  }

  @Test
  void damagedBestWeightsAreNamed() throws IOException {
    Path best = run.resolve("contrastive/best.safetensors");
    byte[] bytes = Files.readAllBytes(best);
    bytes[bytes.length - 1] ^= 1;
    Files.write(best, bytes);
    assertThatThrownBy(() -> new TinyRun(shared).finetune(run))
        .isInstanceOf(UserError.class)
        .hasMessage(best + " is damaged: its checksum is not that of its bytes");
  }

  @Test
  void anotherDataSetIsNotGoneOnWith() {
    TinyRun other = new TinyRun(shared);
    other.examples.set(
        0, other.example(0, "another caption", 0, other.examples.get(0).attributes(), Split.TRAIN));
    assertThatThrownBy(() -> other.contrastive(run))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("data set has changed");
  }

  /** What {@code save} interrupted half way leaves does not count and does not stay. */
  @Test
  void aHalfWrittenStateIsNoState() throws IOException {
    Path writing = newest.resolveSibling(newest.getFileName() + ".writing");
    Files.move(newest, writing);
    Files.write(writing, Arrays.copyOf(Files.readAllBytes(writing), 1000));
    assertThat(position()).isEqualTo(6);
    new TinyRun(shared).contrastive(run);
    assertThat(writing).doesNotExist();
    assertThat(new RunFolder(run).contrastive()).isDirectoryContaining(newest::equals);
  }

  /** An old state is no damaged one: it is neither renamed nor called so. */
  @Test
  void aStateOfAnotherVersionIsNamedAsSuch() throws IOException {
    Path other = folder.resolve("other-version");
    Files.createDirectories(other);
    Path state = other.resolve("state-000000003.safetensors");
    SafetensorsWriter.writeSealed(
        state,
        Map.of(),
        Map.of("format", "visionfashion training state", "version", "1", "position", "{}"));
    assertThatThrownBy(() -> new StateFolder(other, "data").progress())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("version")
        .hasMessageNotContaining("damaged");
    assertThat(state).exists();
  }
}
