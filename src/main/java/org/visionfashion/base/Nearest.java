package org.visionfashion.base;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that somebody probably meant. */
public final class Nearest {

  private Nearest() {}

  /**
   * The name closest to a misspelt one, if any is close enough to be worth mentioning: at most two
   * edits, or a third of the word's letters. Case does not count.
   */
  public static Optional<String> of(String word, Collection<String> names) {
    int limit = Math.max(2, word.length() / 3);
    return names.stream()
        .filter(name -> distance(word, name) <= limit)
        .min(Comparator.comparingInt(name -> distance(word, name)));
  }

  /** {@code ", did you mean NAME?"}, or nothing where no name is near. */
  public static String hint(String word, Collection<String> names) {
    return of(word, names).map(name -> ", did you mean " + name + "?").orElse("");
  }

  /**
   * Edits (insertion, deletion, substitution, swap of neighbours) that lead from one word to the
   * other: the optimal string alignment distance.
   */
  static int distance(String from, String to) {
    String a = from.toLowerCase(Locale.ROOT);
    String b = to.toLowerCase(Locale.ROOT);
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        d[i][j] = i == 0 ? j : j == 0 ? i : cheapest(d, a, b, i, j);
      }
    }
    return d[a.length()][b.length()];
  }

  private static int cheapest(int[][] d, String a, String b, int i, int j) {
    int substituted = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int best = Math.min(substituted, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, d[i - 2][j - 2] + 1) : best;
  }
}
