package org.visionfashion.data.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.visionfashion.data.source.DeepFashionFixture.name;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.config.DataConfig.Scheme;
import org.visionfashion.config.DataConfig.SplitRule;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Picture;
import org.visionfashion.data.Problem;
import org.visionfashion.data.source.DataConfigs;
import org.visionfashion.data.source.DeepFashionFixture;
import org.visionfashion.data.source.Sources;

class DataVerifierTest {

  private static final String SHAPES = "3 4 0 0 0 0 0 0 0 6 2 0";

  @TempDir Path root;

  @BeforeEach
  void writePictures() throws IOException {
    DeepFashionFixture fixture = new DeepFashionFixture(root);
    for (int item = 0; item < 40; item++) {
      fixture.add(name("Denim", item, 1), SHAPES, "1 7 7", "1 7 7", "Trousers " + item);
    }
    fixture.write();
  }

  @Test
  void soundDataAreInOrder() {
    VerificationReport report = DataVerifier.verify(load(), image -> Optional.empty(), 2);
    assertThat(report.broken()).isFalse();
    assertThat(report.text(5))
        .isEqualTo("DeepFashion-MultiModal: 40 pictures opened, 0 faults, 0 notes: in order\n");
  }

  @Test
  void notesDoNotBreakData() throws IOException {
    Path captions = root.resolve("captions.json");
    Files.writeString(captions, Files.readString(captions).replace("Trousers 3\"", " \""));
    VerificationReport report = DataVerifier.verify(load(), image -> Optional.empty(), 2);
    assertThat(report.broken()).isFalse();
    assertThat(report.text(5))
        .contains("note: blank captions (1)\n")
        .contains("captions.json:5: " + name("Denim", 3, 1) + ": blank caption");
  }

  @Test
  void unreadablePicturesAreNamedInOrderForAnyNumberOfThreads() {
    VerificationReport one = DataVerifier.verify(load(), DataVerifierTest::judge, 1);
    assertThat(one.broken()).isTrue();
    assertThat(one.problems())
        .hasSize(5)
        .extracting(problem -> problem.file().getFileName().toString())
        .containsExactly(
            name("Denim", 7, 1),
            name("Denim", 17, 1),
            name("Denim", 20, 1),
            name("Denim", 27, 1),
            name("Denim", 37, 1));
    assertThat(one.problems().get(0).message()).isEqualTo("ends too early");
    assertThat(one.problems().get(2).message()).isEqualTo("cannot be decoded: bad marker");
    assertThat(DataVerifier.verify(load(), DataVerifierTest::judge, 3)).isEqualTo(one);
  }

  /** A bomb that no limit caught is one more fault, not the end. */
  @Test
  void aPictureThatTakesAllMemoryIsNamed() {
    VerificationReport report =
        DataVerifier.verify(
            load(),
            image -> {
              throw new OutOfMemoryError("Java heap space");
            },
            2);
    assertThat(report.faults()).isEqualTo(40);
    assertThat(report.problems().get(0).message()).startsWith("needs more memory than there is");
  }

  @Test
  void damagedCopyIsReportedWhole() throws IOException {
    Files.delete(root.resolve("images").resolve(name("Denim", 5, 1)));
    Path shape = root.resolve("labels/shape/shape_anno_all.txt");
    Files.writeString(shape, Files.readString(shape) + name("Denim", 5, 1) + " " + SHAPES + "\n");
    Path fabric = root.resolve("labels/texture/fabric_ann.txt");
    Files.writeString(fabric, Files.readString(fabric).replaceFirst("1 7 7", "1 7 8"));
    Path pattern = root.resolve("labels/texture/pattern_ann.txt");
    Files.writeString(pattern, "\ufeff" + Files.readString(pattern));
    VerificationReport report = DataVerifier.verify(load(), DataVerifierTest::judge, 2);
    assertThat(report.broken()).isTrue();
    assertThat(report.faults()).isEqualTo(8);
    assertThat(report.text(2).lines().map(line -> line.replace(root.toString(), "")))
        .containsExactly(
            "fault: missing pictures (1)",
            "  /images/WOMEN-Denim-id_00000005-01_1_front.jpg: no such picture, but"
                + " shape_anno_all.txt:6 names it; restore it or remove its lines",
            "fault: unreadable pictures (5)",
            "  /images/WOMEN-Denim-id_00000007-01_1_front.jpg: ends too early",
            "  /images/WOMEN-Denim-id_00000017-01_1_front.jpg: ends too early",
            "  ... and 3 more: --all names them",
            "fault: unknown codes (1)",
            "  /labels/texture/fabric_ann.txt:1: WOMEN-Denim-id_00000000-01_1_front.jpg: code '8'"
                + " for outer fabric, allowed are 0 to 7",
            "fault: duplicates (1)",
            "  /labels/shape/shape_anno_all.txt:41: WOMEN-Denim-id_00000005-01_1_front.jpg is"
                + " in line 6 already; that one counts",
            "note: pictures without labels (1)",
            "  /labels/texture/fabric_ann.txt: 1 of 39 pictures have no labels here",
            "note: byte order marks and line ends (1)",
            "  /labels/texture/pattern_ann.txt:1: starts with a byte order mark; read without it",
            "DeepFashion-MultiModal: 39 pictures opened, 8 faults, 2 notes: broken");
  }

  @Test
  void manyProblemsAreCutByKind() {
    List<Problem> many =
        IntStream.rangeClosed(1, 1200)
            .mapToObj(line -> new Problem(Path.of("f"), line, Problem.Kind.OTHER, "bad"))
            .toList();
    assertThat(new VerificationReport("x", 0, many).text(3).lines())
        .containsExactly(
            "fault: other faults (1,200)",
            "  f:1: bad",
            "  f:2: bad",
            "  f:3: bad",
            "  ... and 1,197 more: --all names them",
            "x: 0 pictures opened, 1,200 faults, 0 notes: broken");
  }

  @Test
  void oneIsCountedAsOne() {
    List<Problem> one = List.of(new Problem(Path.of("f"), 1, Problem.Kind.OTHER, "bad"));
    assertThat(new VerificationReport("x", 1, one).summary())
        .isEqualTo("x: 1 picture opened, 1 fault, 0 notes: broken");
  }

  private Dataset load() {
    return Sources.open(DataConfigs.deepFashion(root, SplitRule.ITEM, Scheme.CARD)).load();
  }

  private static Optional<String> judge(Picture picture) {
    if (picture.name().contains("20-01")) {
      throw new IllegalArgumentException("bad marker");
    }
    return picture.name().contains("7-01") ? Optional.of("ends too early") : Optional.empty();
  }
}
