package org.visionfashion.data.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Example;
import org.visionfashion.data.LabelSchemes;
import org.visionfashion.data.Picture;
import org.visionfashion.data.Problem;
import org.visionfashion.data.Progress;
import org.visionfashion.data.Split;
import org.visionfashion.data.check.VerificationReport.Leak;
import org.visionfashion.data.image.ImageDecoder;
import org.visionfashion.data.image.Pixels;

class VerificationTest {

  private static final int MAX_TOKENS = 12;
  private static final List<Split> SPLITS = List.of(Split.TRAIN, Split.VALIDATION, Split.TEST);

  @TempDir private Path folder;
  private final List<Example> examples = new ArrayList<>();

  /** Nine pictures without a fault, so that nothing else is told of. */
  @BeforeEach
  void addSoundPictures() throws IOException {
    for (Split split : Split.values()) {
      for (int i = 0; i < 3; i++) {
        String id = "sound-" + split.label() + i;
        add(id, TestPictures.picture(id.hashCode()), "a " + "very ".repeat(i) + "good one", split);
      }
    }
  }

  @Test
  void soundDataAreInOrder() {
    VerificationReport report = verify(1);
    assertThat(report.findings()).isEmpty();
    assertThat(report.verdict()).isEqualTo("in order");
    assertThat(report.leaks())
        .containsExactly(new Leak(Split.VALIDATION, 3, 0), new Leak(Split.TEST, 3, 0));
  }

  @Test
  void copiesAreToldByKindAndSplit() throws IOException {
    for (int i = 0; i < 4; i++) {
      BufferedImage image = TestPictures.picture(100 + i);
      add("a-train" + i, image, Split.TRAIN);
      add("a-test" + i, image, Split.TEST); // byte-equal across
      BufferedImage other = TestPictures.picture(200 + i);
      add("b-train" + i, other, Split.TRAIN);
      Path again = TestPictures.jpeg(TestPictures.resized(other, 60, 80), 0.8, file("b-test" + i));
      add("b-test" + i, again, Split.TEST); // saved again, across
    }
    add("c-train0", TestPictures.picture(300), Split.TRAIN);
    add("c-train1", TestPictures.picture(300), Split.TRAIN);
    add("c-train2", TestPictures.picture(300), Split.TRAIN);
    add("d-test0", TestPictures.picture(301), Split.TEST);
    add("d-test1", TestPictures.jpeg(TestPictures.picture(301), 0.5, file("d")), Split.TEST);
    add("e-validation", TestPictures.picture(302), Split.VALIDATION);
    add("e-test", TestPictures.picture(302), Split.TEST);
    VerificationReport report = verify(2);
    assertThat(counts(report))
        .isEqualTo(
            Map.of(
                "equal_across_splits", 5,
                "similar_across_splits", 4,
                "equal_within_split", 2,
                "similar_within_split", 1));
    assertThat(cases(report, Check.EQUAL_ACROSS_SPLITS))
        .contains("test: a-test2, train: a-train2", "test: e-test, validation: e-validation");
    assertThat(cases(report, Check.SIMILAR_ACROSS_SPLITS))
        .contains("test: b-test3, train: b-train3");
    assertThat(cases(report, Check.EQUAL_WITHIN_SPLIT))
        .containsExactly("train: c-train0, c-train1", "train: c-train0, c-train2");
    assertThat(cases(report, Check.SIMILAR_WITHIN_SPLIT)).containsExactly("test: d-test0, d-test1");
    assertThat(report.leaks())
        .containsExactly(new Leak(Split.VALIDATION, 4, 0), new Leak(Split.TEST, 14, 8));
    assertThat(report.broken()).isFalse();
    assertThat(report.summary()).contains("8 of 14 test pictures");
  }

  /**
   * Every test picture counts that a training picture resembles, byte-equal ones among them too.
   */
  @Test
  void allEqualCopiesOfACopyLeak() throws IOException {
    BufferedImage image = TestPictures.picture(1);
    add("train", TestPictures.jpeg(image, 0.5, file("x")), Split.TRAIN);
    add("test0", image, Split.TEST);
    add("test1", image, Split.TEST);
    assertThat(verify(1).leaks()).contains(new Leak(Split.TEST, 5, 2));
  }

