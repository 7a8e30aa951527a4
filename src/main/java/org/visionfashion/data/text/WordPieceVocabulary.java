package org.visionfashion.data.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.visionfashion.base.UserError;

/**
 * A vocabulary for BERT's uncased WordPiece tokenizer, built from captions.
 *
 * @param tokens in the order of their ids; {@code ##} marks a piece that continues a word
 */
public record WordPieceVocabulary(List<String> tokens) {

  /** The special tokens; ids 0 to 4 in a vocabulary that is built here. */
  public static final List<String> SPECIAL = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");

  static final String CONTINUED = "##";

  /** Longer words are [UNK], as in BERT. */
  static final int LONGEST_WORD = 100;

  public WordPieceVocabulary {
    tokens = List.copyOf(tokens);
  }

  /**
   * Builds a vocabulary: the special tokens, every character, and then whole words where all of
   * them fit, else the pieces that frequent pairs merge into until the vocabulary is full. The same
   * captions in any order give the same vocabulary.
   *
   * @param maxSize most tokens, special ones included
   */
  public static WordPieceVocabulary build(Collection<String> captions, int maxSize) {
    if (maxSize <= SPECIAL.size()) {
      throw new UserError(
          "a vocabulary of "
              + maxSize
              + " has no room for words: special tokens take "
              + SPECIAL.size());
    }
    Map<String, Integer> counts = countWords(captions);
    Set<String> vocabulary = new LinkedHashSet<>(SPECIAL);
    vocabulary.addAll(WordPieceTrainer.alphabet(counts, maxSize - vocabulary.size()));
    Set<String> withWords = new LinkedHashSet<>(vocabulary);
    counts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .forEach(entry -> withWords.add(entry.getKey()));
    if (withWords.size() <= maxSize) {
      return new WordPieceVocabulary(List.copyOf(withWords));
    }
    new WordPieceTrainer(counts).mergeInto(vocabulary, maxSize);
    return new WordPieceVocabulary(List.copyOf(vocabulary));
  }

  /**
   * Reads BERT's {@code vocab.txt}: a token a line, ids from 0 on.
   *
   * @throws UserError where a special token is missing
   */
  public static WordPieceVocabulary read(Path file) throws IOException {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(TokenizerFiles.read(file));
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      WordPieceVocabulary read = new WordPieceVocabulary(text.lines().toList());
      for (String special : SPECIAL) {
        if (!read.tokens().contains(special)) {
          throw new UserError(file + " has no " + special + ": it is no vocabulary of a BERT");
        }
      }
      return read;
    } catch (CharacterCodingException e) {
      throw new UserError(file + " is not UTF-8 text", e);
    }
  }

  /** Number of tokens. */
  public int size() {
    return tokens.size();
  }

  /** The vocabulary as a {@code tokenizer.json}, which Hugging Face's tokenizers reads, UTF-8. */
  public byte[] json() {
    return json(true);
  }

  /**
   * The same.
   *
   * @param lowercase whether capitals are made small, and accents taken off
   */
  public byte[] json(boolean lowercase) {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode().put("version", "1.0");
    root.putNull("truncation").putNull("padding");
    ArrayNode added = root.putArray("added_tokens");
    for (String special : SPECIAL) {
      added
          .addObject()
          .put("id", tokens.indexOf(special))
          .put("content", special)
          .put("single_word", false)
          .put("lstrip", false)
          .put("rstrip", false)
          .put("normalized", false)
          .put("special", true);
    }
    root.putObject("normalizer")
        .put("type", "BertNormalizer")
        .put("clean_text", true)
        .put("handle_chinese_chars", true)
        .putNull("strip_accents")
        .put("lowercase", lowercase);
    root.putObject("pre_tokenizer").put("type", "BertPreTokenizer");
    putTemplate(root.putObject("post_processor"));
    root.putObject("decoder")
        .put("type", "WordPiece")
        .put("prefix", CONTINUED)
        .put("cleanup", true);
    ObjectNode vocab =
        root.putObject("model")
            .put("type", "WordPiece")
            .put("unk_token", "[UNK]")
            .put("continuing_subword_prefix", CONTINUED)
            .put("max_input_chars_per_word", LONGEST_WORD)
            .putObject("vocab");
    for (int id = 0; id < tokens.size(); id++) {
      vocab.put(tokens.get(id), id);
    }
    try {
      return mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree can always be written", e);
    }
  }

  /** Writes {@link #json()}. */
  public void write(Path file) throws IOException {
    Files.write(file, json());
  }

  /** [CLS] A [SEP], and [CLS] A [SEP] B [SEP] for pairs. */
  private void putTemplate(ObjectNode template) {
    template.put("type", "TemplateProcessing");
    ArrayNode single = template.putArray("single");
    putPart(single, "SpecialToken", "[CLS]", 0);
    putPart(single, "Sequence", "A", 0);
    putPart(single, "SpecialToken", "[SEP]", 0);
    ArrayNode pair = template.putArray("pair");
    pair.addAll(single.deepCopy());
    putPart(pair, "Sequence", "B", 1);
    putPart(pair, "SpecialToken", "[SEP]", 1);
    ObjectNode special = template.putObject("special_tokens");
    for (String token : List.of("[CLS]", "[SEP]")) {
      ObjectNode entry = special.putObject(token).put("id", token);
      entry.putArray("ids").add(tokens.indexOf(token));
      entry.putArray("tokens").add(token);
    }
  }

  private static void putPart(ArrayNode parts, String kind, String id, int type) {
    parts.addObject().putObject(kind).put("id", id).put("type_id", type);
  }

  /** Sorted, so that nothing below depends on the order of the captions. */
  private static Map<String, Integer> countWords(Collection<String> captions) {
    Map<String, Integer> counts = new TreeMap<>();
    for (String caption : captions) {
      for (String word : BertWords.split(caption)) {
        if (word.codePointCount(0, word.length()) <= LONGEST_WORD) {
          counts.merge(word, 1, Integer::sum);
        }
      }
    }
    return counts;
  }
}
