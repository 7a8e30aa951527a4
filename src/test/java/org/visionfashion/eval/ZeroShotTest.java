package org.visionfashion.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.visionfashion.data.Example;
import org.visionfashion.data.LabelScheme.AttributeGroup;
import org.visionfashion.data.LabelScheme.Kind;

class ZeroShotTest {

  /** Directions of a plane for the names of the fixture's scheme. */
  private static final Map<String, float[]> MEANING =
      Map.of(
          "Dresses", new float[] {1, 0, 0},
          "Pants", new float[] {0, 1, 0},
          "Skirts", new float[] {0, 0, 1},
          "no hat", new float[] {1, 0, 0},
          "hat", new float[] {0, 1, 0},
          "denim upper fabric", new float[] {1, 0, 0},
          "cotton upper fabric", new float[] {0, 0, 1},
          "floral upper pattern", new float[] {0, 1, 0},
          "plain upper pattern", new float[] {1, 0, 0});

  private final List<String> asked = new ArrayList<>();

  private Prompts prompts(String... templates) {
    return Prompts.of(
        Fixture.SCHEME,
        List.of(templates),
        texts -> {
          asked.addAll(texts);
          return texts.stream().map(ZeroShotTest::meaning).toArray(float[][]::new);
        },
        10);
  }

  private static float[] meaning(String text) {
    return MEANING.get(text.replaceAll("^a (?:photo of a )?", ""));
  }

  @Test
  void namesReadLikeWords() {
    assertThat(Prompts.names(new AttributeGroup("hat", List.of("no", "yes", "NA"), Kind.SHAPE, 2)))
        .containsExactly("no hat", "hat", "");
    assertThat(
            Prompts.names(
                new AttributeGroup("sleeve length", List.of("long", "NA"), Kind.SHAPE, 1)))
        .containsExactly("long sleeve length", "");
    assertThat(Prompts.names(new AttributeGroup("socks", List.of("none", "socks"), Kind.SHAPE, -1)))
        .containsExactly("no socks", "socks");
    assertThat(Prompts.names(new AttributeGroup("", List.of("no", "red"), Kind.TAGS, -1)))
        .containsExactly("no", "red");
  }

  @Test
  void everyNameIsAskedInEverySentence() {
    prompts("a photo of a {}", "a {}");
    assertThat(asked)
        .hasSize(2 * (3 + 6))
        .startsWith("a photo of a Dresses", "a Dresses", "a photo of a Pants")
        .endsWith("a plain upper pattern");
  }

  /** Pencil: (1, 0) and (0.6, 0.8) sum to (1.6, 0.8), of length 0.8 sqrt(5). */
  @Test
  void ofSeveralSentencesTheMeanIsBroughtToLengthOne() {
    Prompts prompts =
        Prompts.of(
            Fixture.SCHEME,
            List.of("{}", "{}!"),
            texts ->
                texts.stream()
                    .map(text -> text.endsWith("!") ? new float[] {0.6f, 0.8f} : new float[] {1, 0})
                    .toArray(float[][]::new),
            1);
    assertThat(prompts.category_CE()[0][0]).isCloseTo((float) (2 / Math.sqrt(5)), within(1e-6f));
    assertThat(prompts.category_CE()[0][1]).isCloseTo((float) (1 / Math.sqrt(5)), within(1e-6f));
    assertThat(prompts.attribute_AE()[2]).as("NA").isNull();
  }

  /** Pencil: one sentence names every class as it is, the other calls all of them alike. */
  @Test
  void everySentenceIsJudgedAloneToo() {
    List<Example> examples = new ArrayList<>();
    for (int n = 0; n < 4; n++) {
      examples.add(Fixture.example(n, "", n % 2, new byte[7]));
    }
    float[][] image_NE = {{1, 0}, {0, 1}, {1, 0}, {0, 1}};
    Prompts prompts =
        Prompts.of(
            Fixture.SCHEME,
            List.of("a {}", "the {}"),
            texts ->
                texts.stream()
                    .map(text -> text.equals("a Pants") ? new float[] {0, 2} : new float[] {2, 0})
                    .toArray(float[][]::new),
            10);
    Details.ZeroShot zeroShot =
        Scoring.of(
                Fixture.task(Fixture.SCHEME, LabelCounts.of(Fixture.SCHEME, examples), 0),
                new EmbeddingTable(
                    examples, image_NE, new float[0][], new float[0][], new float[0][]),
                Optional.of(prompts),
                Fixture.PROVENANCE)
            .evaluation()
            .details()
            .zeroShot();
    assertThat(zeroShot.perPrompt())
        .containsExactly(new Details.Prompt("a {}", 1), new Details.Prompt("the {}", 0.5));
  }

