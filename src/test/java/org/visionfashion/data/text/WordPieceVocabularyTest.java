package org.visionfashion.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.visionfashion.base.UserError;

class WordPieceVocabularyTest {

  private static final List<String> CLOSED =
      List.of("The shirt has long sleeves.", "The sleeves are short, it's a dress.");

  @Test
  void wordsOfAClosedVocabularyAreSingleTokens() {
    List<String> tokens = WordPieceVocabulary.build(CLOSED, 100).tokens();
    assertThat(tokens).startsWith("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");
    assertThat(tokens)
        .doesNotHaveDuplicates()
        .contains("the", "shirt", "has", "long", "sleeves", ".", ",", "'", "s", "a", "dress")
        .contains("d", "##r", "##e"); // unknown words still have their letters
    // The most frequent words come first, equals in alphabetical order.
    assertThat(tokens.indexOf("sleeves")).isEqualTo(tokens.indexOf("the") - 1);
    assertThat(tokens.indexOf("the")).isLessThan(tokens.indexOf("are"));
  }

  @Test
  void pencilExampleOfMerges() {
    // hug x3, pug x2: (u,g) 5 times, then (h,##ug) 3, then (p,##ug) 2.
    List<String> captions = List.of("hug hug hug", "pug pug");
    // 5 special + 4 letters + whole words would be 11; with 10 one piece is merged.
    assertThat(WordPieceVocabulary.build(captions, 10).tokens().subList(5, 10))
        .containsExactly("##g", "##u", "h", "p", "##ug");
    assertThat(WordPieceVocabulary.build(captions, 11).tokens().subList(5, 11))
        .containsExactly("##g", "##u", "h", "p", "hug", "pug");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void mergesLikeTheNaiveTrainer(long seed) {
    Random random = new Random(seed);
    Map<String, Integer> counts = new TreeMap<>();
    List<String> captions = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      StringBuilder word = new StringBuilder();
      for (int length = 1 + random.nextInt(7); length > 0; length--) {
        word.append((char) ('a' + random.nextInt(3))); // few letters: many ties and repetitions
      }
      int count = 1 + random.nextInt(4);
      counts.merge(word.toString(), count, Integer::sum);
      captions.addAll(Collections.nCopies(count, word.toString()));
    }
    for (int size : new int[] {12, 20, 30}) {
      assertThat(WordPieceVocabulary.build(captions, size).tokens())
          .as("seed %d, size %d", seed, size)
          .isEqualTo(NaiveWordPiece.train(counts, size));
    }
  }

  @Test
  void orderOfTheCaptionsDoesNotMatter() {
    List<String> captions = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      captions.add("word" + i * i + " cloth" + i % 7);
    }
    List<String> shuffled = new ArrayList<>(captions);
    Collections.shuffle(shuffled, new Random(3));
    assertThat(WordPieceVocabulary.build(shuffled, 60))
        .isEqualTo(WordPieceVocabulary.build(captions, 60));
  }

  @Test
  void neverExceedsItsSize() {
    for (int size = 6; size < 60; size++) {
      assertThat(WordPieceVocabulary.build(CLOSED, size).size()).isBetween(6, size);
    }
    assertThatThrownBy(() -> WordPieceVocabulary.build(CLOSED, 5))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("vocabulary of 5");
  }

  @Test
  void splitsLikeBert() {
    assertThat(BertWords.split(" Crème brûlée-T-shirt, 50% off!\u4e2d\u6587 na\u00efve\u00a0x"))
        .containsExactly(
            "creme", "brulee", "-", "t", "-", "shirt", ",", "50", "%", "off", "!", "\u4e2d",
            "\u6587", "naive", "x");
    assertThat(BertWords.split(" \t ")).isEmpty();
  }

  @Test
  void jsonHasTheFormOfHuggingFace() throws IOException {
    WordPieceVocabulary vocabulary = WordPieceVocabulary.build(CLOSED, 100);
    JsonNode root = new ObjectMapper().readTree(vocabulary.json());
    assertThat(root.at("/normalizer/type").asText()).isEqualTo("BertNormalizer");
    assertThat(root.at("/pre_tokenizer/type").asText()).isEqualTo("BertPreTokenizer");
    assertThat(root.at("/post_processor/type").asText()).isEqualTo("TemplateProcessing");
    assertThat(root.at("/decoder/type").asText()).isEqualTo("WordPiece");
    assertThat(root.at("/model/vocab").size()).isEqualTo(vocabulary.size());
    assertThat(root.at("/model/vocab/[MASK]").asInt()).isEqualTo(4);
    assertThat(root.at("/added_tokens/4/content").asText()).isEqualTo("[MASK]");
  }
}
