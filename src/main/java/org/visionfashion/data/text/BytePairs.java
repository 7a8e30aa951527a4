package org.visionfashion.data.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.visionfashion.base.UserError;

/**
 * CLIP's tokenizer from its older files: byte pairs (Sennrich et al. 2016) over bytes written as
 * characters, the end of a word marked.
 *
 * @param vocabulary ids by token
 * @param merges pairs, the first ones first
 * @param start id of the token before each text
 * @param end id of the token after it
 */
record BytePairs(ObjectNode vocabulary, List<String> merges, int start, int end) {

  private static final String START = "<|startoftext|>";
  private static final String END = "<|endoftext|>";
  private static final String OPEN_CLIP_START = "<start_of_text>";
  private static final String OPEN_CLIP_END = "<end_of_text>";
  private static final String WORD_END = "</w>";

  /** More lines are in OpenAI's file than its vocabulary of 49,408 has room for. */
  private static final int MOST_MERGES = 49_152 - 256 - 2;

  /** Lower case, then words, single digits and runs of other signs, as Hugging Face's converter. */
  private static final String CLEANING =
      """
      {"type": "Sequence", "normalizers": [{"type": "NFC"},
         {"type": "Replace", "pattern": {"Regex": "\\\\s+"}, "content": " "},
         {"type": "Lowercase"}]}\
      """;

  private static final String PIECES =
      "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+";

  private static final String FORM =
      """
      {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
       "normalizer": null,
       "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
         {"type": "Split", "pattern": {}, "behavior": "Removed", "invert": true},
         {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true}]},
       "post_processor": {"type": "RobertaProcessing", "trim_offsets": false,
         "add_prefix_space": false},
       "decoder": {"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true},
       "model": {"type": "BPE", "dropout": null, "continuing_subword_prefix": "",
         "end_of_word_suffix": "</w>", "fuse_unk": false}}\
      """;

  /**
   * Hugging Face's two files.
   *
   * @param vocabulary the content of {@code vocab.json}: tokens to ids
   * @param merges that of {@code merges.txt}: a version line, then a pair a line
   * @param file named in complaints
   */
  static BytePairs of(byte[] vocabulary, byte[] merges, Path file) throws IOException {
    JsonNode tokens;
    try {
      tokens = new ObjectMapper().readTree(vocabulary);
    } catch (JsonProcessingException e) {
      throw new UserError(file + " is not JSON: " + e.getOriginalMessage(), e);
    }
    for (String special : List.of(START, END)) {
      if (!tokens.path(special).isInt()) {
        throw new UserError(file + ": no token " + special + "; is it the vocabulary of a CLIP?");
      }
    }
    return new BytePairs(
        (ObjectNode) tokens, lines(merges), tokens.path(START).asInt(), tokens.path(END).asInt());
  }

  /** open_clip's one file, whose ids follow from the order: bytes, ends of words, merges. */
  static BytePairs of(byte[] merges) {
    List<String> pairs = lines(merges).stream().limit(MOST_MERGES).toList();
    List<String> tokens = new ArrayList<>(bytes());
    bytes().forEach(each -> tokens.add(each + WORD_END));
    pairs.forEach(pair -> tokens.add(pair.replace(" ", "")));
    ObjectNode vocabulary = new ObjectMapper().createObjectNode();
    tokens.forEach(token -> vocabulary.put(token, vocabulary.size()));
    int start = tokens.size();
    vocabulary.put(START, start).put(END, start + 1);
    return new BytePairs(vocabulary, pairs, start, start + 1);
  }

  /** What {@link #openClip} wrote. */
  static BytePairs ofOpenClip(byte[] json) throws IOException {
    JsonNode model = new ObjectMapper().readTree(json).path("model");
    ObjectNode vocabulary = (ObjectNode) model.path("vocab");
    List<String> merges = new ArrayList<>();
    model.path("merges").forEach(pair -> merges.add(pair.asText()));
    int start = vocabulary.remove(OPEN_CLIP_START).asInt();
    int end = vocabulary.remove(OPEN_CLIP_END).asInt();
    return new BytePairs(vocabulary, merges, start, end);
  }

  private static List<String> lines(byte[] merges) {
    return new String(merges, StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.isEmpty() && !line.startsWith("#version"))
        .toList();
  }

  /** What stands for each byte: itself where it can be seen, else a letter from 256 on. */
  private static List<String> bytes() {
    List<Integer> seen =
        IntStream.of('!', '\u00a1', '\u00ae')
            .boxed()
            .flatMap(from -> IntStream.rangeClosed(from, lastSeen(from)).boxed())
            .toList();
    return IntStream.concat(
            seen.stream().mapToInt(Integer::intValue), IntStream.range(256, 512 - seen.size()))
        .mapToObj(Character::toString)
        .toList();
  }

  private static int lastSeen(int from) {
    return switch (from) {
      case '!' -> '~';
      case '\u00a1' -> '\u00ac';
      default -> '\u00ff';
    };
  }

  /** The {@code tokenizer.json} that Hugging Face's converter writes of the same files. */
  byte[] huggingFace() throws IOException {
    ObjectNode root = root(START, END, PIECES);
    root.set("normalizer", new ObjectMapper().readTree(CLEANING));
    return new ObjectMapper().writeValueAsBytes(root);
  }

  /** A {@code tokenizer.json} for texts as {@link TextCleaning#OPEN_CLIP} leaves them. */
  byte[] openClip() throws IOException {
    ObjectNode root = root(OPEN_CLIP_START, OPEN_CLIP_END, "[^ ]+");
    ((ObjectNode) root.at("/pre_tokenizer/pretokenizers/1")).put("use_regex", false);
    return new ObjectMapper().writeValueAsBytes(root);
  }

  private ObjectNode root(String startName, String endName, String pieces) throws IOException {
    ObjectNode root = (ObjectNode) new ObjectMapper().readTree(FORM);
    ((ObjectNode) root.at("/pre_tokenizer/pretokenizers/0/pattern")).put("Regex", pieces);
    ArrayNode added = (ArrayNode) root.path("added_tokens");
    add(added, startName, start);
    add(added, endName, end);
    ObjectNode processor = (ObjectNode) root.path("post_processor");
    processor.putArray("sep").add(endName).add(end);
    processor.putArray("cls").add(startName).add(start);
    ObjectNode tokens = vocabulary.deepCopy().without(List.of(START, END));
    tokens.put(startName, start).put(endName, end);
    ObjectNode model = (ObjectNode) root.path("model");
    model.put("unk_token", endName).set("vocab", tokens);
    merges.forEach(model.putArray("merges")::add);
    return root;
  }

  private static void add(ArrayNode added, String name, int id) {
    added
        .addObject()
        .put("id", id)
        .put("content", name)
        .put("single_word", false)
        .put("lstrip", false)
        .put("rstrip", false)
        .put("normalized", true)
        .put("special", true);
  }
}
