package org.visionfashion.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.base.UserError;
import org.visionfashion.data.loader.Tokens;

class TokenizerTest {

  private static final List<String> CAPTIONS =
      List.of(
          "The upper clothing has long sleeves, cotton fabric and solid color patterns.",
          "This lady wears a sleeveless tank-top; the neckline is V-shape.",
          "His caf\u00e9-brown hat isn't knitted.");

  @Test
  void encodesLikeTheNaiveWordPiece() {
    Random random = new Random(11);
    for (int size : new int[] {45, 60, 200}) {
      WordPieceVocabulary vocabulary = WordPieceVocabulary.build(CAPTIONS, size);
      try (Tokenizer tokenizer = Tokenizer.of(vocabulary, 512)) {
        for (int i = 0; i < 200; i++) {
          String text = randomText(random);
          long[] expected = NaiveWordPiece.encode(text, vocabulary.tokens());
          assertThat(tokenizer.encode(List.of(text)).ids_BL())
              .as("seed 11, vocabulary %d, text '%s'", size, text)
              .isEqualTo(expected);
          assertThat(tokenizer.count(text)).isEqualTo(expected.length);
        }
      }
    }
  }

  @Test
  void padsToTheLongestOfTheBatch() {
    WordPieceVocabulary vocabulary = WordPieceVocabulary.build(List.of("a red hat"), 50);
    int a = vocabulary.tokens().indexOf("a");
    int red = vocabulary.tokens().indexOf("red");
    int hat = vocabulary.tokens().indexOf("hat");
    try (Tokenizer tokenizer = Tokenizer.of(vocabulary, 8)) {
      Tokens tokens = tokenizer.encode(List.of("red hat", "a RED hat", ""));
      assertThat(tokens.length()).isEqualTo(5);
      assertThat(tokens.ids_BL())
          .containsExactly(2, red, hat, 3, 0, 2, a, red, hat, 3, 2, 3, 0, 0, 0);
      assertThat(tokens.mask_BL()).containsExactly(1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0);
    }
  }

  @Test
  void cutsLongCaptionsAndKeepsTheLastSeparator() {
    WordPieceVocabulary vocabulary = WordPieceVocabulary.build(List.of("a b c d e f"), 50);
    try (Tokenizer tokenizer = Tokenizer.of(vocabulary, 5)) {
      Tokens tokens = tokenizer.encode(List.of("a b c d e f"));
      List<String> expected = List.of("[CLS]", "a", "b", "c", "[SEP]");
      assertThat(Arrays.stream(tokens.ids_BL()).mapToObj(id -> vocabulary.tokens().get((int) id)))
          .isEqualTo(expected);
      assertThat(tokenizer.count("a b c d e f")).isEqualTo(8);
      assertThat(tokenizer.maxTokens()).isEqualTo(5);
    }
  }

  @Test
  void nothingToEncodeGivesNothing() {
    try (Tokenizer tokenizer = Tokenizer.of(WordPieceVocabulary.build(CAPTIONS, 200), 8)) {
      assertThat(tokenizer.encode(List.of()).length()).isZero();
    }
  }

  @Test
  void survivesAFile(@TempDir Path folder) throws IOException {
    WordPieceVocabulary vocabulary = WordPieceVocabulary.build(CAPTIONS, 200);
    Path file = folder.resolve("tokenizer.json");
    vocabulary.write(file);
    try (Tokenizer built = Tokenizer.of(vocabulary, 40);
        Tokenizer read = Tokenizer.open(file, 40)) {
      assertThat(read.encode(CAPTIONS).ids_BL()).isEqualTo(built.encode(CAPTIONS).ids_BL());
      assertThat(read.vocabSize()).isEqualTo(vocabulary.size());
      assertThat(read.padId()).isZero();
      assertThat(read.json()).isEqualTo(Files.readAllBytes(file));
    }
  }

  @Test
  void severalThreadsMayUseIt() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(3);
    try (Tokenizer tokenizer = Tokenizer.of(WordPieceVocabulary.build(CAPTIONS, 80), 16)) {
      long[] expected = tokenizer.encode(CAPTIONS).ids_BL();
      List<Callable<long[]>> tasks = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        tasks.add(() -> tokenizer.encode(CAPTIONS).ids_BL());
      }
      for (Future<long[]> result : pool.invokeAll(tasks)) {
        assertThat(result.get()).isEqualTo(expected);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void refusesOtherFilesInOneLine(@TempDir Path folder) throws IOException {
    Path none = folder.resolve("none.json");
    assertThatThrownBy(() -> Tokenizer.open(none, 40))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("none.json: cannot be read");
    Path text = Files.writeString(folder.resolve("text.json"), "hello");
    assertThatThrownBy(() -> Tokenizer.open(text, 40))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("text.json: not a tokenizer.json");
    Path other = Files.writeString(folder.resolve("other.json"), "{\"a\": 1}");
    assertThatThrownBy(() -> Tokenizer.open(other, 40))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("other.json: no padding token");
    assertThatThrownBy(() -> Tokenizer.of(WordPieceVocabulary.build(CAPTIONS, 80), 2))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("token limit of 2");
  }

  private static String randomText(Random random) {
    String letters = "aeilnorst vVÉé,.-'\u4e2dß9 ";
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(30); i > 0; i--) {
      if (random.nextInt(4) == 0) {
        String[] words = CAPTIONS.get(random.nextInt(CAPTIONS.size())).split(" ", -1);
        text.append(' ').append(words[random.nextInt(words.length)]);
      } else {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
    }
    return text.toString();
  }
}
