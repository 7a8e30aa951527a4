package org.visionfashion.weights.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.base.UserError;
import org.visionfashion.config.InitConfig;
import org.visionfashion.data.text.Tokenizer;
import org.visionfashion.model.Golden;
import org.visionfashion.weights.convert.Conversion;
import org.visionfashion.weights.convert.Format;

/** A BERT from the days before tokenizer.json brings a vocab.txt: the tokens are the same. */
class VocabularyBesideTest {

  private static final List<String> PIECES =
      List.of(
          "sleeveless",
          "Ärmel",
          "naïve",
          "T-shirt's",
          "100%",
          "日本",
          "unbelievably",
          "[MASK]",
          "crew-neck,",
          "É",
          "#1",
          "don't",
          "\t",
          "¿qué?",
          "x\u0301",
          "antidisestablishment");

  @TempDir private Path folder;

  /** The vocabulary of a published BERT as it was written before. */
  private void writeWords() throws IOException {
    JsonNode vocabulary = new JsonMapper().readTree(MiniLm.tokenizer()).at("/model/vocab");
    String[] tokens = new String[vocabulary.size()];
    for (Map.Entry<String, JsonNode> entry : vocabulary.properties()) {
      tokens[entry.getValue().asInt()] = entry.getKey();
    }
    Files.write(folder.resolve("vocab.txt"), List.of(tokens));
  }

  private static List<String> sentences(long seed) {
    Random random = new Random(seed);
    List<String> sentences = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      StringBuilder sentence = new StringBuilder();
      for (int length = random.nextInt(20); length > 0; length--) {
        sentence.append(PIECES.get(random.nextInt(PIECES.size())));
        sentence.append(random.nextInt(4) == 0 ? "" : " ");
      }
      sentences.add(sentence.toString());
    }
    return sentences;
  }

  private Tokenizer tokenizer() throws IOException {
    Files.copy(Golden.path("bert.hf.safetensors"), folder.resolve("model.safetensors"));
    InitConfig init =
        new InitConfig(InitConfig.RANDOM, InitConfig.RANDOM, folder.toString(), List.of());
    try (InitialWeights start = InitialWeights.open(init, Path::of)) {
      return start.tokenizer(32).orElseThrow();
    }
  }

  @Test
  void givesTheTokensOfTheTokenizerJson() throws IOException {
    writeWords();
    Path json = Files.write(folder.resolve("reference.json"), MiniLm.tokenizer());
    long seed = new Random().nextLong();
    try (Tokenizer tokenizer = tokenizer();
        HuggingFaceTokenizer reference =
            HuggingFaceTokenizer.builder()
                .optTokenizerPath(json)
                .optTruncation(true)
                .optPadding(false)
                .optMaxLength(32)
                .build()) {
      for (String sentence : sentences(seed)) {
        assertThat(tokenizer.encode(List.of(sentence)).ids_BL())
            .as("%s, seed %d", sentence, seed)
            .isEqualTo(reference.encode(sentence).getIds());
      }
      assertThat(tokenizer.padId()).isZero();
      assertThat(tokenizer.vocabSize()).isEqualTo(30522);
    }
  }

  @Test
  void capitalsStayWhereItIsSaid() throws IOException {
    Files.write(
        folder.resolve("vocab.txt"),
        List.of("[PAD]", "Red", "[UNK]", "red", "[CLS]", "[SEP]", "é", "e", "[MASK]"));
    Files.writeString(folder.resolve("tokenizer_config.json"), "{\"do_lower_case\": false}");
    try (Tokenizer tokenizer = tokenizer()) {
      assertThat(tokenizer.encode(List.of("Red red é RED")).ids_BL())
          .containsExactly(4, 1, 3, 6, 2, 5);
    }
    Files.delete(folder.resolve("model.safetensors"));
    Files.delete(folder.resolve("tokenizer_config.json"));
    try (Tokenizer tokenizer = tokenizer()) {
      assertThat(tokenizer.encode(List.of("Red red é RED")).ids_BL())
          .containsExactly(4, 3, 3, 7, 3, 5);
    }
  }

  @Test
  void aListOfOtherWordsIsNone() throws IOException {
    Files.write(folder.resolve("vocab.txt"), List.of("[PAD]", "[UNK]", "red"));
    assertThatThrownBy(this::tokenizer)
        .isInstanceOf(UserError.class)
        .hasMessage(folder.resolve("vocab.txt") + " has no [CLS]: it is no vocabulary of a BERT");
  }

  @Test
  void aConvertedTowerHasATokenizerJson() throws IOException {
    writeWords();
    tokenizer().close();
    Path made = folder.resolve("made");
    Conversion.run(folder, made, Format.HF_BERT, false);
    try (Tokenizer tokenizer = Tokenizer.open(made.resolve("tokenizer.json"), 32)) {
      assertThat(tokenizer.count("a red dress")).isEqualTo(5);
    }
  }
}
