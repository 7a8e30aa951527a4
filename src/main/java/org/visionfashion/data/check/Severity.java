package org.visionfashion.data.check;

import java.util.Locale;

/** How much a finding matters. */
public enum Severity {
  /** The data are broken here: something is missing, unreadable or contradictory. */
  FAULT,
  /** What is regretted later, or meant: somebody should look. */
  SUSPICION,
  /** Worth knowing; nothing is wrong. */
  NOTE;

  /** As reports write it: {@code fault}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
