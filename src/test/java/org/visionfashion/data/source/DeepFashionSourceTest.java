package org.visionfashion.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.visionfashion.data.source.DeepFashionFixture.name;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.base.UserError;
import org.visionfashion.config.DataConfig;
import org.visionfashion.config.DataConfig.Scheme;
import org.visionfashion.config.DataConfig.SplitRule;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Example;
import org.visionfashion.data.Problem;
import org.visionfashion.data.Problem.Kind;
import org.visionfashion.data.Split;

class DeepFashionSourceTest {

  private static final String DRESS = name("Dresses", 1, 1);
  private static final String SKIRT = name("Skirts", 2, 1);
  private static final String TEE = name("Tees_Tanks", 3, 1);

  // Long sleeves, then NA or 0; upper cotton and striped, lower NA, outer other and color block.
  private static final String SHAPES = "3 4 0 0 0 0 0 0 0 6 2 0";
  private static final String FABRICS = "1 7 6";
  private static final String PATTERNS = "2 7 6";

  @TempDir Path root;

  @BeforeEach
  void writeThreePictures() throws IOException {
    new DeepFashionFixture(root)
        .add(DRESS, SHAPES, FABRICS, PATTERNS, "A  long\tdress.")
        .add(SKIRT, "5 4 3 2 4 2 2 2 4 6 2 2", "7 7 7", "7 7 7", "A skirt.")
        .addTextures(TEE, "0 0 0", "0 0 0")
        .write();
  }

  @Test
  void readsTheCardScheme() {
    Dataset data = load(SplitRule.ITEM, Scheme.CARD);
    assertThat(data.name()).isEqualTo("DeepFashion-MultiModal");
    assertThat(data.scheme().name()).isEqualTo("card");
    assertThat(data.examples()).extracting(Example::id).containsExactly(DRESS, SKIRT, TEE);

    Example dress = data.examples().get(0);
    assertThat(dress.picture().file()).isEqualTo(root.resolve("images").resolve(DRESS));
    assertThat(dress.caption()).isEqualTo("A long dress.");
    assertThat(dress.item()).isEqualTo("00000001");
    assertThat(data.scheme().categories().get(dress.category())).isEqualTo("dresses");
    assertThat(positives(data, dress))
        .containsExactly(
            "sleeve length: long",
            "lower clothing length: NA",
            "socks: none",
            "hat: no",
            "glasses: none",
            "neckwear: no",
            "wrist wearing: no",
            "ring: no",
            "waist accessories: none",
            "neckline: NA",
            "outer clothing a cardigan: NA",
            "upper clothing covers navel: no",
            "upper fabric: cotton",
            "outer fabric: other fabric",
            "upper pattern: striped",
            "outer pattern: color block");
  }

  @Test
  void notApplicableTextureHasNoPositiveUnderCard() {
    Dataset data = load(SplitRule.ITEM, Scheme.CARD);
    Example skirt = data.examples().get(1);
    assertThat(positives(data, skirt)).hasSize(12).allMatch(label -> label.endsWith(": NA"));
    assertThat(unknown(skirt)).isZero();
  }

  @Test
  void pictureWithoutShapeLineHasUnknownShape() {
    Dataset data = load(SplitRule.ITEM, Scheme.CARD);
    Example tee = data.examples().get(2);
    assertThat(tee.hasCaption()).isFalse();
    assertThat(data.scheme().categories().get(tee.category())).isEqualTo("tees and tanks");
    assertThat(unknown(tee)).isEqualTo(50);
    assertThat(positives(data, tee))
        .containsExactly(
            "upper fabric: denim",
            "lower fabric: denim",
            "outer fabric: denim",
            "upper pattern: floral",
            "lower pattern: floral",
            "outer pattern: floral");
  }

  @Test
  void readsThePaperScheme() {
    Dataset data = load(SplitRule.ITEM, Scheme.PAPER);
    assertThat(data.scheme().name()).isEqualTo("paper");
    assertThat(data.examples()).extracting(Example::category).containsExactly(3, 5, -1);
    assertThat(positives(data, data.examples().get(0)))
        .containsExactly(
            "upper fabric: cotton",
            "lower fabric: NA",
            "outer fabric: other fabric",
            "upper pattern: striped",
            "lower pattern: NA",
            "outer pattern: color block");
  }

  @Test
  void missingShapeAndCaptionAreNotesOnly() {
    assertThat(load(SplitRule.ITEM, Scheme.CARD).problems())
        .noneMatch(Problem::fault)
        .extracting(Problem::toString)
        .containsExactly(
            root.resolve("labels/shape/shape_anno_all.txt")
                + ": 1 of 3 pictures have no labels here",
            root.resolve("captions.json") + ": 1 of 3 pictures have no caption here");
  }

