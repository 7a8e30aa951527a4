package org.visionfashion.data.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaptionsTest {

  @Test
  void whiteSpaceOfAnyKindBecomesOneSpace() {
    assertThat(Captions.normalise(" a\t\tred\r\n dress\u00a0\u2003here\u2028 "))
        .isEqualTo("a red dress here");
  }

  @Test
  void controlCharactersVanish() {
    assertThat(Captions.normalise("\ufeffa\u0000 re\u200bd\u0007 \u0001 dress\ud800"))
        .isEqualTo("a red dress");
  }

  @Test
  void lettersAreComposedAndKeepTheirCase() {
    assertThat(Captions.normalise("Re\u0301sume\u0301 \ud83d\udc57"))
        .isEqualTo("R\u00e9sum\u00e9 \ud83d\udc57");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\n", "\u00a0", "\u200b \u0000"})
  void blankBecomesEmpty(String blank) {
    assertThat(Captions.normalise(blank)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a  b", "e\u0301 \u0000 x", "\u1e9b\u0323"})
  void isIdempotent(String text) {
    String once = Captions.normalise(text);
    assertThat(Captions.normalise(once)).isEqualTo(once);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<p>Robe d&eacute;t&eacute;</p><br/>en coton|Robe d\u00e9t\u00e9 en coton",
        "&lt;b&gt;A &amp;amp; B&lt;/b&gt;|A & B",
        "Red dress only $19.99!|Red dress!",
        "Red dress, EUR 49,- , cotton|Red dress, cotton",
        "Kleid f\u00c3\u00bcr den Sommer 29,95 \u20ac|Kleid f\u00fcr den Sommer",
        "Jeans see https://shop.example/x?y=1 blue|Jeans see blue",
        "Size 40, 100% cotton, 3 buttons, 501 jeans|Size 40, 100% cotton, 3 buttons, 501 jeans",
        "waist < 80 cm & length > 100 cm|waist < 80 cm & length > 100 cm"
      })
  void whatIsNoDescriptionIsTakenOut(String caption, String clean) {
    assertThat(Captions.clean(caption)).isEqualTo(clean);
    assertThat(Captions.clean(clean)).isEqualTo(clean);
  }
}
