package org.visionfashion.data.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.visionfashion.base.OneLine;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Example;
import org.visionfashion.data.column.Distinct;

/** Captions that many pictures share, counted exactly in some 30 bytes a caption. */
final class CaptionRepetition {

  /** A caption of fewer pictures is told of nowhere. */
  private static final int LEAST = 10;

  /** Nor is one of a smaller share of the captions. */
  private static final double SHARE = 0.01;

  private final Dataset dataset;
  private final List<String> captions;
  private final int[] firsts; // the first caption with the same words

  CaptionRepetition(Dataset dataset) {
    this.dataset = dataset;
    captions = dataset.examples().captions();
    Distinct distinct = new Distinct(captions.size(), captions::get);
    firsts = new int[captions.size()];
    Arrays.setAll(firsts, distinct::first);
  }

  List<Finding> findings() {
    Optional<List<String>> ofClasses = ofClasses();
    return List.of(
        Finding.of(Check.REPEATED_CAPTION, ofClasses.isPresent() ? List.of() : repeated()),
        Finding.of(Check.CLASS_CAPTIONS, ofClasses.orElse(List.of())));
  }

  /** The most frequent first. */
  private List<String> repeated() {
    int[] counts = new int[firsts.length];
    for (int first : firsts) {
      counts[first]++;
    }
    double least = Math.max(LEAST, SHARE * firsts.length);
    return IntStream.range(0, counts.length)
        .filter(i -> counts[i] >= least)
        .boxed()
        .sorted(Comparator.comparing(i -> -counts[i]))
        .map(
            i ->
                String.format(
                    Locale.ROOT,
                    "%,d of %,d captions: \"%s\"",
                    counts[i],
                    counts.length,
                    OneLine.word(captions.get(i))))
        .toList();
  }

  /**
   * The caption of each class, where every example has a class, and the caption of its class alone:
   * a template made them. Empty where that is not so.
   */
  private Optional<List<String>> ofClasses() {
    List<String> classes = dataset.scheme().categories();
    int[] ofClass = new int[classes.size()];
    Arrays.fill(ofClass, -1);
    int caption = 0;
    for (Example example : dataset.examples()) {
      if (!example.hasCaption()) {
        continue;
      }
      if (example.category() == Example.UNKNOWN || example.captions().size() > 1) {
        return Optional.empty();
      }
      int known = ofClass[example.category()];
      if (known >= 0 && known != firsts[caption]) {
        return Optional.empty();
      }
      ofClass[example.category()] = firsts[caption];
      caption++;
    }
    List<String> cases = new ArrayList<>();
    for (int i = 0; i < ofClass.length; i++) {
      if (ofClass[i] >= 0) {
        cases.add(classes.get(i) + ": \"" + OneLine.word(captions.get(ofClass[i])) + "\"");
      }
    }
    return cases.size() < firsts.length ? Optional.of(cases) : Optional.empty();
  }
}
