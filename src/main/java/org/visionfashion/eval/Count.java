package org.visionfashion.eval;

import java.util.Locale;

/** So many of something, in words. */
public final class Count {

  private Count() {}

  /** {@code 1 picture}, {@code 1,013 pictures}. */
  public static String of(long count, String one) {
    return String.format(Locale.ROOT, "%,d %s%s", count, one, count == 1 ? "" : "s");
  }
}
