package org.visionfashion.data.text;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HTML's names of characters: those of Latin letters, of punctuation and of signs, and numbers. */
final class Entities {

  private static final Pattern ENTITY =
      Pattern.compile("&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,9}));");

  /** From U+00A0 on, in order. */
  private static final String LATIN =
      "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn"
          + " sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest"
          + " Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave"
          + " Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave"
          + " Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig"
          + " ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute"
          + " ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

  /** Names and the characters that they stand for. */
  private static final String[] OTHERS = {
    "amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "ndash", "\u2013", "mdash",
    "\u2014", "lsquo", "\u2018", "rsquo", "\u2019", "sbquo", "\u201a", "ldquo", "\u201c", "rdquo",
    "\u201d", "bdquo", "\u201e", "bull", "\u2022", "hellip", "\u2026", "prime", "\u2032", "Prime",
    "\u2033", "lsaquo", "\u2039", "rsaquo", "\u203a", "euro", "\u20ac", "trade", "\u2122", "hearts",
    "\u2665", "star", "\u2606", "starf", "\u2605", "check", "\u2713", "ensp", " ", "emsp", " ",
    "thinsp", " ", "zwj", "\u200d", "zwnj", "\u200c", "rarr", "\u2192", "larr", "\u2190", "OElig",
    "\u0152", "oelig", "\u0153", "Scaron", "\u0160", "scaron", "\u0161", "Yuml", "\u0178", "minus",
    "\u2212", "le", "\u2264", "ge", "\u2265", "ne", "\u2260", "tilde", "\u02dc", "circ", "\u02c6"
  };

  private static final Map<String, String> NAMES = names();

  private Entities() {}

  private static Map<String, String> names() {
    Map<String, String> names = new HashMap<>();
    int letter = 0xA0;
    for (String name : LATIN.split(" ")) {
      names.put(name, String.valueOf((char) letter++));
    }
    for (int i = 0; i < OTHERS.length; i += 2) {
      names.put(OTHERS[i], OTHERS[i + 1]);
    }
    return names;
  }

  /** The text with the characters in place of their names; other names stay. */
  static String decoded(String text) {
    return ENTITY.matcher(text).replaceAll(found -> Matcher.quoteReplacement(character(found)));
  }

  private static String character(MatchResult found) {
    if (found.group(3) != null) {
      return NAMES.getOrDefault(found.group(3), found.group());
    }
    int code =
        found.group(1) != null
            ? Integer.parseInt(found.group(1))
            : Integer.parseInt(found.group(2), 16);
    return Character.isValidCodePoint(code) ? Character.toString(code) : found.group();
  }
}
