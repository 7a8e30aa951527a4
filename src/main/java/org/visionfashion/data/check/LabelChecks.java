package org.visionfashion.data.check;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.visionfashion.base.OneLine;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Example;
import org.visionfashion.data.Split;
import org.visionfashion.data.column.Distinct;

/** Suspicions about classes, attributes and items. */
final class LabelChecks {

  /** Among fewer pictures, as many classes as pictures are no wonder. */
  private static final int FEW = 10;

  /** Classes a labelled picture from which they look like ids. */
  private static final double AS_MANY = 0.9;

  /** Words of a label from which it looks like a sentence. */
  private static final int SENTENCE = 7;

  private static final Pattern NUMBER = Pattern.compile("[-+]?\\d+(?:[.,]\\d+)?");
  private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}\\p{N}]+");

  private final Dataset dataset;
  private final List<String> classes;
  private final List<String> attributes;
  private final Map<Split, int[]> pictures = new EnumMap<>(Split.class); // by class
  private final int[] labelled; // by attribute
  private final int[] having; // by attribute

  LabelChecks(Dataset dataset) {
    this.dataset = dataset;
    classes = dataset.scheme().categories();
    attributes = dataset.scheme().attributes();
    for (Split split : Split.values()) {
      pictures.put(split, new int[classes.size()]);
    }
    labelled = new int[attributes.size()];
    having = new int[attributes.size()];
    for (Example example : dataset.examples()) {
      count(example);
    }
  }

  private void count(Example example) {
    if (example.category() != Example.UNKNOWN) {
      pictures.get(example.split())[example.category()]++;
    }
    byte[] values = example.attributes();
    for (int i = 0; i < values.length; i++) {
      labelled[i] += values[i] == Example.UNKNOWN ? 0 : 1;
      having[i] += values[i] == 1 ? 1 : 0;
    }
  }

  List<Finding> findings() {
    boolean ids = areIds();
    boolean learnt = dataset.has(Split.TRAIN);
    boolean tested = dataset.has(Split.TEST);
    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.of(Check.CATEGORY_IDS, ids ? List.of(span()) : List.of()));
    findings.add(Finding.of(Check.CATEGORY_NUMBERS, areNumbers() ? classes : List.of()));
    findings.add(Finding.of(Check.LABEL_SENTENCES, sentences()));
    findings.add(Finding.of(Check.SIMILAR_CLASSES, similar()));
    findings.add(classes(Check.ONE_CLASS, i -> used() == 1 && total(i) > 0));
    findings.add(classes(Check.ONE_PICTURE_CLASS, i -> !ids && total(i) == 1));
    findings.add(
        classes(
            Check.CLASS_NOT_IN_TRAIN,
            i -> !ids && learnt && total(i) > 0 && pictures(i, Split.TRAIN) == 0));
    findings.add(
        classes(
            Check.CLASS_NOT_IN_TEST,
            i -> !ids && tested && pictures(i, Split.TRAIN) > 0 && pictures(i, Split.TEST) == 0));
    findings.add(Finding.of(Check.CONSTANT_ATTRIBUTE, constant()));
    findings.addAll(items());
    return findings;
  }

  private Finding classes(Check check, IntPredicate found) {
    return Finding.of(
        check,
        IntStream.range(0, classes.size())
            .filter(found)
            .mapToObj(i -> OneLine.word(classes.get(i)) + ": " + counts(i))
            .toList());
  }

  private String counts(int category) {
    List<String> counts = new ArrayList<>();
    for (Split split : Split.values()) {
      if (pictures(category, split) > 0) {
        counts.add(
            String.format(Locale.ROOT, "%,d in %s", pictures(category, split), split.label()));
      }
    }
    return String.join(", ", counts);
  }

  private int pictures(int category, Split split) {
    return pictures.get(split)[category];
  }

  private int total(int category) {
    return pictures.values().stream().mapToInt(counts -> counts[category]).sum();
  }

  /** Classes with a picture; a scheme may name others. */
  private long used() {
    return IntStream.range(0, classes.size()).filter(i -> total(i) > 0).count();
  }

  private boolean areIds() {
    int all = IntStream.range(0, classes.size()).map(this::total).sum();
    return all >= FEW && used() >= AS_MANY * all;
  }

  private String span() {
    return String.format(
        Locale.ROOT,
        "%,d classes, from \"%s\" to \"%s\"",
        used(),
        OneLine.word(classes.get(0)),
        OneLine.word(classes.get(classes.size() - 1)));
  }

  private boolean areNumbers() {
    return !classes.isEmpty() && classes.stream().allMatch(name -> NUMBER.matcher(name).matches());
  }

  private List<String> sentences() {
    List<String> names = new ArrayList<>(classes);
    names.addAll(attributes);
    return names.stream()
        .filter(name -> name.split(" ").length >= SENTENCE)
        .map(OneLine::word)
        .toList();
  }

  /** Names that differ in case, in what is no letter, or in a plural's ending. */
  private List<String> similar() {
    Map<String, List<String>> alike = new LinkedHashMap<>();
    for (String name : classes) {
      alike.computeIfAbsent(folded(name), each -> new ArrayList<>()).add(OneLine.word(name));
    }
    return alike.values().stream()
        .filter(names -> names.size() > 1)
        .map(names -> String.join(", ", names))
        .toList();
  }

  private static String folded(String name) {
    String letters = NO_LETTERS.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("");
    if (letters.endsWith("sses") || letters.endsWith("xes") || letters.endsWith("shes")) {
      return letters.substring(0, letters.length() - 2);
    }
    return letters.endsWith("s") && !letters.endsWith("ss")
        ? letters.substring(0, letters.length() - 1)
        : letters;
  }

  private List<String> constant() {
    return IntStream.range(0, attributes.size())
        .filter(i -> labelled[i] > 0 && (having[i] == 0 || having[i] == labelled[i]))
        .mapToObj(
            i ->
                String.format(
                    Locale.ROOT,
                    "%s: %s of %,d",
                    OneLine.word(attributes.get(i)),
                    having[i] == 0 ? "none" : "all",
                    labelled[i]))
        .toList();
  }

  /** In some 20 bytes an example. */
  private List<Finding> items() {
    int count = dataset.itemsKnown() ? dataset.examples().size() : 0;
    Distinct distinct = new Distinct(count, dataset.examples()::item);
    Map<Split, BitSet> sides = new EnumMap<>(Split.class); // the first of each item there
    for (Split split : Split.values()) {
      sides.put(split, new BitSet());
    }
    int items = 0;
    for (int i = 0; i < count; i++) {
      int first = distinct.first(i);
      items += first == i ? 1 : 0;
      sides.get(dataset.examples().split(i)).set(first);
    }
    int[] shared = IntStream.range(0, count).filter(i -> splits(sides, i).size() > 1).toArray();
    List<String> single =
        count > 1 && items == count
            ? List.of(String.format(Locale.ROOT, "%,d items, %,d pictures", items, count))
            : List.of();
    return List.of(
        Finding.of(
            Check.ITEM_ACROSS_SPLITS,
            Finding.cases(
                shared,
                i ->
                    OneLine.word(dataset.examples().item(i))
                        + ": "
                        + String.join(", ", splits(sides, i)))),
        Finding.of(Check.ITEM_OF_ONE, single));
  }

  private static List<String> splits(Map<Split, BitSet> sides, int item) {
    return sides.entrySet().stream()
        .filter(side -> side.getValue().get(item))
        .map(side -> side.getKey().label())
        .toList();
  }
}