  @Test
  void findsNestedFolders() throws IOException {
    Set<String> before = ids(load(SplitRule.ITEM, Scheme.CARD));
    for (String folder : List.of("images", "labels")) {
      Files.move(root.resolve(folder), root.resolve("moved"));
      Files.createDirectories(root.resolve(folder));
      Files.move(root.resolve("moved"), root.resolve(folder).resolve(folder));
    }
    Dataset nested = load(SplitRule.ITEM, Scheme.CARD);
    assertThat(ids(nested)).isEqualTo(before);
    assertThat(nested.examples().get(0).picture().file()).exists();
    assertThat(nested.problems()).noneMatch(Problem::fault);
  }

  @Test
  void readsPartsFromWhereverTheyLie() throws IOException {
    Path captions = Files.move(root.resolve("captions.json"), root.resolve("texts.json"));
    DeepFashionLayout usual = DeepFashionLayout.of(root);
    DeepFashionLayout layout =
        new DeepFashionLayout(
            usual.images(), captions, usual.shape(), usual.fabric(), usual.pattern());
    Dataset data = new DeepFashionSource(layout, config(SplitRule.ITEM, Scheme.CARD)).load();
    assertThat(data.examples().get(0).caption()).isEqualTo("A long dress.");
  }

  @Test
  void reportsEveryFaultByFileAndLine() throws IOException {
    append("labels/shape/shape_anno_all.txt", "nonsense");
    append("labels/shape/shape_anno_all.txt", TEE + " 0 0 0 0 0 0 0 0 0 0 0 3");
    append("labels/texture/fabric_ann.txt", name("Hats", 9, 1) + " 0 0 0");
    append("labels/texture/fabric_ann.txt", DRESS + " 0 0");
    append("labels/texture/pattern_ann.txt", SKIRT + " 1 1 1");
    append("labels/texture/pattern_ann.txt", name("Pants", 8, 1) + " x -1 8");
    assertThat(faults(load(SplitRule.ITEM, Scheme.CARD)))
        .containsExactly(
            "shape_anno_all.txt:3 BAD_LINE",
            "shape_anno_all.txt:4 UNKNOWN_CODE",
            "fabric_ann.txt:4 UNKNOWN_CODE",
            "fabric_ann.txt:5 BAD_LINE",
            "pattern_ann.txt:4 DUPLICATE",
            "pattern_ann.txt:5 UNKNOWN_CODE",
            "pattern_ann.txt:5 UNKNOWN_CODE",
            "pattern_ann.txt:5 UNKNOWN_CODE");
  }

  @Test
  void messagesSayWhatIsAllowed() throws IOException {
    append("labels/shape/shape_anno_all.txt", TEE + " 0 0 0 0 0 0 0 0 0 0 0 3");
    append("labels/texture/pattern_ann.txt", SKIRT + " 1 1 1");
    assertThat(load(SplitRule.ITEM, Scheme.CARD).problems().stream().filter(Problem::fault))
        .extracting(Problem::message)
        .containsExactly(
            TEE + ": code '3' for upper clothing covers navel, allowed are 0 to 2",
            SKIRT + " is in line 2 already; that one counts");
  }

  @Test
  void firstOfTwoLinesCounts() throws IOException {
    append("labels/texture/pattern_ann.txt", SKIRT + " 1 1 1");
    Dataset data = load(SplitRule.ITEM, Scheme.CARD);
    assertThat(positives(data, data.examples().get(1))).allMatch(label -> label.endsWith(": NA"));
  }

  @Test
  void lineThatIsLeftOutMakesItsLabelsUnknown() throws IOException {
    Path fabric = root.resolve("labels/texture/fabric_ann.txt");
    Files.writeString(fabric, Files.readString(fabric).replace(DRESS + " 1 7 6", DRESS + " 1 7 9"));
    Dataset data = load(SplitRule.ITEM, Scheme.CARD);
    assertThat(faults(data)).containsExactly("fabric_ann.txt:1 UNKNOWN_CODE");
    assertThat(unknown(data.examples().get(0))).isEqualTo(21);
    assertThat(data.examples()).hasSize(3);
  }

