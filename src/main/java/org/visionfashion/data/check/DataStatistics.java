package org.visionfashion.data.check;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Example;
import org.visionfashion.data.Split;
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
   * @param captions pictures with a caption
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
   * @param captions examples with a caption
   * @param distinct different captions
   * @param repeated examples whose caption some other example has too
   * @param mostFrequent how often the most frequent caption occurs
   */
  public record CaptionCount(int captions, int distinct, int repeated, int mostFrequent) {}

  /**
   * Counts.
   *
   * @param tokenizer measures the captions; its limit says which are cut
   */
  public static DataStatistics of(Dataset dataset, Tokenizer tokenizer) {
    return new DataStatistics(
        dataset.summary(),
        Stream.of(Split.values()).map(split -> count(split, dataset)).toList(),
        dataset.items().shared(),
        categories(dataset),
        count("(not labelled)", dataset, example -> example.category() == Example.UNKNOWN),
        attributes(dataset),
        count("(not labelled)", dataset, DataStatistics::lacksAttribute),
        captions(dataset),
        TokenLengths.of(
            dataset.examples().stream()
                .filter(Example::hasCaption)
                .mapToInt(example -> tokenizer.count(example.caption())),
            tokenizer.maxTokens()));
  }

  /**
   * Counts, with captions measured by a vocabulary that is built from those of the training split.
   *
   * @param vocabSize most tokens of the vocabulary
   * @param maxTokens the limit that captions are cut to, special tokens included
   */
  public static DataStatistics of(Dataset dataset, int vocabSize, int maxTokens) {
    List<String> captions =
        dataset.split(Split.TRAIN).stream()
            .filter(Example::hasCaption)
            .map(Example::caption)
            .toList();
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
    List<Example> examples = dataset.split(split);
    Set<String> items = new HashSet<>();
    examples.forEach(example -> items.add(example.item()));
    long captions = examples.stream().filter(Example::hasCaption).count();
    return new SplitCount(
        split, examples.size(), dataset.itemsKnown() ? items.size() : UNKNOWN, (int) captions);
  }

  private static List<LabelCount> categories(Dataset dataset) {
    List<LabelCount> counts = new ArrayList<>();
    for (String name : dataset.scheme().categories()) {
      int category = counts.size();
      counts.add(count(name, dataset, example -> example.category() == category));
    }
    return counts;
  }

  private static List<LabelCount> attributes(Dataset dataset) {
    List<LabelCount> counts = new ArrayList<>();
    for (String name : dataset.scheme().attributes()) {
      int attribute = counts.size();
      counts.add(count(name, dataset, example -> example.attributes()[attribute] == 1));
    }
    return counts;
  }

  private static boolean lacksAttribute(Example example) {
    for (byte value : example.attributes()) {
      if (value == Example.UNKNOWN) {
        return true;
      }
    }
    return false;
  }

  private static LabelCount count(String name, Dataset dataset, Predicate<Example> has) {
    Map<Split, Integer> counts = new EnumMap<>(Split.class);
    for (Split split : Split.values()) {
      counts.put(split, 0);
    }
    for (Example example : dataset.examples()) {
      if (has.test(example)) {
        counts.merge(example.split(), 1, Integer::sum);
      }
    }
    return new LabelCount(name, counts);
  }

  private static CaptionCount captions(Dataset dataset) {
    Map<String, Integer> times = new HashMap<>();
    for (Example example : dataset.examples()) {
      if (example.hasCaption()) {
        times.merge(example.caption(), 1, Integer::sum);
      }
    }
    return new CaptionCount(
        times.values().stream().mapToInt(Integer::intValue).sum(),
        times.size(),
        times.values().stream().filter(n -> n > 1).mapToInt(Integer::intValue).sum(),
        times.values().stream().mapToInt(Integer::intValue).max().orElse(0));
  }
}
