package org.visionfashion.data.text;

import java.text.Normalizer;
import java.util.regex.Pattern;

/** Brings captions to one form. Lower-casing is the tokenizer's business. */
public final class Captions {

  private static final Pattern WHITE_SPACE =
      Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

  // Control and format characters, and halves of surrogate pairs.
  private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}]");

  private Captions() {}

  /**
   * Unicode NFC; white space of any kind becomes one space, none at the ends; control characters
   * vanish. A blank caption becomes the empty string, which means that there is none.
   */
  public static String normalise(String caption) {
    String visible = INVISIBLE.matcher(WHITE_SPACE.matcher(caption).replaceAll(" ")).replaceAll("");
    // Once more: what stood between two spaces may have been invisible.
    String spaced = WHITE_SPACE.matcher(visible).replaceAll(" ").strip();
    return Normalizer.normalize(spaced, Normalizer.Form.NFC);
  }
}
