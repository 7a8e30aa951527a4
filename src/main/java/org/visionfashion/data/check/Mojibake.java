package org.visionfashion.data.check;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * UTF-8 that was read as Windows-1252, once or more often: {@code Ã¼} for {@code ü}, {@code â€™}
 * for a quotation mark.
 */
final class Mojibake {

  /** Of UTF-8 in UTF-8 in UTF-8. */
  private static final int MOST_LAYERS = 3;

  private static final Pattern NOT_ASCII = Pattern.compile("[^\\p{ASCII}]+");

  /**
   * What is left where some of the bytes were lost: replacement characters (as themselves or read
   * wrongly), half a quotation mark, and a small Ã before a space, which was an à.
   */
  private static final Pattern LOST =
      Pattern.compile("\uFFFD|ï¿½|â€|\\p{Ll}Ã |(?:^| )Ã (?=\\p{Ll})");

  private static final Map<Character, Byte> BYTES = bytes();

  private Mojibake() {}

  /** Whether a text shows signs of it. */
  static boolean isIn(String text) {
    return LOST.matcher(text).find() || !repaired(text).equals(text);
  }

  /** The text with every unambiguous run repaired; the others stay. */
  static String repaired(String text) {
    String now = text;
    for (int layer = 0; layer < MOST_LAYERS; layer++) {
      String before = now;
      now = NOT_ASCII.matcher(now).replaceAll(run -> Matcher.quoteReplacement(once(run.group())));
      if (now.equals(before)) {
        break;
      }
    }
    return now;
  }

  /** A run without its outer layer; the run itself where it is no such thing. */
  private static String once(String run) {
    byte[] bytes = new byte[run.length()];
    for (int i = 0; i < bytes.length; i++) {
      Byte value = BYTES.get(run.charAt(i));
      if (value == null) {
        return run;
      }
      bytes[i] = value;
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return isLikely(text) ? text : run;
    } catch (CharacterCodingException e) {
      return run;
    }
  }

  /**
   * Whether somebody may have meant it: Latin letters and what stands between words, or several
   * letters of another script, for a pair of symbols that happens to be UTF-8 is no letter.
   */
  private static boolean isLikely(String text) {
    return text.codePoints().allMatch(Mojibake::isUsual)
        || (text.codePointCount(0, text.length()) >= 3
            && text.codePoints().allMatch(each -> Character.isLetter(each) || isUsual(each)));
  }

  private static boolean isUsual(int character) {
    return (character >= 0xA0 && character < 0x180) // Latin
        || (character >= 0x2010 && character < 0x2800) // punctuation, currencies, symbols
        || character >= 0x1F000; // pictographs
  }

  /** The bytes above ASCII; the five that Windows-1252 leaves out stand for themselves. */
  private static Map<Character, Byte> bytes() {
    Charset charset = Charset.forName("windows-1252");
    Map<Character, Byte> bytes = new HashMap<>();
    for (int value = 0x80; value <= 0xFF; value++) {
      char read = new String(new byte[] {(byte) value}, charset).charAt(0);
      bytes.put(read == '\uFFFD' ? (char) value : read, (byte) value);
    }
    return bytes;
  }
}
