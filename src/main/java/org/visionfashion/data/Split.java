package org.visionfashion.data;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The three parts of a data set. */
public enum Split {
  TRAIN,
  VALIDATION,
  TEST;

  private static final Pattern NOT_LETTERS = Pattern.compile("[^A-Za-z]+");

  /** The name users write: {@code train}, {@code validation}, {@code test}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The part that a word in a file's name says, as in {@code items_train.csv} or {@code
   * test-00000-of-00002}; empty where none does or several do.
   */
  public static Optional<Split> inName(String name) {
    List<Split> said =
        Arrays.stream(NOT_LETTERS.split(name))
            .flatMap(word -> of(word).stream())
            .distinct()
            .toList();
    return said.size() == 1 ? Optional.of(said.get(0)) : Optional.empty();
  }

  /**
   * The part that a table's cell or a folder names, whatever its case: also training, val, valid,
   * dev, eval and testing.
   */
  public static Optional<Split> of(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "train", "training" -> Optional.of(TRAIN);
      case "validation", "val", "valid", "dev", "eval" -> Optional.of(VALIDATION);
      case "test", "testing" -> Optional.of(TEST);
      default -> Optional.empty();
    };
  }
}