  /** A resembles B and B resembles C, but A does not resemble C: no group of three. */
  @Test
  void chainsAreNoGroups() throws IOException {
    BufferedImage image = TestPictures.picture(17);
    add("a", image, Split.TRAIN);
    add("b", TestPictures.cropped(image, 0.035), Split.TRAIN);
    add("c", TestPictures.cropped(image, 0.07), Split.TRAIN);
    List<Signature> signatures = new ArrayList<>();
    for (Example example : examples.subList(9, 12)) {
      Pixels pixels = ImageDecoder.decode(example.picture(), LimitsConfig.DEFAULT);
      signatures.add(PictureFact.of(pixels).signature());
    }
    assertThat(signatures.get(0).resembles(signatures.get(1))).isTrue();
    assertThat(signatures.get(1).resembles(signatures.get(2))).isTrue();
    assertThat(signatures.get(0).resembles(signatures.get(2))).isFalse();
    assertThat(cases(verify(1), Check.SIMILAR_WITHIN_SPLIT)).containsExactly("train: a, b");
  }

  @Test
  void picturesThatShowLittleAreTold() throws IOException {
    add("tiny", TestPictures.resized(TestPictures.picture(1), 31, 40), Split.TRAIN);
    add("wide", TestPictures.resized(TestPictures.picture(2), 410, 100), Split.TRAIN);
    add("blank", TestPictures.plain(Color.PINK, 90, 120), Split.TRAIN);
    add("blank too", TestPictures.plain(Color.PINK, 90, 121), Split.TEST);
    add("dark", scaled(TestPictures.picture(3), 0.1, 0), Split.TRAIN);
    add("bright", scaled(TestPictures.picture(4), 0.06, 0.94), Split.TRAIN);
    add("blurred", blurred(TestPictures.picture(5), 10), Split.TRAIN);
    add("grey", grey(TestPictures.picture(6)), Split.TRAIN);
    assertThat(counts(verify(2)))
        .isEqualTo(
            Map.of(
                "tiny",
                1,
                "odd_shape",
                1,
                "blank",
                2,
                "dark",
                1,
                "bright",
                1,
                "blurred",
                1,
                "grey",
                1));
  }

  @Test
  void captionsAreSuspected() throws IOException {
    List<String> captions =
        List.of(
            "nan",
            "N/A",
            "-",
            "red &amp; blue",
            "<b>red</b> dress",
            "GrÃ¶ÃŸe 40",
            "a \uE001 dress",
            "shop/img/12.jpg",
            "only $ 20",
            "see www.shop.com",
            "word ".repeat(11).strip());
    for (int i = 0; i < captions.size(); i++) {
      add("Picture " + i + ".png", TestPictures.picture(400 + i), captions.get(i), Split.TRAIN);
    }
    add("my-dress.png", TestPictures.picture(500), "My dress", Split.TRAIN);
    Example several = examples.get(0);
    examples.set(
        0,
        new Example(
            several.id(),
            several.picture(),
            List.of("a fine dress", "null", "none"),
            several.category(),
            several.attributes(),
            several.item(),
            several.split()));
    VerificationReport report = verify(1);
    assertThat(counts(report))
        .isEqualTo(
            Map.of(
                "missing_word",
                4,
                "markup",
                2,
                "mojibake",
                1,
                "invisible",
                1,
                "not_text",
                1,
                "file_name",
                1,
                "url",
                1,
                "price",
                1,
                "long_caption",
                1));
    assertThat(cases(report, Check.MISSING_WORD)).contains(several.id() + ": \"null\"");
    assertThat(cases(report, Check.MOJIBAKE)).containsExactly("Picture 5.png: \"GrÃ¶ÃŸe 40\"");
  }

  @Test
  void repeatedCaptionsAreToldWithTheirShare() throws IOException {
    for (int i = 0; i < 11; i++) {
      add("same" + i, TestPictures.picture(600 + i), "women's dress", Split.TRAIN);
    }
    assertThat(counts(verify(1))).isEqualTo(Map.of("repeated_caption", 1));
    assertThat(cases(verify(1), Check.REPEATED_CAPTION))
        .containsExactly("11 of 20 captions: \"women's dress\"");
  }

  /** A template's captions are no fault of anybody, and still worth knowing. */
  @Test
  void captionsThatOnlyNameTheClassAreANote() throws IOException {
    examples.clear();
    for (int i = 0; i < 24; i++) {
      label("p" + i, i % 2, "A photo of " + (i % 2 == 0 ? "dress." : "hat."), Split.TRAIN);
    }
    assertThat(counts(verify(1, List.of("dress", "hat")))).isEqualTo(Map.of("class_captions", 2));
  }

