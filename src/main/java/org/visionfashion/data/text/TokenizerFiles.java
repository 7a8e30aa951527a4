package org.visionfashion.data.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.visionfashion.base.BoundedFile;
import org.visionfashion.base.UserError;

/**
 * The tokenizer in a model's folder: {@code tokenizer.json}, or what the same is made of, BERT's
 * older {@code vocab.txt} or CLIP's {@code vocab.json} and {@code merges.txt}.
 */
public final class TokenizerFiles {

  /** What any of Hugging Face's tokenizers is written as. */
  public static final String JSON = "tokenizer.json";

  /** What Hugging Face's libraries know of it besides. */
  public static final String SETTINGS = "tokenizer_config.json";

  /** Ten times as many as any published tokenizer has. */
  private static final int MOST_BYTES = 500_000_000;

  private static final String WORDS = "vocab.txt";
  private static final String PAIRS = "vocab.json";
  private static final String MERGES = "merges.txt";

  /** All files of a tokenizer that may be in a folder. */
  public static final List<String> NAMES = List.of(JSON, WORDS, PAIRS, MERGES, SETTINGS);

  private TokenizerFiles() {}

  /** The file that holds the tokenizer, where there is one. */
  public static Optional<Path> in(Path folder) {
    return Stream.of(JSON, WORDS, PAIRS)
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /**
   * A tokenizer as JSON.
   *
   * @throws UserError where a vocab.txt or vocab.json lacks the special tokens of its model
   */
  public static byte[] json(Path file) throws IOException {
    if (file.endsWith(PAIRS)) {
      return BytePairs.json(read(file), read(file.resolveSibling(MERGES)), file);
    }
    return file.endsWith(WORDS)
        ? WordPieceVocabulary.read(file).json(isLowercase(file.resolveSibling(SETTINGS)))
        : read(file);
  }

  /** The bytes of one of these files. */
  static byte[] read(Path file) throws IOException {
    return BoundedFile.read(file, MOST_BYTES, "a tokenizer");
  }

  /** BERT is uncased unless it is said. */
  private static boolean isLowercase(Path settings) throws IOException {
    if (!Files.isRegularFile(settings)) {
      return true;
    }
    try {
      return new ObjectMapper().readTree(read(settings)).path("do_lower_case").asBoolean(true);
    } catch (JsonProcessingException e) {
      throw new UserError(settings + " is not JSON: " + e.getOriginalMessage(), e);
    }
  }
}
