package org.visionfashion.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A data set, read but not decoded.
 *
 * @param name for reports
 * @param root where it lies
 * @param scheme what the labels mean
 * @param examples in the order of their ids
 * @param problems what the source found wrong or worth noting; the examples exclude what could not
 *     be used
 * @param itemsKnown whether the data say which pictures show one product; otherwise each is an item
 *     of its own
 */
public record Dataset(
    String name,
    Path root,
    LabelScheme scheme,
    List<Example> examples,
    List<Problem> problems,
    boolean itemsKnown) {

  public Dataset {
    examples = List.copyOf(examples);
    problems = List.copyOf(problems);
  }

  /** A data set whose items are known. */
  public Dataset(
      String name, Path root, LabelScheme scheme, List<Example> examples, List<Problem> problems) {
    this(name, root, scheme, examples, problems, true);
  }

  /** The folder it lies in. */
  public Path folder() {
    return Files.isRegularFile(root) ? root.toAbsolutePath().getParent() : root;
  }

  /** The examples of one split, in order. */
  public List<Example> split(Split split) {
    return examples.stream().filter(example -> example.split() == split).toList();
  }

  /** Whether a split has any example. */
  public boolean has(Split split) {
    return count(split) > 0;
  }

  /** Why examples were skipped, one problem for each. */
  public List<Problem> skipped() {
    return problems.stream().filter(Problem::skipped).toList();
  }

  /**
   * Makes sure that not too much was skipped.
   *
   * @param maxBroken {@code data.max_broken}
   * @throws org.visionfashion.base.UserError where more was skipped than {@link SkipLimit} allows;
   *     names the first
   */
  public void requireWithin(double maxBroken) {
    List<String> skipped = skipped().stream().map(Problem::toString).toList();
    new SkipLimit(maxBroken).require(skipped, examples.size() + skipped.size());
  }

  /**
   * In which splits each item has pictures; more than one means that it is shared between splits.
   */
  public Map<String, Set<Split>> splitsByItem() {
    Map<String, Set<Split>> splits = new HashMap<>();
    for (Example example : examples) {
      splits
          .computeIfAbsent(example.item(), item -> EnumSet.noneOf(Split.class))
          .add(example.split());
    }
    return splits;
  }

  /**
   * One line for the log, for example {@code 8,000 examples: 6,200 train, 400 validation, 1,400
   * test; 3,012 items, 0 shared between splits}, or {@code items unknown}.
   */
  public String summary() {
    return String.format(
        Locale.ROOT,
        "%,d examples: %,d train, %,d validation, %,d test; %s",
        examples.size(),
        count(Split.TRAIN),
        count(Split.VALIDATION),
        count(Split.TEST),
        itemsKnown
            ? String.format(
                Locale.ROOT,
                "%,d items, %,d shared between splits",
                splitsByItem().size(),
                sharedItems())
            : "items unknown");
  }

  /**
   * SHA-256 over the label scheme and over id, caption, labels, item and split of every example, in
   * hexadecimal digits: names the data in a checkpoint and in a report. Pixels and the place on
   * disk do not count.
   */
  public String fingerprint() {
    return Fingerprint.of(scheme, examples);
  }

  /** Items with pictures in more than one split. */
  public long sharedItems() {
    return splitsByItem().values().stream().filter(splits -> splits.size() > 1).count();
  }

  private long count(Split split) {
    return examples.stream().filter(example -> example.split() == split).count();
  }
}
