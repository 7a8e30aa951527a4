package org.visionfashion.demo;

import java.util.Arrays;
import java.util.Locale;

/** From where the photographer looks; the digit is the one that stands before it in the name. */
enum View {
  FRONT(1),
  SIDE(2),
  BACK(3),
  FULL(4),
  FLAT(6),
  ADDITIONAL(7);

  private final int digit;

  View(int digit) {
    this.digit = digit;
  }

  int digit() {
    return digit;
  }

  /** As in the file name, for example {@code 1_front}. */
  String text() {
    return digit + "_" + name().toLowerCase(Locale.ROOT);
  }

  static View of(String word) {
    return Arrays.stream(values())
        .filter(view -> view.name().equalsIgnoreCase(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no view " + word));
  }
}
