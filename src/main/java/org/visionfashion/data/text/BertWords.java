package org.visionfashion.data.text;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;

/**
 * Splits text into the words that BERT's WordPiece cuts further (Devlin et al. 2019, uncased):
 * lower case, no accents, each punctuation mark and each ideograph a word of its own. The same as
 * {@code BertNormalizer} and {@code BertPreTokenizer} of Hugging Face's tokenizers.
 */
final class BertWords {

  private BertWords() {}

  static List<String> split(String text) {
    StringBuilder spaced = new StringBuilder();
    Normalizer.normalize(text, Normalizer.Form.NFD)
        .codePoints()
        .filter(point -> Character.getType(point) != Character.NON_SPACING_MARK)
        .forEach(point -> append(spaced, point));
    return Arrays.stream(spaced.toString().split(" ")).filter(word -> !word.isEmpty()).toList();
  }

  private static void append(StringBuilder spaced, int point) {
    if (isSpace(point)) {
      spaced.append(' ');
    } else if (isPunctuation(point) || Character.isIdeographic(point)) {
      spaced.append(' ').appendCodePoint(point).append(' ');
    } else if (!isInvisible(point)) {
      spaced.appendCodePoint(Character.toLowerCase(point));
    }
  }

  private static boolean isSpace(int point) {
    return Character.isWhitespace(point) || Character.isSpaceChar(point);
  }

  private static boolean isInvisible(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.UNASSIGNED,
          Character.PRIVATE_USE,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }

  // ASCII symbols such as $ and + count as punctuation too.
  private static boolean isPunctuation(int point) {
    if (point > ' ' && point < 127) {
      return !Character.isLetterOrDigit(point);
    }
    return switch (Character.getType(point)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> false;
    };
  }
}
