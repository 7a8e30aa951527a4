package org.visionfashion.base;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names that a user means by a pattern in which a star stands for anything. */
public final class Wildcard {

  private Wildcard() {}

  /** Whether a name as a whole is one that a pattern means. */
  public static boolean matches(String pattern, String name) {
    return name.matches(
        Arrays.stream(pattern.split("\\*", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*")));
  }
}
