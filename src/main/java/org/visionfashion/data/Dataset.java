package org.visionfashion.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

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
 * @param splitsGiven whether the data say which split an example belongs to
 */
public record Dataset(
    String name,
    Path root,
    LabelScheme scheme,
    Examples examples,
    List<Problem> problems,
    boolean itemsKnown,
    boolean splitsGiven) {

  public Dataset {
    problems = List.copyOf(problems);
  }

  /** A data set that names no splits. */
  public Dataset(
      String name,
      Path root,
      LabelScheme scheme,
      List<Example> examples,
      List<Problem> problems,
      boolean itemsKnown) {
    this(name, root, scheme, Examples.of(examples), problems, itemsKnown, false);
  }

  /** A data set whose items are known. */
  public Dataset(
      String name, Path root, LabelScheme scheme, List<Example> examples, List<Problem> problems) {
    this(name, root, scheme, Examples.of(examples), problems, true, false);
  }

  /** The same data, found elsewhere and with other problems. */
  public Dataset with(Path otherRoot, List<Problem> others) {
    return new Dataset(name, otherRoot, scheme, examples, others, itemsKnown, splitsGiven);
  }

  /** The folder it lies in. */
  public Path folder() {
    return Files.isRegularFile(root) ? root.toAbsolutePath().getParent() : root;
  }

  /** The examples of one split, in order. */
  public Examples split(Split split) {
    return examples.split(split);
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

  /** How the items lie in the splits. */
  public ItemCounts items() {
    return examples.items();
  }

  /**
   * One line for the log, for example {@code 8,000 examples: 6,200 train, 400 validation, 1,400
   * test; 3,012 items, 0 shared between splits}, or {@code items unknown}; {@code 8,000 examples
   * with 40,000 captions} where some have several.
   */
  public String summary() {
    int captions = examples.captionCount();
    return String.format(
        Locale.ROOT,
        "%,d examples%s: %,d train, %,d validation, %,d test; %s",
        examples.size(),
        captions > examples.size()
            ? String.format(Locale.ROOT, " with %,d captions", captions)
            : "",
        count(Split.TRAIN),
        count(Split.VALIDATION),
        count(Split.TEST),
        itemsKnown
            ? String.format(
                Locale.ROOT,
                "%,d items, %,d shared between splits",
                items().items(),
                items().shared())
            : "items unknown");
  }

  /**
   * SHA-256 over the label scheme and over id, caption, labels, item and split of every example, in
   * hexadecimal digits: names the data in a checkpoint and in a report. Pixels and the place on
   * disk do not count.
   */
  public String fingerprint() {
    return examples.fingerprint(scheme);
  }

  private int count(Split split) {
    return split(split).size();
  }
}
