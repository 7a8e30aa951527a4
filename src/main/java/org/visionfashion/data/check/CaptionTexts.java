package org.visionfashion.data.check;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.visionfashion.config.Binder;
import org.visionfashion.config.DataConfig;
import org.visionfashion.data.text.Captions;

/** What single captions can be suspected of, and how some of it is cleaned. */
final class CaptionTexts {

  /** What programs and people write where there is nothing, in small letters. */
  private static final Set<String> MISSING =
      Stream.concat(
              Binder.of(DataConfig.class).missing().stream(),
              Stream.of(
                  "undefined",
                  "unknown",
                  "missing",
                  "blank",
                  "tbd",
                  "tba",
                  "todo",
                  "n.a.",
                  "not available",
                  "no description",
                  "no description available",
                  "no caption",
                  "no title",
                  "(none)",
                  "(null)"))
          .collect(Collectors.toSet());

  /** A dash, question marks, brackets with nothing in them. */
  private static final Pattern PUNCTUATION = Pattern.compile("[\\p{Punct}\\p{P} ]*");

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

  /** Without invisible characters and what else {@link Captions#clean} takes out. */
  static String cleaned(String caption) {
    return Captions.clean(INVISIBLE.matcher(caption).replaceAll(" "));
  }
}
