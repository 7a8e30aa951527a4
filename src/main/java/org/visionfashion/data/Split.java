package org.visionfashion.data;

import java.util.Locale;

/** The three parts of a data set. */
public enum Split {
  TRAIN,
  VALIDATION,
  TEST;

  /** The name users write: {@code train}, {@code validation}, {@code test}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
