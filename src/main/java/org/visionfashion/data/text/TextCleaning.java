package org.visionfashion.data.text;

import java.text.Normalizer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What is done to a text before its tokenizer reads it, by the family of models. */
public enum TextCleaning {
  /** Nothing: {@code tokenizer.json} says all. */
  NONE {
    @Override
    public String apply(String text) {
      return text;
    }
  },

  /**
   * open_clip's SimpleTokenizer: entities, white space, lower case; then its pieces, a space
   * between two, which is where the tokenizer splits. Its mending of broken text (ftfy) is not done
   * but for the composed form.
   */
  OPEN_CLIP {
    @Override
    public String apply(String text) {
      return PIECES
          .matcher(PythonText.lower(PythonText.collapsed(unescaped(text))))
          .results()
          .map(MatchResult::group)
          .collect(Collectors.joining(" "));
    }
  },

  /** SigLIP's: entities, no punctuation of ASCII's, lower case, white space. */
  CANONICALIZE {
    @Override
    public String apply(String text) {
      String words = PUNCTUATION.matcher(unescaped(text).replace('_', ' ')).replaceAll("");
      return PythonText.collapsed(PythonText.lower(words));
    }
  };

  // White space is one space by now.
  private static final Pattern PIECES =
      Pattern.compile(
          "<start_of_text>|<end_of_text>|'s|'t|'re|'ve|'m|'ll|'d|\\p{L}+|\\p{N}|[^ \\p{L}\\p{N}]+",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

  private static final Pattern PUNCTUATION = Pattern.compile("[!-/:-@\\[-`{-~]");

  /** The text as the tokenizer is to read it. */
  public abstract String apply(String text);

  private static String unescaped(String text) {
    String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
    return HtmlEntities.unescape(HtmlEntities.unescape(composed));
  }
}
