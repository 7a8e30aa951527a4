package org.visionfashion.data.text;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HTML in text: tags and entities, escaped once or more often. */
public final class Markup {

  private static final int MOST_LAYERS = 3;

  /** A space in place of a tag keeps words apart, save where the tag stands within a word. */
  private static final Pattern WITHIN_WORDS =
      Pattern.compile("(?i)</?(?:a|b|i|u|em|strong|span|font|sub|sup|small|mark)(?:\\s[^<>]*)?>");

  private static final Pattern UNSEEN =
      Pattern.compile("(?is)<(script|style)\\b[^>]*>.*?</\\1\\s*>|<!--.*?-->");
  private static final Pattern TAG = Pattern.compile("(?i)</?[a-z][a-z0-9]*(?:\\s[^<>]*)?/?>");
  private static final Pattern ENTITY =
      Pattern.compile("&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z][a-zA-Z0-9]{1,30}));");

  private Markup() {}

  /** Whether there is a tag, or an entity that HTML knows. */
  public static boolean isIn(String text) {
    return TAG.matcher(text).find() || !unescaped(text).equals(text);
  }

  /** The text that a browser would show, on one line. */
  public static String removed(String text) {
    String now = text;
    for (int layer = 0; layer < MOST_LAYERS && isIn(now); layer++) {
      now = UNSEEN.matcher(now).replaceAll(" ");
      now = WITHIN_WORDS.matcher(now).replaceAll("");
      now = unescaped(TAG.matcher(now).replaceAll(" "));
    }
    return now;
  }

  private static String unescaped(String text) {
    return ENTITY.matcher(text).replaceAll(entity -> Matcher.quoteReplacement(character(entity)));
  }

  /** What an entity stands for; itself where it is unknown. */
  private static String character(MatchResult entity) {
    if (entity.group(3) != null) {
      String name = entity.group(3);
      return HtmlEntities.named(name + ";")
          .or(() -> HtmlEntities.named(name.toLowerCase(Locale.ROOT) + ";"))
          .orElse(entity.group());
    }
    int code =
        entity.group(1) != null
            ? Integer.parseInt(entity.group(1))
            : Integer.parseInt(entity.group(2), 16);
    return Character.isValidCodePoint(code) && code >= ' '
        ? Character.toString(code)
        : entity.group();
  }
}
