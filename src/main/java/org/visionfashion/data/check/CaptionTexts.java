package org.visionfashion.data.check;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.visionfashion.data.text.Captions;
import org.visionfashion.data.text.Markup;
import org.visionfashion.data.text.Mojibake;

/** What single captions can be suspected of, and how some of it is cleaned. */
final class CaptionTexts {

  /** What programs and people write where there is nothing, in small letters. */
  private static final Set<String> MISSING =
      Set.of(
          "nan",
          "<na>",
          "nat",
          "na",
          "n/a",
          "n.a.",
          "n.a",
          "#n/a",
          "none",
          "null",
          "nil",
          "\\n",
          "undefined",
          "unknown",
          "missing",
          "empty",
          "tbd",
          "tba",
          "todo",
          "not available",
          "no description",
          "no description available",
          "no caption",
          "no title",
          "(none)",
          "(null)",
          "[null]",
          "[]",
          "{}");

  /** A dash, question marks, brackets with nothing in them. */
  private static final Pattern PUNCTUATION = Pattern.compile("[\\p{Punct}\\p{P} ]*");

  private static final Pattern URL = Pattern.compile("(?i)\\bhttps?://|\\bwww\\.\\w");
  private static final Pattern PRICE =
      Pattern.compile(
          "[$€£¥₹] ?\\d|\\b(?:USD|EUR|GBP|CHF|JPY|INR|Rs\\.?) ?\\d"
              + "|\\d(?:[.,]\\d\\d)? ?(?:[€£₹]|(?:USD|EUR|GBP|CHF|JPY|INR)\\b)");

  /** What a caption still holds of it once it is normalised: private characters, for one. */
  private static final Pattern INVISIBLE =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\uFFFC\uFFFE\uFFFF]");

  /** A number; a path; an address alone; a single word with a digit in it, such as a stock code. */
  private static final Pattern NO_TEXT =
      Pattern.compile(
          "[-+]?[\\d.,]+"
              + "|(?i:\\S+\\.(?:jpe?g|png|webp|gif|bmp|tiff?|avif|heic))"
              + "|\\S*[/\\\\]\\S+[/\\\\]\\S*"
              + "|(?i:(?:https?://|www\\.)\\S+)"
              + "|(?=\\S*\\d)[\\p{L}\\d_-]{6,}");

  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

  private CaptionTexts() {}

  static boolean meansMissing(String caption) {
    return MISSING.contains(caption.toLowerCase(Locale.ROOT))
        || PUNCTUATION.matcher(caption).matches();
  }

  static boolean hasUrl(String caption) {
    return URL.matcher(caption).find();
  }

  static boolean hasPrice(String caption) {
    return PRICE.matcher(caption).find();
  }

  static boolean hasInvisible(String caption) {
    return INVISIBLE.matcher(caption).find();
  }

  static boolean isNoText(String caption) {
    return NO_TEXT.matcher(caption).matches();
  }

  /** Whether the caption says what the last part of a path says, its ending apart. */
  static boolean isFileName(String caption, String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    String words = words(caption);
    return !words.isEmpty()
        && (words.equals(words(name)) || (dot > 0 && words.equals(words(name.substring(0, dot)))));
  }

  private static String words(String text) {
    return BETWEEN_WORDS.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
  }

  /**
   * About how many tokens, rather too few: one for each word, and one for each Chinese or Japanese
   * character.
   */
  static int tokens(String caption) {
    int tokens = 0;
    boolean within = false;
    for (int i = 0; i < caption.length(); i++) {
      char each = caption.charAt(i);
      boolean ideograph = Character.isIdeographic(each);
      boolean word = each != ' ' && !ideograph;
      tokens += ideograph || (word && !within) ? 1 : 0;
      within = word;
    }
    return tokens;
  }

  /** Without HTML, invisible characters and what of a wrong encoding is unambiguous. */
  static String cleaned(String caption) {
    String text = Mojibake.repaired(Markup.removed(caption));
    return Captions.normalise(INVISIBLE.matcher(text).replaceAll(" "));
  }
}
