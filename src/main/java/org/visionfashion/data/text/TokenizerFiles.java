package org.visionfashion.data.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.visionfashion.base.BoundedFile;
import org.visionfashion.base.UserError;

/**
 * The tokenizer in a model's folder: {@code tokenizer.json}, or what the same is made of, BERT's
 * older {@code vocab.txt}, CLIP's {@code vocab.json} and {@code merges.txt}, or its merges alone as
 * OpenAI and open_clip pack them.
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
  private static final List<String> PACKED =
      List.of("bpe_simple_vocab_16e6.txt.gz", "bpe_simple_vocab.txt.gz");

  /** All files of a tokenizer that may be in a folder. */
  public static final List<String> NAMES =
      Stream.concat(Stream.of(JSON, WORDS, PAIRS, MERGES, SETTINGS), PACKED.stream()).toList();

  private TokenizerFiles() {}

  /** The file that holds the tokenizer, where there is one. */
  public static Optional<Path> in(Path folder) {
    return Stream.concat(Stream.of(JSON, WORDS, PAIRS), PACKED.stream())
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /**
   * How texts of a CLIP are cleaned for such a file.
   *
   * @param openClip whether the model is open_clip's or OpenAI's, whose byte pairs are read their
   *     way
   */
  public static TextCleaning clipCleaning(Path file, boolean openClip) {
    return isPacked(file) || (openClip && file.endsWith(PAIRS))
        ? TextCleaning.OPEN_CLIP
        : TextCleaning.NONE;
  }

  /**
   * A tokenizer as JSON.
   *
   * @param cleaning what is done to texts before it reads them
   * @throws UserError where a vocab.txt or vocab.json lacks the special tokens of its model
   */
  public static byte[] json(Path file, TextCleaning cleaning) throws IOException {
    if (file.endsWith(PAIRS) || isPacked(file)) {
      BytePairs pairs =
          isPacked(file)
              ? BytePairs.of(unpacked(file))
              : BytePairs.of(read(file), read(file.resolveSibling(MERGES)), file);
      return cleaning == TextCleaning.OPEN_CLIP ? pairs.openClip() : pairs.huggingFace();
    }
    return file.endsWith(WORDS)
        ? WordPieceVocabulary.read(file).json(isLowercase(file.resolveSibling(SETTINGS)))
        : read(file);
  }

  /**
   * The same for other libraries, which clean no texts before; those of a CLIP are cleaned by it as
   * Hugging Face's tokenizer does.
   */
  public static byte[] portable(Path file, TextCleaning cleaning) throws IOException {
    return file.endsWith(JSON) && cleaning == TextCleaning.OPEN_CLIP
        ? BytePairs.ofOpenClip(read(file)).huggingFace()
        : json(file, TextCleaning.NONE);
  }

  private static boolean isPacked(Path file) {
    return PACKED.stream().anyMatch(file::endsWith);
  }

  private static byte[] unpacked(Path file) throws IOException {
    try (InputStream packed = new GZIPInputStream(new ByteArrayInputStream(read(file)))) {
      return packed.readNBytes(MOST_BYTES);
    } catch (ZipException | EOFException e) {
      throw new UserError(file + " cannot be unpacked: " + e.getMessage(), e);
    }
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