  @Test
  void byteOrderMarkAndCarriageReturnsAreReadAndNoted() throws IOException {
    Path fabric = root.resolve("labels/texture/fabric_ann.txt");
    Files.writeString(fabric, "\ufeff" + Files.readString(fabric).replace("\n", "\r\n"));
    Path captions = root.resolve("captions.json");
    Files.writeString(captions, "\ufeff" + Files.readString(captions));
    Dataset data = load(SplitRule.ITEM, Scheme.CARD);
    assertThat(faults(data)).isEmpty();
    assertThat(data.problems().stream().filter(problem -> problem.kind() == Kind.ENCODING))
        .extracting(problem -> problem.file().getFileName() + ":" + problem.line())
        .containsExactly("fabric_ann.txt:1", "fabric_ann.txt:1", "captions.json:1");
    assertThat(unknown(data.examples().get(0))).isZero();
    assertThat(data.examples().get(0).hasCaption()).isTrue();
  }

  @Test
  void bytesThatAreNotTextAreReported() throws IOException {
    Files.write(root.resolve("labels/texture/fabric_ann.txt"), new byte[] {(byte) 0xff, 0, 1, 10});
    assertThat(faults(load(SplitRule.ITEM, Scheme.CARD)))
        .containsExactly("fabric_ann.txt:1 BAD_LINE");
  }

  @Test
  void missingPictureIsNamedAndLeftOut() throws IOException {
    Path image = root.resolve("images").resolve(SKIRT);
    Files.delete(image);
    Dataset data = load(SplitRule.ITEM, Scheme.CARD);
    assertThat(ids(data)).containsExactly(DRESS, TEE);
    assertThat(data.problems().stream().filter(Problem::fault))
        .extracting(Problem::toString)
        .containsExactly(
            image
                + ": no such picture, but shape_anno_all.txt:2 names it;"
                + " restore it or remove its lines");
  }

  @Test
  void pictureWithoutLabelsIsNotedAndLeftOut() throws IOException {
    new DeepFashionFixture(root).addImage(name("Denim", 7, 1)).addImage(".DS_Store");
    Dataset data = load(SplitRule.ITEM, Scheme.CARD);
    assertThat(data.examples()).hasSize(3);
    assertThat(data.problems())
        .contains(
            new Problem(
                root.resolve("images").resolve(name("Denim", 7, 1)),
                0,
                Kind.UNLABELLED,
                "neither labels nor a caption; not used"));
    assertThat(data.problems()).noneMatch(problem -> problem.toString().contains("DS_Store"));
  }

  @Test
  void captionsAreNamedByTheLineOfTheirEntry() throws IOException {
    Files.writeString(
        root.resolve("captions.json"),
        """
        {
          "%s": "A dress.",
          "%s":
            " \\t ",
          "%s": ["not", {"a": "string"}],
          "%s": "Another dress.",
          "whatever": {"a": 1}
        }
        """
            .formatted(DRESS, SKIRT, TEE, DRESS));
    Dataset data = load(SplitRule.ITEM, Scheme.CARD);
    assertThat(data.problems().stream().filter(p -> p.line() > 0))
        .extracting(p -> p.file().getFileName() + ":" + p.line() + " " + p.kind())
        .containsExactly(
            "captions.json:3 BLANK_CAPTION",
            "captions.json:5 BAD_LINE",
            "captions.json:6 DUPLICATE",
            "captions.json:7 BAD_LINE");
    assertThat(data.examples()).extracting(Example::caption).containsExactly("A dress.", "", "");
  }

  @Test
  void aPictureMayHaveSeveralCaptions() throws IOException {
    Files.writeString(
        root.resolve("captions.json"),
        "{\"%s\": [\"One.\", \" One. \", null, \"Two.\"], \"%s\": [\"One.\", \"\", \"N/A\", \"Two.\"], \"%s\": []}"
            .formatted(DRESS, SKIRT, TEE));
    Dataset data = load(SplitRule.ITEM, Scheme.CARD);
    assertThat(faults(data)).isEmpty();
    assertThat(data.examples())
        .extracting(Example::captions)
        .containsExactly(List.of("One.", "Two."), List.of("One.", "Two."), List.of());
    assertThat(data.problems()).extracting(Problem::kind).contains(Kind.BLANK_CAPTION);
  }

  @Test
  void captionsBeforeASyntaxErrorAreKept() throws IOException {
    Files.writeString(
        root.resolve("captions.json"), "{\"%s\": \"A dress.\",\n\n oops}".formatted(DRESS));
    Dataset data = load(SplitRule.ITEM, Scheme.CARD);
    assertThat(faults(data)).containsExactly("captions.json:3 BAD_LINE");
    assertThat(data.examples().get(0).caption()).isEqualTo("A dress.");
    Files.writeString(root.resolve("captions.json"), "[]");
    assertThat(faults(load(SplitRule.ITEM, Scheme.CARD)))
        .containsExactly("captions.json:1 BAD_LINE");
    Files.writeString(root.resolve("captions.json"), "");
    assertThat(faults(load(SplitRule.ITEM, Scheme.CARD)))
        .containsExactly("captions.json:1 BAD_LINE");
  }

