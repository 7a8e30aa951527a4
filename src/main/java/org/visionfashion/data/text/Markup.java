package org.visionfashion.data.text;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

  /** ISO 8859-1 from 160 on, in order (HTML 4.01, 24.2). */
  private static final List<String> LATIN =
      List.of(
          ("nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg"
                  + " plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12"
                  + " frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave"
                  + " Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc"
                  + " Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave"
                  + " aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave"
                  + " iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash"
                  + " ugrave uacute ucirc uuml yacute thorn yuml")
              .split(" "));

  private static final Map<String, String> NAMED = named();

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
      return NAMED.getOrDefault(
          name, NAMED.getOrDefault(name.toLowerCase(Locale.ROOT), entity.group()));
    }
    int code =
        entity.group(1) != null
            ? Integer.parseInt(entity.group(1))
            : Integer.parseInt(entity.group(2), 16);
    return Character.isValidCodePoint(code) && code >= ' '
        ? Character.toString(code)
        : entity.group();
  }

  private static Map<String, String> named() {
    Map<String, String> named = new HashMap<>();
    for (int i = 0; i < LATIN.size(); i++) {
      named.put(LATIN.get(i), Character.toString(160 + i));
    }
    named.putAll(
        Map.of(
            "amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "ndash", "–", "mdash", "—",
            "hellip", "…", "trade", "™", "euro", "€"));
    named.putAll(
        Map.of(
            "lsquo", "‘", "rsquo", "’", "sbquo", "‚", "ldquo", "“", "rdquo", "”", "bdquo", "„",
            "bull", "•", "OElig", "Œ", "oelig", "œ", "Yuml", "Ÿ"));
    named.putAll(
        Map.of(
            "Scaron", "Š", "scaron", "š", "prime", "′", "Prime", "″", "ensp", " ", "emsp", " ",
            "thinsp", " ", "zwnj", "", "zwj", "", "minus", "−"));
    return named;
  }
}
