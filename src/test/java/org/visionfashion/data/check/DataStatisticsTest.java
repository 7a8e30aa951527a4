package org.visionfashion.data.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Example;
import org.visionfashion.data.LabelSchemes;
import org.visionfashion.data.Split;
import org.visionfashion.data.check.DataStatistics.CaptionCount;
import org.visionfashion.data.check.DataStatistics.LabelCount;
import org.visionfashion.data.check.DataStatistics.SplitCount;
import org.visionfashion.data.text.Tokenizer;
import org.visionfashion.data.text.WordPieceVocabulary;

class DataStatisticsTest {

  private static final Dataset DATA =
      new Dataset(
          "test",
          Path.of("."),
          LabelSchemes.custom(List.of("bag", "hat"), List.of("blue", "red")),
          List.of(
              example("a", "a red bag", 0, 0, 1, "1", Split.TRAIN),
              example("b", "a red bag", 0, 0, 1, "1", Split.TRAIN),
              example("c", "", 1, -1, -1, "2", Split.TRAIN),
              example("d", "a blue hat of wool", 1, 1, 0, "3", Split.VALIDATION),
              example("e", "hat", -1, 1, 1, "1", Split.TEST)),
          List.of());

  @Test
  void countsEverything() {
    DataStatistics statistics = DataStatistics.of(DATA, 100, 5);
    assertThat(statistics.splits())
        .containsExactly(
            new SplitCount(Split.TRAIN, 3, 2, 2),
            new SplitCount(Split.VALIDATION, 1, 1, 1),
            new SplitCount(Split.TEST, 1, 1, 1));
    assertThat(statistics.sharedItems()).isEqualTo(1);
    assertThat(statistics.categories())
        .containsExactly(label("bag", 2, 0, 0), label("hat", 1, 1, 0));
    assertThat(statistics.withoutCategory()).isEqualTo(label("(not labelled)", 0, 0, 1));
    assertThat(statistics.attributes())
        .containsExactly(label("blue", 0, 1, 1), label("red", 2, 0, 1));
    assertThat(statistics.withoutAttributes()).isEqualTo(label("(not labelled)", 1, 0, 0));
    assertThat(statistics.captions()).isEqualTo(new CaptionCount(4, 3, 2, 2));
  }

  /** Pencil: three captions of one picture, one of which another has too. */
  @Test
  void countsAllCaptionsOfAPicture() {
    Example one = example("a", "a red bag", 0, 0, 1, "1", Split.TRAIN);
    Example several =
        new Example(
            "b",
            one.picture(),
            List.of("a red bag", "blue", "a hat of wool"),
            0,
            one.attributes(),
            "2",
            Split.TEST);
    Dataset data =
        new Dataset("test", Path.of("."), DATA.scheme(), List.of(one, several), List.of());
    assertThat(data.summary()).startsWith("2 examples with 4 captions: 1 train");
    DataStatistics statistics = DataStatistics.of(data, 100, 5);
    assertThat(statistics.captions()).isEqualTo(new CaptionCount(4, 3, 2, 2));
    assertThat(statistics.splits().get(2)).isEqualTo(new SplitCount(Split.TEST, 1, 1, 3));
    assertThat(statistics.lengths().captions()).isEqualTo(4);
  }

  @Test
  void measuresCaptionsByTheTokenizer() {
    List<String> captions = DATA.examples().stream().map(Example::caption).toList();
    try (Tokenizer tokenizer = Tokenizer.of(WordPieceVocabulary.build(captions, 100), 4)) {
      // With [CLS] and [SEP]: 5, 5, 7 and 3 tokens.
      assertThat(DataStatistics.of(DATA, tokenizer).lengths())
          .isEqualTo(new TokenLengths(4, 5.0, 5, 7, 7, 7, 4, 3));
    }
  }

  @Test
  void percentilesAreNearestRanks() {
    TokenLengths lengths = TokenLengths.of(IntStream.rangeClosed(1, 200), 150);
    assertThat(lengths).isEqualTo(new TokenLengths(200, 100.5, 100, 180, 198, 200, 150, 50));
    assertThat(TokenLengths.of(IntStream.empty(), 40))
        .isEqualTo(new TokenLengths(0, 0, 0, 0, 0, 0, 40, 0));
  }

  @Test
  void textIsATable() {
    List<String> captions = DATA.examples().stream().map(Example::caption).toList();
    try (Tokenizer tokenizer = Tokenizer.of(WordPieceVocabulary.build(captions, 100), 4)) {
      assertThat(DataStatistics.of(DATA, tokenizer).text())
          .isEqualTo(
              """
              5 examples: 3 train, 1 validation, 1 test; 3 items, 1 shared between splits

              split            pictures      items   captions
              train                   3          2          2
              validation              1          1          1
              test                    1          1          1

              category            train validation       test        all
              bag                     2          0          0          2
              hat                     1          1          0          2
              (not labelled)          0          0          1          1

              attribute           train validation       test        all
              blue                    0          1          1          2
              red                     2          0          1          3
              (not labelled)          1          0          0          1

              captions: 4, 3 distinct; 2 share their wording with another; the most frequent occurs 2 times
              tokens: mean 5.0, median 5, 90 % within 7, 99 % within 7, longest 7
              the limit of 4 tokens cuts 3 of 4 captions (75.0 %)
              """);
    }
  }

  @Test
  void itemsThatNobodyNamesAreUnknown() {
    Dataset unknown =
        new Dataset("test", DATA.root(), DATA.scheme(), DATA.examples(), List.of(), false);
    assertThat(unknown.summary()).contains("items unknown").doesNotContain("shared");
    assertThat(DataStatistics.of(unknown, 100, 5).text())
        .contains("items unknown")
        .containsPattern("train +3 +unknown +2");
  }

  private static LabelCount label(String name, int train, int validation, int test) {
    return new LabelCount(
        name, Map.of(Split.TRAIN, train, Split.VALIDATION, validation, Split.TEST, test));
  }

  private static Example example(
      String id, String caption, int category, int blue, int red, String item, Split split) {
    byte[] attributes = {(byte) blue, (byte) red};
    return new Example(id, Path.of(id), caption, category, attributes, item, split);
  }
}
