package org.visionfashion.base;

import java.util.regex.Pattern;

/**
 * What is shown to a user of words that come from a file: they may be long, and steer a terminal.
 */
public final class OneLine {

  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\p{Cf}\u2028\u2029]+");
  private static final int LONGEST = 1000;
  private static final int LONGEST_WORD = 100;

  private OneLine() {}

  /** A message on one line, cut where it is very long. */
  public static String of(String message) {
    return cut(message, LONGEST);
  }

  /** A name or value within a message, so that what follows it is still seen. */
  public static String word(String word) {
    return cut(word, LONGEST_WORD);
  }

  private static String cut(String text, int longest) {
    String start = text.length() > longest ? text.substring(0, longest) + "..." : text;
    return CONTROL.matcher(start).replaceAll(" ");
  }
}
