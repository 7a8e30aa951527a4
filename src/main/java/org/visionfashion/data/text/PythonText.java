package org.visionfashion.data.text;

import java.util.regex.Pattern;

/** White space and lower case of Python's strings, which differ from Java's. */
final class PythonText {

  private static final Pattern WHITE_SPACE = Pattern.compile("[\\t-\\r\\x1c-\\x1f\\x85\\p{Z}]+");

  private static final int CAPITAL_SIGMA = 0x3a3;
  private static final int DOTTED_CAPITAL_I = 0x130;

  /** Signs that stand within words (Unicode's Word_Break MidLetter, MidNumLet, Single_Quote). */
  private static final String WITHIN_WORDS =
      "'.:\u00b7\u0387\u055f\u05f4\u2018\u2019\u2024\u2027"
          + "\ufe13\ufe52\ufe55\uff07\uff0e\uff1a";

  private PythonText() {}

  /** White space of any kind as one space, none at the ends. */
  static String collapsed(String text) {
    return WHITE_SPACE.matcher(text).replaceAll(" ").strip();
  }

  /** Unicode's full lower case: a sigma that ends a word has its own form. */
  static String lower(String text) {
    StringBuilder lower = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      if (point == DOTTED_CAPITAL_I) {
        lower.append("i\u0307");
      } else if (point == CAPITAL_SIGMA) {
        lower.append(isFinal(text, i) ? '\u03c2' : '\u03c3');
      } else {
        lower.appendCodePoint(Character.toLowerCase(point));
      }
      i += Character.charCount(point);
    }
    return lower.toString();
  }

  /** After a letter that has cases and not before one (Unicode 3.13, Final_Sigma). */
  private static boolean isFinal(String text, int at) {
    int before = at;
    int point = ' ';
    do {
      if (before == 0) {
        return false;
      }
      point = text.codePointBefore(before);
      before -= Character.charCount(point);
    } while (isIgnored(point));
    if (!isCased(point)) {
      return false;
    }
    for (int after = at + 1; after < text.length(); after += Character.charCount(point)) {
      point = text.codePointAt(after);
      if (!isIgnored(point)) {
        return !isCased(point);
      }
    }
    return true;
  }

  private static boolean isCased(int point) {
    return Character.isLowerCase(point)
        || Character.isUpperCase(point)
        || Character.isTitleCase(point);
  }

  private static boolean isIgnored(int point) {
    return switch (Character.getType(point)) {
      case Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.FORMAT,
          Character.MODIFIER_LETTER,
          Character.MODIFIER_SYMBOL ->
          true;
      default -> WITHIN_WORDS.indexOf(point) >= 0;
    };
  }
}
