package org.visionfashion.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.base.UserError;
import org.visionfashion.data.loader.Tokens;
import org.visionfashion.fuzz.Damage;
import org.visionfashion.fuzz.Fuzz;

/** A tokenizer comes with published weights: whatever it says, ids stay within the vocabulary. */
public class DirtyTokenizersTest {

  private static final WordPieceVocabulary WORDS =
      WordPieceVocabulary.build(List.of("a red dress", "blue jeans, washed"), 60);
  private static final List<String> CAPTIONS = List.of("a red dress", "Blau \uD83D\uDC57 !", "");

  @TempDir private Path folder;

  /** Damaged tokenizer.json files, and damaged vocab.txt files. */
  public static Fuzz fuzz(Path folder) {
    Damage damage =
        new Damage(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "null",
            "true",
            "-1",
            "4294967296",
            "99999999999999999999",
            "1e99",
            "\"type\":\"BPE\",",
            "\"id\":4096,",
            "\"ids\":[77],",
            "[UNK]",
            "[CLS]",
            "\\ud800",
            "\u00FF");
    byte[] vocabulary = String.join("\n", WORDS.tokens()).getBytes(StandardCharsets.UTF_8);
    return new Fuzz(
        "tokenizer",
        List.of(WORDS.json(), vocabulary),
        damage,
        64,
        (bytes, label) -> isRead(folder, bytes, label));
  }

  private static boolean isRead(Path folder, byte[] bytes, String label) throws IOException {
    boolean json = bytes.length > 0 && bytes[0] == '{';
    Path file = Files.write(folder.resolve(json ? "tokenizer.json" : "vocab.txt"), bytes);
    try (Tokenizer tokenizer = Tokenizer.open(file, 16)) {
      assertThat(tokenizer.padId()).as(label).isBetween(0, tokenizer.vocabSize() - 1);
      Tokens tokens = tokenizer.encode(CAPTIONS);
      for (long id : tokens.ids_BL()) {
        assertThat(id).as(label).isBetween(0L, tokenizer.vocabSize() - 1L);
      }
      CAPTIONS.forEach(tokenizer::count);
      return true;
    } catch (UserError e) {
      Fuzz.assertLine(e.getMessage(), file.toString(), label);
      return false;
    }
  }

  @Test
  void damageIsSurvived() throws IOException {
    int refused = fuzz(folder).run(0, Fuzz.CASES);
    assertThat(refused).isBetween(Fuzz.CASES / 4, Fuzz.CASES);
  }

  @Test
  void anIdOutsideTheVocabularyIsRefused() throws IOException {
    String json = new String(WORDS.json(), StandardCharsets.UTF_8);
    assertRefused(json.replaceFirst("\"ids\" : \\[ 2 ]", "\"ids\" : [ 4096 ]"), "4096");
    assertRefused(json.replaceFirst("\"red\" : \\d+", "\"red\" : 2000000000"), "2000000000");
    assertRefused(json.replaceFirst("\"red\" : \\d+", "\"red\" : -3"), "tokenizer.json");
  }

  /** The native library would end the process at the first word that it does not know. */
  @Test
  void aVocabularyWithoutATokenForUnknownWordsIsRefused() throws IOException {
    String json = new String(WORDS.json(), StandardCharsets.UTF_8);
    assertRefused(json.replaceFirst("\"\\[UNK]\" : (\\d+)", "\"[ODD]\" : $1"), "unknown words");
    assertRefused(json.replaceFirst("\"unk_token\"", "\"unc_token\""), "unknown words");
    assertRefused(
        json.replaceFirst("\"unk_token\" : \"\\[UNK]\"", "\"unk_token\" : null"), "unknown");
  }

  /** The native library would end the process at the first text. */
  @Test
  void aTemplateWithATokenThatIsNotDefinedIsRefused() throws IOException {
    String json = new String(WORDS.json(), StandardCharsets.UTF_8);
    String template = json.substring(json.indexOf("\"post_processor\""));
    assertThat(template).contains("special_tokens");
    assertRefused(
        json.replace(template, template.replaceFirst("\"id\" : \"\\[SEP]\"", "\"id\" : \"[ODD]\"")),
        "special token");
    assertRefused(
        json.replace(template, template.replaceFirst("\"\\[SEP]\" : \\{", "\"[ODD]\" : {")),
        "special token");
  }

  /** Bytes make up every word; older files do not say that this is BPE. */
  @Test
  void pairEncodingNeedsNoTokenForUnknownWords() throws IOException {
    String json =
        """
        {"version": "1.0", "added_tokens": [], "model":
          {"unk_token": null, "vocab": {"[PAD]": 0, "a": 1, "b": 2, "ab": 3}, "merges": ["a b"]}}
        """;
    for (String each :
        List.of(json, json.replace("{\"unk_token", "{\"type\": \"BPE\", \"unk_token"))) {
      Path file = Files.writeString(folder.resolve("tokenizer.json"), each);
      try (Tokenizer tokenizer = Tokenizer.open(file, 16)) {
        assertThat(tokenizer.encode(List.of("ab\u2603ba")).ids_BL()).containsExactly(3, 2, 1);
      }
    }
  }

  private void assertRefused(String json, String reason) throws IOException {
    Path file = Files.writeString(folder.resolve("tokenizer.json"), json);
    assertThatThrownBy(() -> Tokenizer.open(file, 16))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(reason);
  }
}
