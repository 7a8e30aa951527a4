package org.visionfashion.data.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Character references of HTML, by name and by number (HTML standard, 13.2.5.72 to 80). */
final class HtmlEntities {

  private static final Pattern REFERENCE =
      Pattern.compile("&(?:#([0-9]+);?|#[xX]([0-9a-fA-F]+);?|([^\\t\\n\\f <&#;]{1,32};?))");

  private static final int REPLACEMENT = 0xfffd;
  private static final Charset WINDOWS = Charset.forName("windows-1252");
  private static final Map<String, String> NAMED = named();

  private HtmlEntities() {}

  /** What a name with its semicolon stands for. */
  static Optional<String> named(String name) {
    return Optional.ofNullable(NAMED.get(name));
  }

  /**
   * Replaces all references once, as Python's {@code html.unescape}: some names need no semicolon
   * and may be the beginning of a longer word; numbers from 128 to 159 are those of Windows-1252.
   */
  static String unescape(String text) {
    return text.indexOf('&') < 0
        ? text
        : REFERENCE
            .matcher(text)
            .replaceAll(
                found ->
                    Matcher.quoteReplacement(
                        found.group(3) != null
                            ? longestName(found.group(3))
                            : found.group(1) != null
                                ? character(found.group(1), 10)
                                : character(found.group(2), 16)));
  }

  private static String longestName(String name) {
    for (int end = name.length(); end > 1; end--) {
      String known = NAMED.get(name.substring(0, end));
      if (known != null) {
        return known + name.substring(end);
      }
    }
    return "&" + name;
  }

  private static String character(String digits, int radix) {
    String number = digits.replaceFirst("^0+(?=.)", "");
    // All numbers of eight digits are too large in either notation.
    int code = number.length() > 7 ? Integer.MAX_VALUE : Integer.parseInt(number, radix);
    if (code == 0 || code > Character.MAX_CODE_POINT || isSurrogate(code)) {
      return Character.toString(REPLACEMENT);
    }
    if (code >= 0x80 && code <= 0x9f) {
      String windows = new String(new byte[] {(byte) code}, WINDOWS);
      return windows.codePointAt(0) == REPLACEMENT ? Character.toString(code) : windows;
    }
    return isForbidden(code) ? "" : Character.toString(code);
  }

  private static boolean isSurrogate(int code) {
    return code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE;
  }

  private static boolean isForbidden(int code) {
    boolean control = code < ' ' && "\t\n\f\r".indexOf(code) < 0;
    boolean none = (code & 0xfffe) == 0xfffe || (code >= 0xfdd0 && code <= 0xfdef);
    return control || code == 0x7f || none;
  }

  private static Map<String, String> named() {
    Map<String, String> named = new HashMap<>();
    try (InputStream file = HtmlEntities.class.getResourceAsStream("html-entities.txt");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(file, StandardCharsets.US_ASCII))) {
      lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" "))
          .forEach(
              parts ->
                  named.put(
                      parts[0],
                      Arrays.stream(parts)
                          .skip(1)
                          .map(code -> Character.toString(Integer.parseInt(code, 16)))
                          .reduce("", String::concat)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.copyOf(named);
  }
}
