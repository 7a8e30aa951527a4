package org.visionfashion.data.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.visionfashion.base.UserError;
import org.visionfashion.data.loader.Tokens;

/**
 * Text to token ids, as a Hugging Face {@code tokenizer.json} describes it, by Hugging Face's own
 * native library. Safe for use by several threads until it is closed.
 */
public final class Tokenizer implements AutoCloseable {

  /** Ten times as many as any published tokenizer has. */
  private static final int MOST_TOKENS = 10_000_000;

  private static final String ANY_TEXT = "a";
  private static final String SPECIAL_TOKENS = "special_tokens";

  /** The last three end a text; CLIP and SigLIP pad with what ends a text. */
  private static final List<String> PAD_TOKENS =
      List.of("[PAD]", "<pad>", "<|endoftext|>", "<end_of_text>", "</s>");

  private final byte[] json;
  private final int vocabSize;
  private final int padId;
  private final int maxTokens;
  private final Length length;
  private final TextCleaning cleaning;
  private final HuggingFaceTokenizer cutting;
  private final HuggingFaceTokenizer whole;

  /** How long the texts of a batch are made. */
  public enum Length {
    /** As long as the longest of them; what is added is padding, which nobody looks at. */
    LONGEST,
    /** As long as the limit; what is added counts as text, as SigLIP was trained. */
    LIMIT
  }

  private Tokenizer(
      byte[] json, int maxTokens, Length length, TextCleaning cleaning, String where) {
    if (maxTokens < 3) {
      throw new UserError(
          "a token limit of " + maxTokens + " leaves no room for text: [CLS] and [SEP] take two");
    }
    this.json = json;
    this.maxTokens = maxTokens;
    this.length = length;
    this.cleaning = cleaning;
    try {
      JsonNode root = new ObjectMapper().readTree(json);
      long pad = padId(root, where);
      requireUnknownToken(root.path("model"), where);
      root.path("post_processor")
          .findParents(SPECIAL_TOKENS)
          .forEach(template -> requireSpecialTokens(template, where));
      this.vocabSize = Math.toIntExact(checked(largestId(root), MOST_TOKENS, where) + 1);
      this.padId = Math.toIntExact(checked(pad, vocabSize, where));
      this.cutting =
          open(json, Map.of("truncation", "true", "padding", "false", "maxLength", "" + maxTokens));
      this.whole = open(json, Map.of("truncation", "false", "padding", "false"));
      for (long id : cutting.encode(ANY_TEXT).getIds()) {
        checked(id, vocabSize, where); // what it adds to every text need not be in its vocabulary
      }
    } catch (IOException | RuntimeException e) {
      throw e instanceof UserError known
          ? known
          : new UserError(where + ": not a tokenizer.json: " + e.getMessage(), e);
    }
  }

  /**
   * Opens a {@code tokenizer.json}, or BERT's {@code vocab.txt}.
   *
   * @param maxTokens captions are cut to this many tokens, special tokens included; at least 3
   * @throws UserError where the file cannot be read or is something else
   */
  public static Tokenizer open(Path file, int maxTokens) {
    return open(file, maxTokens, Length.LONGEST, TextCleaning.NONE);
  }

