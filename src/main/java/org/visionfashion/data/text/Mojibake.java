package org.visionfashion.data.text;

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
public final class Mojibake {

  /** Of UTF-8 in UTF-8 in UTF-8. */
  private static final int MOST_LAYERS = 3;

  /** Letters that make a word. */
  private static final int WORD = 3;

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
  public static boolean isIn(String text) {
    return LOST.matcher(text).find() || !repaired(text).equals(text);
  }

  /** The text with every unambiguous run repaired; the others stay. */
  public static String repaired(String text) {
    boolean foreign =
        NOT_ASCII.matcher(text).results().anyMatch(run -> isForeign(repaired(run.group(), WORD)));
    int letters = foreign ? 1 : WORD;
    return NOT_ASCII
        .matcher(text)
        .replaceAll(run -> Matcher.quoteReplacement(repaired(run.group(), letters)));
  }

  private static boolean isForeign(String run) {
    return run.codePoints().noneMatch(Mojibake::isUsual);
  }

  /**
   * A run without its outer layers; the run itself where it has none.
   *
   * @param letters fewest of a script other than Latin; a pair of symbols that happens to be UTF-8
   *     is no letter, but a single letter among words is
   */
  private static String repaired(String run, int letters) {
    String best = run;
    String now = run;
    for (int layer = 0; layer < MOST_LAYERS && now != null; layer++) {
      now = decoded(now);
      best = now != null && isLikely(now, letters) ? now : best;
    }
    return best;
  }

  /** What a run is as UTF-8; null where it is none. */
  private static String decoded(String run) {
    byte[] bytes = new byte[run.length()];
    for (int i = 0; i < bytes.length; i++) {
      Byte value = BYTES.get(run.charAt(i));
      if (value == null) {
        return null;
      }
      bytes[i] = value;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** Whether somebody may have written it. */
  private static boolean isLikely(String run, int letters) {
    return run.codePoints().allMatch(Mojibake::isUsual)
        || (run.codePointCount(0, run.length()) >= letters
            && run.codePoints().allMatch(each -> Character.isLetter(each) || isUsual(each)));
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
