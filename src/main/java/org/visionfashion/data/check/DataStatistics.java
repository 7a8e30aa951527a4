package org.visionfashion.data.check;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Example;
import org.visionfashion.data.Examples;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.data.Split;
import org.visionfashion.data.column.Distinct;
import org.visionfashion.data.text.Tokenizer;
import org.visionfashion.data.text.WordPieceVocabulary;

/**
 * What a data set consists of.
 *
 * @param summary {@link Dataset#summary()}
 * @param splits one line a split, in the order of {@link Split}
 * @param sharedItems items with pictures in more than one split
 * @param categories examples a category, in the order of the scheme
 * @param withoutCategory examples that are not labelled
 * @param attributes examples that have an attribute, in the order of the scheme
 * @param withoutAttributes examples of which at least one attribute is not labelled
 * @param captions how captions repeat
 * @param lengths captions in tokens
 */
public record DataStatistics(
    String summary,
    List<SplitCount> splits,
    long sharedItems,
    List<LabelCount> categories,
    LabelCount withoutCategory,
    List<LabelCount> attributes,
    LabelCount withoutAttributes,
    CaptionCount captions,
    TokenLengths lengths) {

  /** A number of items that nobody knows. */
  public static final int UNKNOWN = -1;

  public DataStatistics {
    splits = List.copyOf(splits);
    categories = List.copyOf(categories);
    attributes = List.copyOf(attributes);
  }

  /**
   * A split.
   *
   * @param examples pictures
   * @param items products, {@link #UNKNOWN} where the data name none
   * @param captions of all its pictures
   */
  public record SplitCount(Split split, int examples, int items, int captions) {}

  /**
   * How often a label occurs.
   *
   * @param counts examples by split, each split present
   */
  public record LabelCount(String name, Map<Split, Integer> counts) {

    public LabelCount {
      counts = Map.copyOf(counts);
    }

    /** Over all splits. */
    public int total() {
      return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  /**
   * How captions repeat.
   *
   * @param captions of all examples, several of one among them
   * @param distinct different captions
   * @param repeated captions that occur more than once, each time counted
   * @param mostFrequent how often the most frequent caption occurs
   */
  public record CaptionCount(int captions, int distinct, int repeated, int mostFrequent) {}

  /**
   * Counts.
   *
   * @param tokenizer measures the captions; its limit says which are cut
   */
  public static DataStatistics of(Dataset dataset, Tokenizer tokenizer) {
    Labels labels = Labels.of(dataset);
    List<String> captions = dataset.examples().captions();
    return new DataStatistics(
        dataset.summary(),
        Stream.of(Split.values()).map(split -> count(split, dataset)).toList(),
        dataset.items().shared(),
        labels.categories(),
        labels.withoutCategory(),
        labels.attributes(),
        labels.withoutAttributes(),
        count(captions),
        TokenLengths.of(captions.stream().mapToInt(tokenizer::count), tokenizer.maxTokens()));
  }

  /**
   * Counts, with captions measured by a vocabulary that is built from those of the training split.
   *
   * @param vocabSize most tokens of the vocabulary
   * @param maxTokens the limit that captions are cut to, special tokens included
   */
  public static DataStatistics of(Dataset dataset, int vocabSize, int maxTokens) {
    List<String> captions = dataset.split(Split.TRAIN).captions();
    try (Tokenizer tokenizer =
        Tokenizer.of(WordPieceVocabulary.build(captions, vocabSize), maxTokens)) {
      return of(dataset, tokenizer);
    }
  }

  /** The statistics as text for a console. */
  public String text() {
    return StatisticsText.of(this);
  }

  private static SplitCount count(Split split, Dataset dataset) {
    Examples examples = dataset.split(split);
    return new SplitCount(
        split,
        examples.size(),
        dataset.itemsKnown() ? examples.distinctItems() : UNKNOWN,
        examples.captionCount());
  }

  private static CaptionCount count(List<String> captions) {
    Distinct distinct = new Distinct(captions.size(), captions::get);
    int[] times = new int[captions.size()];
    for (int i = 0; i < times.length; i++) {
      times[distinct.first(i)]++;
    }
    return new CaptionCount(
        times.length,
        (int) Arrays.stream(times).filter(n -> n > 0).count(),
        Arrays.stream(times).filter(n -> n > 1).sum(),
        Arrays.stream(times).max().orElse(0));
  }

  /** Examples by label and split, counted in one pass. */
  private record Labels(LabelScheme scheme, int[][] category_CS, int[][] attribute_AS) {

    private static final String NOT_LABELLED = "(not labelled)";
    private static final int SPLITS = Split.values().length;

    static Labels of(Dataset dataset) {
      LabelScheme scheme = dataset.scheme();
      int categories = scheme.categories().size();
      int attributes = scheme.attributeCount();
      Labels labels =
          new Labels(scheme, new int[categories + 1][SPLITS], new int[attributes + 1][SPLITS]);
      for (Split split : Split.values()) {
        int s = List.of(Split.values()).indexOf(split);
        for (Example example : dataset.split(split)) {
          boolean labelled = example.category() != Example.UNKNOWN;
          labels.category_CS[labelled ? example.category() : categories][s]++;
          boolean whole = true;
          for (int a = 0; a < attributes; a++) {
            byte value = example.attributes()[a];
            labels.attribute_AS[a][s] += value == 1 ? 1 : 0;
            whole &= value != Example.UNKNOWN;
          }
          labels.attribute_AS[attributes][s] += whole ? 0 : 1;
        }
      }
      return labels;
    }

    List<LabelCount> categories() {
      return counts(scheme.categories(), category_CS);
    }

    List<LabelCount> attributes() {
      return counts(scheme.attributes(), attribute_AS);
    }

    LabelCount withoutCategory() {
      return count(NOT_LABELLED, category_CS[scheme.categories().size()]);
    }

    LabelCount withoutAttributes() {
      return count(NOT_LABELLED, attribute_AS[scheme.attributeCount()]);
    }

    private static List<LabelCount> counts(List<String> names, int[][] counts) {
      return IntStream.range(0, names.size())
          .mapToObj(i -> count(names.get(i), counts[i]))
          .toList();
    }

    private static LabelCount count(String name, int[] count_S) {
      Map<Split, Integer> counts = new EnumMap<>(Split.class);
      for (Split split : Split.values()) {
        counts.put(split, count_S[counts.size()]);
      }
      return new LabelCount(name, counts);
    }
  }
}