  /** The same for texts of any length or of one, that are cleaned first. */
  public static Tokenizer open(Path file, int maxTokens, Length length, TextCleaning cleaning) {
    try {
      byte[] json = TokenizerFiles.json(file, cleaning);
      return new Tokenizer(json, maxTokens, length, cleaning, file.toString());
    } catch (IOException e) {
      throw new UserError(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** A tokenizer over a vocabulary that was just built. */
  public static Tokenizer of(WordPieceVocabulary vocabulary, int maxTokens) {
    return new Tokenizer(
        vocabulary.json(), maxTokens, Length.LONGEST, TextCleaning.NONE, "vocabulary");
  }

  /** Token ids of captions; the longest caption decides the length, no batch shapes another. */
  public Tokens encode(List<String> captions) {
    if (captions.isEmpty()) {
      return Tokens.NONE;
    }
    Encoding[] encodings = cutting.batchEncode(cleaned(captions));
    boolean full = length == Length.LIMIT;
    int l =
        full
            ? maxTokens
            : Arrays.stream(encodings)
                .mapToInt(encoding -> encoding.getIds().length)
                .max()
                .orElse(0);
    long[] ids_BL = new long[encodings.length * l];
    long[] mask_BL = new long[ids_BL.length];
    Arrays.fill(ids_BL, padId);
    for (int b = 0; b < encodings.length; b++) {
      long[] ids = encodings[b].getIds();
      System.arraycopy(ids, 0, ids_BL, b * l, ids.length);
      Arrays.fill(mask_BL, b * l, b * l + (full ? l : ids.length), 1);
    }
    return new Tokens(l, ids_BL, mask_BL);
  }

  private List<String> cleaned(List<String> captions) {
    return captions.stream().map(cleaning::apply).toList();
  }

  /** How many tokens a caption has before anything is cut, special tokens included. */
  public int count(String caption) {
    return whole.encode(cleaning.apply(caption)).getIds().length;
  }

  /** How many of some captions {@link #encode} cuts. */
  public int cut(List<String> captions) {
    if (captions.isEmpty()) {
      return 0;
    }
    return (int)
        Arrays.stream(whole.batchEncode(cleaned(captions)))
            .filter(encoding -> encoding.getIds().length > maxTokens)
            .count();
  }

  /** Number of token ids, and so of rows in an embedding table. */
  public int vocabSize() {
    return vocabSize;
  }

  /** The id that stands for padding. */
  public int padId() {
    return padId;
  }

  /** The limit that {@link #encode} cuts to, special tokens included. */
  public int maxTokens() {
    return maxTokens;
  }

  /** The {@code tokenizer.json} as it was read, to be kept with a checkpoint. */
  public byte[] json() {
    return json.clone();
  }

  @Override
  public void close() {
    cutting.close();
    whole.close();
  }

  private static HuggingFaceTokenizer open(byte[] json, Map<String, String> options)
      throws IOException {
    return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), options);
  }

  /** An embedding table has a row for each id. */
  private static long checked(long id, int size, String where) {
    if (id < 0 || id >= size) {
      throw new UserError("%s: token id %d is not within 0 to %d".formatted(where, id, size - 1));
    }
    return id;
  }

  /**
   * What stands for a word that the vocabulary lacks. Where it is needed and missing, the native
   * library does not throw: it ends the process. BPE alone may do without.
   */
  private static void requireUnknownToken(JsonNode model, String where) {
    JsonNode vocab = model.path("vocab");
    boolean known;
    if (vocab.isArray()) {
      JsonNode id = model.path("unk_id");
      known = id.isInt() && id.asInt() >= 0 && id.asInt() < vocab.size();
    } else {
      JsonNode token = model.path("unk_token");
      known =
          token.isTextual()
              ? vocab.has(token.asText())
              : isPairEncoding(model) && (token.isNull() || token.isMissingNode());
    }
    if (!known) {
      throw new UserError(
          where + ": its vocabulary has no token for unknown words; unk_token must name one");
    }
  }

  /**
   * What a template puts around each text must be defined in it: here, too, the native library
   * would end the process.
   */
  private static void requireSpecialTokens(JsonNode template, String where) {
    for (String sequence : List.of("single", "pair")) {
      for (JsonNode name : template.path(sequence).findValues("SpecialToken")) {
        String id = name.path("id").asText();
        if (!template.path(SPECIAL_TOKENS).path(id).path("id").asText().equals(id)) {
          throw new UserError(
              where + ": its post_processor adds a special token that it does not define");
        }
      }
    }
  }

  /** BPE; older files do not name their type, and BPE alone has merges. */
  private static boolean isPairEncoding(JsonNode model) {
    return model.path("type").asText(model.has("merges") ? "BPE" : "").equals("BPE");
  }

  private static long largestId(JsonNode root) {
    JsonNode vocab = root.path("model").path("vocab");
    // WordPiece and BPE map tokens to ids; Unigram lists its tokens.
    long largest = vocab.isArray() ? vocab.size() - 1L : -1;
    if (vocab.isObject()) {
      for (JsonNode id : vocab) {
        largest = Math.max(largest, id.asLong());
      }
    }
    for (JsonNode added : root.path("added_tokens")) {
      largest = Math.max(largest, added.path("id").asLong());
    }
    return largest;
  }

  private static long padId(JsonNode root, String where) {
    if (root.path("padding").has("pad_id")) {
      return root.path("padding").path("pad_id").asLong();
    }
    JsonNode vocab = root.path("model").path("vocab");
    for (String token : PAD_TOKENS) {
      for (JsonNode added : root.path("added_tokens")) {
        if (added.path("content").asText().equals(token)) {
          return added.path("id").asLong();
        }
      }
      if (vocab.has(token)) {
        return vocab.path(token).asLong();
      }
    }
    throw new UserError(where + ": no padding token; it needs one of " + PAD_TOKENS);
  }
}