  @Test
  void labelsAreSuspected() throws IOException {
    examples.clear();
    for (int i = 0; i < 12; i++) {
      Split split = i % 3 == 0 ? Split.TEST : Split.TRAIN;
      label("p" + i, i < 5 ? 0 : 1, "", split);
    }
    label("single", 2, "", Split.TRAIN);
    label("tested", 3, "", Split.TEST);
    label("tested too", 3, "", Split.TEST);
    List<String> classes = List.of("Dress", "dresses", "hat", "a long red dress with blue dots");
    assertThat(counts(verify(1, classes)))
        .isEqualTo(
            Map.of(
                "similar_classes", 1,
                "one_picture_class", 1,
                "class_not_in_train", 1,
                "class_not_in_test", 1,
                "label_sentences", 1));
  }

  @Test
  void classesThatAreIdsOrNumbersOrAloneAreSuspected() throws IOException {
    examples.clear();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      ids.add(String.valueOf(1000 + i));
      label("p" + i, i, "", Split.TRAIN);
    }
    assertThat(counts(verify(1, ids))).isEqualTo(Map.of("category_ids", 1, "category_numbers", 12));
    examples.clear();
    for (int i = 0; i < 12; i++) {
      label("p" + i, 0, "", Split.TRAIN);
    }
    assertThat(counts(verify(1, List.of("dress")))).isEqualTo(Map.of("one_class", 1));
  }

  @Test
  void attributesAndItemsAreSuspected() throws IOException {
    examples.clear();
    for (int i = 0; i < 6; i++) {
      byte[] attributes = {1, 0, (byte) (i % 2), -1};
      Path file = TestPictures.png(TestPictures.picture(i), file("p" + i));
      Split split = i < 4 ? Split.TRAIN : Split.TEST;
      examples.add(new Example("p" + i, file, "", -1, attributes, "item" + i / 3, split));
    }
    Dataset dataset =
        new Dataset(
            "test",
            folder,
            LabelSchemes.custom(List.of(), List.of("all", "none", "some", "unknown")),
            examples,
            List.of());
    VerificationReport report = of(dataset, 1).report(MAX_TOKENS);
    assertThat(counts(report)).isEqualTo(Map.of("constant_attribute", 2, "item_across_splits", 1));
    assertThat(cases(report, Check.ITEM_ACROSS_SPLITS)).containsExactly("item1: train, test");
    for (int i = 0; i < 6; i++) {
      Example old = examples.get(i);
      examples.set(
          i,
          new Example(
              old.id(), old.picture(), old.captions(), -1, new byte[0], "own" + i, old.split()));
    }
    Dataset single =
        new Dataset("test", folder, LabelSchemes.custom(List.of(), List.of()), examples, List.of());
    assertThat(counts(of(single, 1).report(MAX_TOKENS))).isEqualTo(Map.of("item_of_one", 1));
  }

  @Test
  void theReportIsTheSameForAnyNumberOfThreads() throws IOException {
    for (int i = 0; i < 90; i++) {
      BufferedImage image = TestPictures.picture(i / 3);
      add("many" + i, i % 2 == 0 ? image : blurred(image, 2), SPLITS.get(i % 3));
    }
    Files.writeString(file("broken"), "no picture");
    examples.add(example("broken", file("broken"), "", Split.TRAIN));
    VerificationReport one = verify(1);
    assertThat(one.count(Severity.FAULT)).isEqualTo(1);
    assertThat(one.count(Severity.SUSPICION)).isGreaterThan(30);
    assertThat(verify(3)).isEqualTo(one);
  }

  @Test
  void unreadablePicturesAreFaultsWithTheirReason() throws IOException {
    Files.writeString(file("text"), "no picture");
    examples.add(example("text", file("text"), "", Split.TRAIN));
    examples.add(example("gone", file("gone"), "", Split.TRAIN));
    examples.add(example("greedy", new Greedy(folder.resolve("greedy")), Split.TRAIN));
    VerificationReport report = verify(2);
    assertThat(report.broken()).isTrue();
    Finding finding = report.findings().get(0);
    assertThat(finding.name()).isEqualTo("unreadable_image");
    assertThat(finding.cases()).hasSize(3);
    assertThat(finding.cases().get(0)).startsWith("text: ").doesNotContain(folder.toString());
    assertThat(finding.cases().get(2)).startsWith("greedy: ").contains("data.limits.pixels");
  }

  @Test
  void problemsOfTheReaderStandFirst() {
    List<Problem> problems =
        List.of(
            new Problem(folder.resolve("t.csv"), 3, Problem.Kind.UNUSED, "columns not used: x"),
            new Problem(folder.resolve("t.csv"), 7, Problem.Kind.BAD_LINE, "too few cells"));
    Dataset dataset =
        new Dataset(
            "test", folder, LabelSchemes.custom(List.of(), List.of()), examples, problems, false);
    VerificationReport report = of(dataset, 1).report(MAX_TOKENS);
    assertThat(report.broken()).isTrue();
    assertThat(report.findings()).extracting(Finding::name).containsExactly("bad_line", "unused");
    assertThat(report.findings().get(0).cases()).containsExactly("t.csv:7: too few cells");
  }

  /** A bomb that no limit caught is one more fault, not the end. */
  private record Greedy(Path file) implements Picture {

    @Override
    public String member() {
      return "";
    }

    @Override
    public byte[] read(LimitsConfig limits) {
      throw new OutOfMemoryError("Java heap space");
    }
  }

  private Path file(String name) {
    return folder.resolve(name + (name.endsWith(".png") ? "" : ".png"));
  }

  private void add(String id, BufferedImage image, Split split) throws IOException {
    add(id, image, "", split);
  }

  private void add(String id, BufferedImage image, String caption, Split split) throws IOException {
    examples.add(example(id, TestPictures.png(image, file(id)), caption, split));
  }

  private void add(String id, Path file, Split split) {
    examples.add(example(id, file, "", split));
  }

  private void label(String id, int category, String caption, Split split) throws IOException {
    Path file = TestPictures.png(TestPictures.picture(id.hashCode()), file(id));
    examples.add(new Example(id, file, caption, category, new byte[0], id, split));
  }

  private static Example example(String id, Path file, String caption, Split split) {
    return new Example(id, file, caption, Example.UNKNOWN, new byte[0], id, split);
  }

  private static Example example(String id, Picture picture, Split split) {
    return new Example(id, picture, List.of(), Example.UNKNOWN, new byte[0], id, split);
  }

  private VerificationReport verify(int threads) {
    return verify(threads, List.of());
  }

  private VerificationReport verify(int threads, List<String> classes) {
    Dataset dataset =
        new Dataset(
            "test", folder, LabelSchemes.custom(classes, List.of()), examples, List.of(), false);
    return of(dataset, threads).report(MAX_TOKENS);
  }

  private static Verification of(Dataset dataset, int threads) {
    return Verification.of(dataset, LimitsConfig.DEFAULT, threads, task -> Progress.NONE);
  }

  private static Map<String, Integer> counts(VerificationReport report) {
    return report.findings().stream()
        .collect(
            Collectors.toMap(
                Finding::name, each -> each.cases().size(), Integer::sum, TreeMap::new));
  }

  private static List<String> cases(VerificationReport report, Check check) {
    return report.findings().stream()
        .filter(finding -> finding.name().equals(check.label()))
        .flatMap(finding -> finding.cases().stream())
        .toList();
  }

  private static BufferedImage scaled(BufferedImage image, double by, double plus) {
    for (int i = 0; i < image.getWidth() * image.getHeight(); i++) {
      int x = i % image.getWidth();
      int y = i / image.getWidth();
      Color color = new Color(image.getRGB(x, y));
      int red = (int) (color.getRed() * by + 255 * plus);
      int green = (int) (color.getGreen() * by + 255 * plus);
      int blue = (int) (color.getBlue() * by + 255 * plus);
      image.setRGB(x, y, new Color(red, green, blue).getRGB());
    }
    return image;
  }

  private static BufferedImage grey(BufferedImage image) {
    BufferedImage grey =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
    grey.getGraphics().drawImage(image, 0, 0, null);
    return grey;
  }

  /** Made smaller and enlarged again. */
  private static BufferedImage blurred(BufferedImage image, int times) {
    int width = image.getWidth();
    int height = image.getHeight();
    return TestPictures.resized(
        TestPictures.resized(image, width / times, height / times), width, height);
  }
}
