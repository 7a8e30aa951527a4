package org.visionfashion.eval;

import java.util.ArrayList;
import java.util.List;

/** Sentences as lines of whole words, at most 100 columns wide. */
final class Wrapped {

  private static final int WIDTH = 100;

  private Wrapped() {}

  /** Lines of which the first begins with a mark; the others stand below its text. */
  static List<String> lines(String mark, String sentence) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(mark);
    boolean fresh = true;
    for (String word : sentence.split(" ", -1)) {
      if (!fresh && line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder(" ".repeat(mark.length()));
        fresh = true;
      }
      line.append(fresh ? "" : " ").append(word);
      fresh = false;
    }
    lines.add(line.toString());
    return lines;
  }
}