  /**
   * Pencil: pictures along the first and the third axis. The first is a dress without a hat, of
   * denim; the second is nearest to skirts but is labelled pants, and it wears a hat: nearest to
   * hats are equally far, the lower value wins. Its fabric is cotton, as said. The third has no
   * labels but NA.
   */
  @Test
  void picturesAreNamedByTheNearestSentence() {
    List<Example> examples =
        List.of(
            Fixture.example(
                0, "", 0, (byte) 1, (byte) 0, (byte) 0, (byte) 1, (byte) 0, (byte) 0, (byte) 0),
            Fixture.example(
                4, "", 1, (byte) 0, (byte) 1, (byte) 0, (byte) 0, (byte) 1, (byte) 0, (byte) 0),
            Fixture.example(
                8, "", -1, (byte) 0, (byte) 0, (byte) 1, (byte) 0, (byte) 0, (byte) 0, (byte) 0));
    EmbeddingTable table =
        new EmbeddingTable(
            examples,
            new float[][] {{1, 0, 0}, {0, 0, 1}, {0, 1, 0}},
            new float[0][],
            new float[0][],
            new float[0][]);
    Evaluation evaluation =
        Scoring.of(
                Fixture.task(Fixture.SCHEME, LabelCounts.of(Fixture.SCHEME, examples), 0),
                table,
                Optional.of(prompts("a {}")),
                Fixture.PROVENANCE)
            .evaluation();
    Details.ZeroShot report = evaluation.details().zeroShot();
    assertThat(report.prompts()).containsExactly("a {}");
    assertThat(Fixture.value(evaluation, "zero_shot.category.top1")).isEqualTo(0.5);
    assertThat(Fixture.value(evaluation, "zero_shot.category.top3")).isEqualTo(1);
    assertThat(report.category().confusion())
        .containsExactly(List.of(1, 0, 0), List.of(0, 0, 1), List.of(0, 0, 0));
    // softmax of (10, 0, 0)
    double sure = 1 / (1 + 2 * Math.exp(-10));
    assertThat(Fixture.value(evaluation, "zero_shot.category.expected_calibration_error"))
        .isCloseTo(sure - 0.5, within(1e-6));
    // hat: right, wrong; fabric: right, right
    assertThat(Fixture.value(evaluation, "zero_shot.attributes.group_accuracy_without_na"))
        .isEqualTo((0.5 + 1) / 2);
    // first: no hat and denim before plain, all 1; second: cotton first, hat among the rest
    assertThat(Fixture.value(evaluation, "zero_shot.attributes.recall@1")).isEqualTo(0.5);
    assertThat(Fixture.score(evaluation, "zero_shot.attributes.recall@5").best()).isEqualTo(1);
    assertThat(evaluation.sections().get(1).title()).contains("6 values");
    assertThat(evaluation.details().category()).as("no head").isNull();
    assertThat(evaluation.sections())
        .extracting(Section::key)
        .containsExactly("zero_shot.category", "zero_shot.attributes");
  }

  @Test
  void withoutClassNamesNothingIsAsked() {
    List<Example> bare = List.of(Fixture.example(0, "red", -1, new byte[7]));
    EmbeddingTable table =
        new EmbeddingTable(bare, new float[1][3], new float[1][3], new float[0][], new float[0][]);
    Evaluation evaluation =
        Scoring.of(
                Fixture.task(Fixture.SCHEME, LabelCounts.of(Fixture.SCHEME, bare), 0),
                table,
                Optional.of(prompts("a {}")),
                Fixture.PROVENANCE)
            .evaluation();
    assertThat(evaluation.details().zeroShot()).isNull();
  }

  /**
   * A model that knows a text by its words, and of a picture what its caption says: where captions
   * name the class, every picture is called by its name; where they do not, all lie equally far
   * from every name, and the first class wins.
   */
  @Test
  void captionsThatNameTheClassTeachItAndOthersDoNot() {
    assertThat(bagOfWords("a photo of a %s in red")).isEqualTo(1);
    assertThat(bagOfWords("a photo of something in red")).isEqualTo(1 / 3.0);
  }

  private static double bagOfWords(String caption) {
    List<Example> examples = new ArrayList<>();
    for (int n = 0; n < 30; n++) {
      String name = Fixture.SCHEME.categories().get(n % 3);
      examples.add(Fixture.example(n, caption.formatted(name), n % 3, new byte[7]));
    }
    float[][] image_NE = examples.stream().map(e -> words(e.caption())).toArray(float[][]::new);
    EmbeddingTable table =
        new EmbeddingTable(examples, image_NE, image_NE, new float[0][], new float[0][]);
    Prompts prompts =
        Prompts.of(
            Fixture.SCHEME,
            List.of("a photo of a {}", "one of the {}"),
            texts -> texts.stream().map(ZeroShotTest::words).toArray(float[][]::new),
            10);
    return Fixture.value(
        Scoring.of(
                Fixture.task(Fixture.SCHEME, LabelCounts.of(Fixture.SCHEME, examples), 0),
                table,
                Optional.of(prompts),
                Fixture.PROVENANCE)
            .evaluation(),
        "zero_shot.category.top1");
  }

  /** A dimension a word, as much as it takes to tell these few apart. */
  private static float[] words(String text) {
    List<String> known =
        List.of("a", "photo", "of", "one", "the", "red", "dresses", "pants", "skirts");
    float[] row = new float[known.size()];
    for (String word : text.toLowerCase(java.util.Locale.ROOT).split(" ", -1)) {
      if (known.contains(word)) {
        row[known.indexOf(word)] = 1;
      }
    }
    return row;
  }

  @Test
  void whatCaptionsDoNotSayIsCounted() {
    List<Example> training =
        List.of(
            Fixture.example(0, "Cotton DRESSES, with a hat.", 0, new byte[7]),
            Fixture.example(1, "", 0, new byte[7]),
            Fixture.example(2, "Shoes", 0, new byte[7]));
    SpokenWords words = SpokenWords.of(Fixture.SCHEME, training);
    // no hat, hat, denim upper fabric, cotton upper fabric, floral and plain upper pattern
    assertThat(words)
        .isEqualTo(new SpokenWords(2, new SpokenWords.Said(3, 1), new SpokenWords.Said(9, 2)));
    assertThat(words.caution(true, false).orElseThrow())
        .startsWith("2 training captions contain 1 of the 3 words in the class names;");
    assertThat(words.caution(true, true).orElseThrow())
        .contains("names and 2 of the 9 words in the names of attribute values;");
    assertThat(words.caution(false, false)).isEmpty();
    assertThat(SpokenWords.of(Fixture.SCHEME, List.of()).caution(true, true)).isEmpty();
  }
}
