package org.visionfashion.data.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cleaning against what Python 3.11 and open_clip's functions make of the same texts. */
class TextCleaningTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "caf&eacute;|caf\u00e9",
        "&notit; &notin; &not|\u00acit; \u2209 \u00ac",
        "&AMP &amp;lt;|& &lt;",
        "&NotEqualTilde;|\u2242\u0338",
        "&#x80;&#150;&#129;|\u20ac\u2013\u0081",
        "&#0;&#xd800;&#x110000;&#99999999999999999999;|\ufffd\ufffd\ufffd\ufffd",
        "a&#1;&#xfdd0;&#x1ffff;&#127;b|ab",
        "&#65 &#x41;&#000000000065;|A AA",
        "& &; &#; &#x; &nosuch;|& &; &#; &#x; &nosuch;"
      })
  void referencesAsPythonReplacesThem(String text, String expected) {
    assertThat(HtmlEntities.unescape(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "\u03a3, \u03c3",
    "A\u03a3, a\u03c2",
    "\u03a3A\u03a3 \u03a3, \u03c3a\u03c2 \u03c3",
    "A\u03a3'B, a\u03c3'b",
    "A.\u03a3, a.\u03c2",
    "A1\u03a3, a1\u03c3",
    "A\u03a31, a\u03c21",
    "\u0130\u212a\u00df, i\u0307k\u00df"
  })
  void lowerCaseAsPythonHasIt(String text, String expected) {
    assertThat(PythonText.lower(text)).isEqualTo(expected);
  }

  @Test
  void siglipsTextsHaveNoPunctuation() {
    assertThat(
            TextCleaning.CANONICALIZE.apply(
                "  A_red \u2014 T-Shirt, &amp;quot;SILK&quot;!\u0085x "))
        .isEqualTo("a red \u2014 tshirt silk x");
  }
}
