package org.visionfashion.data.text;

import java.text.Normalizer;
import java.util.regex.Pattern;

/** Brings captions to one form. Lower-casing is the tokenizer's business. */
public final class Captions {

  private static final Pattern WHITE_SPACE =
      Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

  // Control and format characters, and halves of surrogate pairs.
  private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}]");

  private static final Pattern ADDRESS = Pattern.compile("(?i)\\b(?:https?://|www\\.)\\S+");

  private static final String AMOUNT = "\\d(?:[\\d.,]*\\d)?(?:[.,]-)?";

  private static final Pattern PRICE =
      Pattern.compile(
          ("(?i)(?:\\b(?:price|now|only|was|from)\\b\\s*:?\\s*)?"
                  + "(?:(?:\\b(?:usd|eur|gbp|chf|inr|rs\\.?)|(?:\\b(?:us|au|ca))?[$\u20ac\u00a3\u00a5\u20b9])\\s*AMOUNT"
                  + "|\\bAMOUNT\\s*(?:[$\u20ac\u00a3\u00a5\u20b9]|(?:usd|eur|gbp|chf|inr|euros?|dollars?)\\b))")
              .replace("AMOUNT", AMOUNT));

  /** Marks that nothing stands before any more, and those that stand twice. */
  private static final Pattern LEFT = Pattern.compile("\\s+([.,;:!?])|([,;])(?:\\s*[,;])+");

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

  /** Whether there is a web address. */
  public static boolean hasAddress(String caption) {
    return ADDRESS.matcher(caption).find();
  }

  /** Whether there is a price. */
  public static boolean hasPrice(String caption) {
    return PRICE.matcher(caption).find();
  }

  /**
   * Without what is no description: HTML ({@link Markup}), what a wrong encoding made of letters
   * ({@link Mojibake}), web addresses and prices.
   */
  public static String clean(String caption) {
    String text = Mojibake.repaired(Markup.removed(caption));
    text = PRICE.matcher(ADDRESS.matcher(text).replaceAll(" ")).replaceAll(" ");
    text = LEFT.matcher(text).replaceAll("$1$2");
    return normalise(LEFT.matcher(text).replaceAll("$1$2"));
  }
}
