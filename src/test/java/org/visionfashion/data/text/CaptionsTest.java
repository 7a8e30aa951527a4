package org.visionfashion.data.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
}
