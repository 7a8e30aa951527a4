package org.visionfashion.eval;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.visionfashion.data.Example;
import org.visionfashion.data.Split;
import org.visionfashion.data.check.Leakage;
import org.visionfashion.metrics.Relevance;

/** Sentences that a reader should see before quoting a number. */
final class Cautions {

  /** Fewer examples than this and one more or less moves a class's score by a tenth. */
  private static final int RARE = 10;

  private static final int NAMED = 5;

  private Cautions() {}

  /** Labels of which the split has hardly an example, the rarest first. */
  static List<String> rare(String what, List<String> names, long[] counts, String consequence) {
    List<Integer> rare =
        IntStream.range(0, counts.length)
            .filter(i -> counts[i] < RARE)
            .boxed()
            .sorted(Comparator.comparing(i -> counts[i]))
            .toList();
    if (rare.isEmpty()) {
      return List.of();
    }
    String named =
        rare.stream()
            .limit(NAMED)
            .map(i -> names.get(i) + " (" + counts[i] + ")")
            .collect(Collectors.joining(", "));
    return List.of(
        "%d of %d %s have fewer than %d pictures each, so %s: %s%s."
            .formatted(
                rare.size(),
                counts.length,
                what,
                RARE,
                consequence,
                named,
                rare.size() > NAMED ? " and others" : ""));
  }

  /** Pictures that could not be judged. */
  static List<String> skipped(List<String> skipped, int judged) {
    return skipped.isEmpty()
        ? List.of()
        : List.of(
            "%s of %,d could not be read and %s no score: %s%s."
                .formatted(
                    Count.of(skipped.size(), "picture"),
                    skipped.size() + judged,
                    skipped.size() == 1 ? "has" : "have",
                    skipped.stream().limit(NAMED).collect(Collectors.joining(", ")),
                    skipped.size() > NAMED ? " and others" : ""));
  }

  /** Examples that the data set lacks. */
  static List<String> skippedBefore(List<String> skipped) {
    return skipped.isEmpty()
        ? List.of()
        : List.of(
            "%s of the data set, of any split, could not be used: %s%s."
                .formatted(
                    Count.of(skipped.size(), "example"),
                    skipped.get(0),
                    skipped.size() > 1 ? " and others" : ""));
  }

  /** Captions that the model does not read to their end. */
  static List<String> cut(Evaluation.Pictures pictures) {
    int cut = pictures.cutCaptions();
    return cut == 0
        ? List.of()
        : List.of(
            String.format(
                Locale.ROOT,
                "%,d of %s (%.1f %%) %s longer than the model reads (model.text.max_tokens); what"
                    + " is behind that limit does not count.",
                cut,
                Count.of(pictures.captions(), "caption"),
                100.0 * cut / pictures.captions(),
                cut == 1 ? "is" : "are"));
  }

  /** Pictures that the model was trained on. */
  static List<String> trainedOn(List<Example> judged) {
    long trained = judged.stream().filter(example -> example.split() == Split.TRAIN).count();
    return trained == 0
        ? List.of()
        : List.of(
            String.format(
                Locale.ROOT,
                "The model was trained on %,d of these %,d pictures (%.1f %%); their scores say"
                    + " little about new pictures. --split test evaluates others alone.",
                trained,
                judged.size(),
                100.0 * trained / judged.size()));
  }

  /** Products that training has seen, on pictures that it has not. */
  static List<String> shared(List<Example> judged, Set<String> trainingItems) {
    long pictures =
        judged.stream()
            .filter(example -> example.split() != Split.TRAIN)
            .filter(example -> trainingItems.contains(example.item()))
            .count();
    if (pictures == 0) {
      return List.of();
    }
    return List.of(
        String.format(
            Locale.ROOT,
            "%,d of %,d pictures (%.1f %%) show an item that training has seen too; their scores"
                + " say little about new items. data.split: item keeps them apart.",
            pictures,
            judged.size(),
            100.0 * pictures / judged.size()));
  }

  /** Pictures of which training has seen a copy. */
  static List<String> copies(Leakage leakage) {
    int copied = leakage.copied().size();
    if (copied == 0) {
      return List.of();
    }
    boolean sampled = leakage.compared() < leakage.training();
    return List.of(
        String.format(
            Locale.ROOT,
            "%s%,d of %,d pictures (%.1f %%) %s a copy among the training pictures, byte-equal or"
                + " saved again%s: %s%s. Their scores measure memory; data verify lists them, and"
                + " its --fix removes them from train.",
            sampled ? "At least " : "",
            copied,
            leakage.pictures(),
            100.0 * copied / leakage.pictures(),
            copied == 1 ? "has" : "have",
            sampled
                ? String.format(
                    Locale.ROOT,
                    " (%,d of %,d were compared, see eval.leakage)",
                    leakage.compared(),
                    leakage.training())
                : "",
            leakage.copied().stream().limit(NAMED).collect(Collectors.joining(", ")),
            copied > NAMED ? " and others" : ""));
  }

  /** Captions and candidates of retrieval. */
  static List<String> retrieval(Relevance own, Relevance equal, int few) {
    List<String> cautions = new ArrayList<>();
    int[] own_P = own.textsOfImages();
    int[] equal_P = equal.textsOfImages();
    if (own_P.length < few) {
      cautions.add(
          "Only %s to search; retrieval scores fall as a set grows, so compare sets of equal size."
              .formatted(Count.of(own_P.length, "pair")));
    }
    long repeated = IntStream.range(0, own_P.length).filter(p -> equal_P[p] > own_P[p]).count();
    if (repeated > 0) {
      cautions.add(
          String.format(
              Locale.ROOT,
              "%,d of %,d pictures (%.1f %%) share %s caption with another picture; the strict"
                  + " scores count that picture as a miss.",
              repeated,
              own_P.length,
              100.0 * repeated / own_P.length,
              IntStream.of(own_P).allMatch(texts -> texts == 1) ? "their" : "a"));
    }
    return cautions;
  }
}
