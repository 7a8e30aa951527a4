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
