package org.visionfashion.data.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.visionfashion.data.loader.Tokens;

/** CLIP's tokenizer against the ids of the reference implementations. */
class ClipTokenizerTest {

  private static final int CONTEXT = 77;

  @TempDir private Path folder;

  private static Path golden(String name) {
    return Path.of(System.getProperty("goldenClip", "src/test/resources/golden-clip"), "bpe", name);
  }

  private static List<Long> withEnds(JsonNode ids, JsonNode expected) {
    List<Long> all = new ArrayList<>();
    all.add(expected.path("sot").asLong());
    ids.forEach(id -> all.add(id.asLong()));
    if (all.size() > CONTEXT - 1) {
      all.subList(CONTEXT - 1, all.size()).clear();
    }
    all.add(expected.path("eot").asLong());
    return all;
  }

  private static void check(Path tokenizer) throws IOException {
    check(tokenizer, TextCleaning.NONE, "hf_ids");
  }

  private static void check(Path tokenizer, TextCleaning cleaning, String key) throws IOException {
    JsonNode expected = new ObjectMapper().readTree(golden("expected.json").toFile());
    try (Tokenizer clip = Tokenizer.open(tokenizer, CONTEXT, Tokenizer.Length.LONGEST, cleaning)) {
      assertThat(clip.padId()).isEqualTo(expected.path("hf_pad").asInt(clip.padId()));
      for (JsonNode each : expected.path("strings")) {
        Tokens tokens = clip.encode(List.of(each.path("text").asText()));
        List<Long> ids = new ArrayList<>();
        for (long id : tokens.ids_BL()) {
          ids.add(id);
        }
        assertThat(ids)
            .as(each.path("text").asText())
            .isEqualTo(withEnds(each.path(key), expected));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tokenizer.json", "tokenizer.pairs.json"})
  void bothFormsOfHuggingFacesFile(String name) throws IOException {
    Files.copy(golden(name), folder.resolve("tokenizer.json"));
    check(folder.resolve("tokenizer.json"));
  }

  @Test
  void vocabularyAndMerges() throws IOException {
    for (String name : List.of("vocab.json", "merges.txt")) {
      Files.copy(golden(name), folder.resolve(name));
    }
    check(TokenizerFiles.in(folder).orElseThrow());
  }

  /** open_clip's two forms, whose ids are those of its tokenizer without ftfy. */
  @ParameterizedTest
  @ValueSource(strings = {"vocab.json", "bpe_simple_vocab.txt.gz"})
  void openClipsOwnWay(String name) throws IOException {
    Files.copy(golden(name), folder.resolve(name));
    Files.copy(golden("merges.txt"), folder.resolve("merges.txt"));
    Path file = TokenizerFiles.in(folder).orElseThrow();
    TextCleaning cleaning = TokenizerFiles.clipCleaning(file, true);
    check(file, cleaning, "ids_without_ftfy");
    // A fine-tuned model keeps both; other libraries are given Hugging Face's form again.
    Path json = folder.resolve("tokenizer.json");
    Files.write(json, TokenizerFiles.json(file, cleaning));
    check(json, cleaning, "ids_without_ftfy");
    Files.write(json, TokenizerFiles.portable(json, cleaning));
    check(json);
  }

  /** SigLIP's texts are as long as the context, and its padding counts. */
  @Test
  void paddedToTheLimit() {
    try (Tokenizer clip =
        Tokenizer.open(
            golden("tokenizer.json"), CONTEXT, Tokenizer.Length.LIMIT, TextCleaning.NONE)) {
      Tokens tokens = clip.encode(List.of("a red dress"));
      assertThat(tokens.length()).isEqualTo(CONTEXT);
      assertThat(tokens.mask_BL()).hasSize(CONTEXT).containsOnly(1);
      assertThat(tokens.ids_BL()[CONTEXT - 1]).isEqualTo(clip.padId());
    }
  }
}
