package org.visionfashion.data.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.visionfashion.data.text.Captions;
import org.visionfashion.data.text.Markup;
import org.visionfashion.data.text.Mojibake;

class CaptionTextsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nan",
        "NaN",
        "N/A",
        "n.a.",
        "None",
        "NULL",
        "null",
        "-",
        "--",
        "?",
        "...",
        "#N/A",
        "<NA>",
        "undefined",
        "No description",
        "[]"
      })
  void wordsForNothingMeanMissing(String caption) {
    assertThat(CaptionTexts.meansMissing(caption)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nana's dress", "a none too warm coat", "null-heel shoe", "x", "红色", "👗"})
  void otherWordsDoNot(String caption) {
    assertThat(CaptionTexts.meansMissing(caption)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          Jeans &amp; Shirt ~ Jeans & Shirt
          <p>Red dress</p> ~ Red dress
          red<br/>blue ~ red blue
          <b>re</b>d ~ red
          size &lt; 40, 5&nbsp;cm ~ size < 40, 5 cm
          caf&amp;eacute; d&#233;j&#xE0; ~ café déjà
          <a href="x.html" class='y'>linen</a> coat ~ linen coat
          wool<script>alert(1)</script><!-- no --> coat ~ wool coat
          &lt;i&gt;silk&lt;/i&gt; ~ silk
          """)
  void markupIsSeenAndRemoved(String caption, String clean) {
    assertThat(Markup.isIn(caption)).isTrue();
    assertThat(CaptionTexts.cleaned(caption)).isEqualTo(clean);
  }

  @ParameterizedTest
  @ValueSource(strings = {"S & M", "size < 40 > 36", "a <3 dress", "R&B;", "H&M; Zara", "a&b"})
  void whatIsNoMarkupStays(String caption) {
    assertThat(Markup.isIn(caption)).isFalse();
    assertThat(CaptionTexts.cleaned(caption)).isEqualTo(caption);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Größe für Mädchen",
        "crème brûlée été",
        "½ Ärmel – 20 €",
        "naïve “quotes” it’s",
        "ñandú",
        "платье в клетку",
        "zażółć gęślą",
        "dress 👗 red"
      })
  void utf8ReadWronglyIsRepaired(String caption) {
    String once = misread(caption);
    assertThat(Mojibake.isIn(once)).as(once).isTrue();
    assertThat(Mojibake.repaired(once)).isEqualTo(caption);
    assertThat(Mojibake.repaired(misread(once))).isEqualTo(caption);
    assertThat(Mojibake.isIn(caption)).isFalse();
    assertThat(Mojibake.repaired(caption)).isEqualTo(caption);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LÃ ",
        "MAÇÃ VERDE",
        "São Paulo",
        "Île d’Été «chic»",
        "Ørsted Ä",
        "ÀÉÎ",
        "Μπλούζα"
      })
  void otherLettersAreNoMojibake(String caption) {
    assertThat(Mojibake.isIn(caption)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gr\uFFFDn", "grï¿½n", "said â€wow", "voilÃ une robe", "robe Ã fleurs"})
  void whatIsLostIsSeenAndLeft(String caption) {
    assertThat(Mojibake.isIn(caption)).isTrue();
    assertThat(Mojibake.repaired(caption)).isEqualTo(caption);
  }

  @Test
  void pricesAddressesAndWhatIsNoTextAreSeen() {
    assertThat(List.of("only $ 20", "19.99 €", "EUR 5", "20€", "Rs. 300", "12,50 CHF"))
        .allMatch(Captions::hasPrice);
    assertThat(List.of("size 20", "5 eurotops", "501 jeans", "$ sign", "EURO 2024"))
        .noneMatch(Captions::hasPrice);
    assertThat(List.of("see www.shop.com", "at https://x.y/z")).allMatch(Captions::hasAddress);
    assertThat(List.of("awww.", "http status")).noneMatch(Captions::hasAddress);
    assertThat(
            List.of(
                "images/001/a.jpg",
                "a.PNG",
                "C:\\data\\x\\y",
                "4711",
                "-3,5",
                "SKU-12345",
                "https://shop.com/a"))
        .allMatch(CaptionTexts::isNoText);
    assertThat(List.of("dress", "and/or", "T-shirt", "501 jeans", "80s", "red 3"))
        .noneMatch(CaptionTexts::isNoText);
    assertThat(CaptionTexts.hasInvisible("a \uE001 b")).isTrue();
    assertThat(CaptionTexts.hasInvisible("a 👗 b")).isFalse();
  }

  @Test
  void fileNamesAreSeenWhateverSeparatesTheirWords() {
    assertThat(CaptionTexts.isFileName("Red Dress 01", "a/red_dress-01.jpg")).isTrue();
    assertThat(CaptionTexts.isFileName("red_dress-01.JPG", "red_dress-01.jpg")).isTrue();
    assertThat(CaptionTexts.isFileName("red dress", "a/red_dress-01.jpg")).isFalse();
    assertThat(CaptionTexts.isFileName("", ".jpg")).isFalse();
  }

  @Test
  void tokensAreAtLeastTheWords() {
    assertThat(CaptionTexts.tokens("a red dress, long")).isEqualTo(4);
    assertThat(CaptionTexts.tokens("红色连衣裙 dress")).isEqualTo(6);
    assertThat(CaptionTexts.tokens("")).isZero();
  }

  /** As a reader of Windows-1252 would, the five bytes that it lacks apart. */
  private static String misread(String text) {
    StringBuilder misread = new StringBuilder();
    for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
      String read = new String(new byte[] {value}, Charset.forName("windows-1252"));
      misread.append(read.equals("\uFFFD") ? (char) (value & 0xFF) : read.charAt(0));
    }
    return misread.toString();
  }
}
