package org.visionfashion.data;

import java.util.Locale;
import java.util.Optional;

/** The three parts of a data set. */
public enum Split {
  TRAIN,
  VALIDATION,
  TEST;

  /** The name users write: {@code train}, {@code validation}, {@code test}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The part that a table's cell or a folder names, whatever its case: also val, valid, dev, eval.
   */
  public static Optional<Split> of(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "train" -> Optional.of(TRAIN);
      case "validation", "val", "valid", "dev", "eval" -> Optional.of(VALIDATION);
      case "test" -> Optional.of(TEST);
      default -> Optional.empty();
    };
  }
}
