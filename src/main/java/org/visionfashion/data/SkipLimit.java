package org.visionfashion.data;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.visionfashion.base.UserError;

/**
 * How much of the data may be skipped because it cannot be used.
 *
 * @param share {@code data.max_broken}: share of the examples, 0 = none at all. Among few examples
 *     a single one is a large share: any share above 0 allows one of them, and up to three as long
 *     as they are no more than a tenth.
 */
public record SkipLimit(double share) {

  private static final int NAMED = 3;

  /** The number of examples that may be skipped. */
  public int of(int examples) {
    int few = Math.max(1, Math.min(3, examples / 10));
    return share == 0 ? 0 : Math.max(few, (int) Math.floor(share * examples + 1e-9));
  }

  /**
   * Compares.
   *
   * @param skipped why each was skipped; the first three are named
   * @param examples how many there are, skipped ones included
   * @throws UserError where more is skipped than is allowed
   */
  public void require(List<String> skipped, int examples) {
    if (skipped.size() > of(examples)) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "%s; data.max_broken allows %.1f %%",
              summary(skipped, examples),
              100 * share));
    }
  }

  /** One line: how many are skipped, and the first of them. */
  public static String summary(List<String> skipped, int examples) {
    String first = skipped.stream().limit(NAMED).collect(Collectors.joining("; "));
    return String.format(
        Locale.ROOT,
        "%,d of %,d examples cannot be used (%.1f %%): %s%s",
        skipped.size(),
        examples,
        100.0 * skipped.size() / Math.max(1, examples),
        first,
        skipped.size() > NAMED ? "; ..." : "");
  }
}