  @Test
  void missingFilesAreReported() throws IOException {
    Files.delete(root.resolve("captions.json"));
    Files.delete(root.resolve("labels/texture/fabric_ann.txt"));
    Dataset data = load(SplitRule.ITEM, Scheme.CARD);
    assertThat(faults(data))
        .containsExactly("fabric_ann.txt:0 MISSING_FILE", "captions.json:0 MISSING_FILE");
    assertThat(data.examples()).hasSize(3);
  }

  @Test
  void nothingToReadIsSaidInOneLine(@TempDir Path empty) throws IOException {
    DataConfig config = DataConfigs.deepFashion(empty, SplitRule.ITEM, Scheme.CARD);
    assertThatThrownBy(() -> Sources.open(config).load())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no such folder");
    Files.createDirectories(empty.resolve("images"));
    assertThatThrownBy(() -> Sources.open(config).load())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("neither labels nor captions.json");
    assertThatThrownBy(() -> load(SplitRule.GIVEN, Scheme.CARD)).isInstanceOf(UserError.class);
  }

  @Test
  void itemsStandOnOneSideWhateverTheirType(@TempDir Path folder) throws IOException {
    DeepFashionFixture fixture = new DeepFashionFixture(folder);
    for (int item = 0; item < 60; item++) {
      fixture.add(name("Denim", item, 1), SHAPES, FABRICS, PATTERNS, "x");
      fixture.add(name("Pants", item, 2), SHAPES, FABRICS, PATTERNS, "x");
      fixture.addTextures(name("Skirts", item, 3), FABRICS, PATTERNS);
    }
    DataConfig config = DataConfigs.deepFashion(fixture.write(), SplitRule.ITEM, Scheme.CARD);
    Dataset data = new DeepFashionSource(config).load();
    assertThat(data.items().items()).isEqualTo(60);
    assertThat(data.items().shared()).isZero();
    assertThat(data.examples().stream().map(Example::split).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(Split.values());
  }

  @Test
  void randomSplitIsExactAmongPicturesWithShape(@TempDir Path folder) throws IOException {
    DeepFashionFixture fixture = new DeepFashionFixture(folder);
    for (int item = 0; item < 30; item++) {
      fixture.add(name("Denim", item, 1), SHAPES, FABRICS, PATTERNS, "x");
    }
    for (int item = 0; item < 10; item++) {
      fixture.addTextures(name("Pants", item, 2), FABRICS, PATTERNS);
    }
    DataConfig config = DataConfigs.deepFashion(fixture.write(), SplitRule.RANDOM, Scheme.PAPER);
    Map<String, Long> counts = new TreeMap<>();
    for (Example example : new DeepFashionSource(config).load().examples()) {
      String key = (example.hasCaption() ? "shape " : "none ") + example.split().label();
      counts.merge(key, 1L, Long::sum);
    }
    assertThat(counts)
        .isEqualTo(
            Map.of(
                "shape train", 18L,
                "shape validation", 6L,
                "shape test", 6L,
                "none train", 6L,
                "none validation", 2L,
                "none test", 2L));
  }

  private DataConfig config(SplitRule rule, Scheme scheme) {
    return DataConfigs.deepFashion(root, rule, scheme);
  }

  private Dataset load(SplitRule rule, Scheme scheme) {
    return Sources.open(config(rule, scheme)).load();
  }

  private void append(String file, String line) throws IOException {
    Path path = root.resolve(file);
    Files.writeString(path, Files.readString(path) + line + "\n");
  }

  private static Set<String> ids(Dataset data) {
    return data.examples().stream().map(Example::id).collect(Collectors.toSet());
  }

  private static List<String> faults(Dataset data) {
    return data.problems().stream()
        .filter(Problem::fault)
        .map(p -> p.file().getFileName() + ":" + p.line() + " " + p.kind())
        .toList();
  }

  private static List<String> positives(Dataset data, Example example) {
    List<String> names = new ArrayList<>();
    for (int a = 0; a < example.attributes().length; a++) {
      if (example.attributes()[a] == 1) {
        names.add(data.scheme().attributes().get(a));
      }
    }
    return names;
  }

  private static int unknown(Example example) {
    int unknown = 0;
    for (byte value : example.attributes()) {
      unknown += value == Example.UNKNOWN ? 1 : 0;
    }
    return unknown;
  }
}
