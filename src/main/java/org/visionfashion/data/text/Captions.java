package org.visionfashion.data.text;

import java.text.Normalizer;
import java.util.regex.Pattern;

/** Brings captions to one form. Lower-casing is the tokenizer's business. */
public final class Captions {

  private static final Pattern WHITE_SPACE =
      Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

  // Control and format characters, and halves of surrogate pairs.
  private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}]");

  private static final Pattern SCRIPT =
      Pattern.compile("(?is)<(script|style)\\b.*?</\\1\\s*>|<!--.*?-->");

  private static final Pattern TAG = Pattern.compile("</?[A-Za-z][^<>]*>");

  private static final Pattern ADDRESS = Pattern.compile("(?i)\\b(?:https?://|www\\.)\\S+");

  private static final Pattern PRICE =
      Pattern.compile(
          "(?i)(?:\\b(?:price|now|only|was|from)\\b\\s*:?\\s*)?"
              + "(?:(?:\\b(?:usd|eur|gbp|chf|inr|rs\\.?)\\s*|(?:\\b(?:us|au|ca?))?[$\u20ac\u00a3\u00a5\u20b9]\\s*)"
              + "\\d[\\d.,]*\\d|(?:\\b(?:usd|eur|gbp|chf|inr|rs\\.?)\\s*|[$\u20ac\u00a3\u00a5\u20b9]\\s*)\\d"
              + "|\\b\\d(?:[\\d.,]*\\d)?\\s*(?:[$\u20ac\u00a3\u00a5\u20b9]|(?:usd|eur|gbp|chf|inr|euros?|dollars?)\\b))");

  private static final Pattern BEFORE_MARK = Pattern.compile("\\s+([.,;:!?])");

  private Captions() {}

  /**
   * Unicode NFC; white space of any kind becomes one space, none at the ends; control characters
   * vanish. A blank caption becomes the empty string, which means that there is none.
   */
  public static String normalise(String caption) {
    if (isNormal(caption)) {
      return caption;
    }
    String visible = INVISIBLE.matcher(WHITE_SPACE.matcher(caption).replaceAll(" ")).replaceAll("");
    // Once more: what stood between two spaces may have been invisible.
    String spaced = WHITE_SPACE.matcher(visible).replaceAll(" ").strip();
    return Normalizer.normalize(spaced, Normalizer.Form.NFC);
  }

  /** Whether a text is of ASCII's letters and signs alone, with single spaces between them. */
  private static boolean isNormal(String text) {
    char before = ' ';
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      if (each < ' ' || each > '~' || (each == ' ' && before == ' ')) {
        return false;
      }
      before = each;
    }
    return text.isEmpty() || before != ' ';
  }

  /**
   * Without what is no description: HTML's tags, web addresses and prices; HTML's entities become
   * the characters that they stand for, also those that were escaped twice.
   */
  public static String clean(String caption) {
    String text = Entities.decoded(Entities.decoded(caption));
    text = TAG.matcher(SCRIPT.matcher(text).replaceAll(" ")).replaceAll(" ");
    text = PRICE.matcher(ADDRESS.matcher(text).replaceAll(" ")).replaceAll(" ");
    return normalise(BEFORE_MARK.matcher(text).replaceAll("$1"));
  }
}
