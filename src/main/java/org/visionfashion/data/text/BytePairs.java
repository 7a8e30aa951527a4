package org.visionfashion.data.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.visionfashion.base.UserError;

/**
 * CLIP's tokenizer from its two older files: byte pairs (Sennrich et al. 2016) over bytes written
 * as characters, the end of a word marked, text in lower case, cut into words, single digits and
 * runs of other signs. What comes out is what Hugging Face's converter writes of the same files.
 */
final class BytePairs {

  private static final String START = "<|startoftext|>";
  private static final String END = "<|endoftext|>";
  private static final String PIECES =
      "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+";

  private static final String FORM =
      """
      {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
       "normalizer": {"type": "Sequence", "normalizers": [{"type": "NFC"},
         {"type": "Replace", "pattern": {"Regex": "\\\\s+"}, "content": " "},
         {"type": "Lowercase"}]},
       "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
         {"type": "Split", "pattern": {}, "behavior": "Removed", "invert": true},
         {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true}]},
       "post_processor": {"type": "RobertaProcessing", "trim_offsets": false,
         "add_prefix_space": false},
       "decoder": {"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true},
       "model": {"type": "BPE", "dropout": null, "continuing_subword_prefix": "",
         "end_of_word_suffix": "</w>", "fuse_unk": false}}\
      """;

  private BytePairs() {}

  /**
   * A {@code tokenizer.json}.
   *
   * @param vocabulary the content of {@code vocab.json}: tokens to ids
   * @param merges that of {@code merges.txt}: a version line, then a pair a line
   * @param file named in complaints
   */
  static byte[] json(byte[] vocabulary, byte[] merges, Path file) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    JsonNode tokens;
    try {
      tokens = mapper.readTree(vocabulary);
    } catch (JsonProcessingException e) {
      throw new UserError(file + " is not JSON: " + e.getOriginalMessage(), e);
    }
    ObjectNode root = (ObjectNode) mapper.readTree(FORM);
    for (String special : new String[] {START, END}) {
      if (!tokens.path(special).isInt()) {
        throw new UserError(file + ": no token " + special + "; is it the vocabulary of a CLIP?");
      }
      ObjectNode added = ((ArrayNode) root.path("added_tokens")).addObject();
      added.put("id", tokens.path(special).asInt()).put("content", special);
      added.put("single_word", false).put("lstrip", false).put("rstrip", false);
      added.put("normalized", true).put("special", true);
    }
    ObjectNode processor = (ObjectNode) root.path("post_processor");
    processor.putArray("sep").add(END).add(tokens.path(END).asInt());
    processor.putArray("cls").add(START).add(tokens.path(START).asInt());
    ((ObjectNode) root.at("/pre_tokenizer/pretokenizers/0/pattern")).put("Regex", PIECES);
    ObjectNode model = (ObjectNode) root.path("model");
    model.put("unk_token", END).set("vocab", tokens);
    ArrayNode pairs = model.putArray("merges");
    new String(merges, StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.isEmpty() && !line.startsWith("#version"))
        .forEach(pairs::add);
    return mapper.writeValueAsBytes(root);
  }
}
