package org.visionfashion.data.table;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.base.UserError;

/** Which encoding the text of a file is in. */
final class TextEncoding {

  private static final Logger LOG = LoggerFactory.getLogger(TextEncoding.class);

  /** {@code data.encoding} where the file is to say it. */
  private static final String AUTO = "auto";

  /** So much of a file tells UTF-16 without a mark from other text. */
  private static final int START = 1 << 12;

  private static final Charset WINDOWS = Charset.forName("windows-1252");

  /** Encodings in which a letter is mostly two bytes, none of them ASCII's. */
  private static final List<String> EASTERN = List.of("GB18030", "Shift_JIS", "EUC-KR", "Big5");

  private TextEncoding() {}

  /**
   * The encoding to read a file in: the one that is configured, else UTF-16 or UTF-32 where a mark
   * or every other byte says so, which is logged, else UTF-8.
   *
   * @param configured {@code data.encoding}
   * @throws UserError where the file is no text or there is no such encoding
   */
  static Charset of(Path file, String configured) {
    try {
      if (!Files.isRegularFile(file)) {
        throw new UserError(file + ": cannot be read: no such file, or a pipe or a device");
      }
      Optional<ForeignFile> foreign = ForeignFile.of(file);
      if (foreign.isPresent()) {
        throw new UserError(file + ": " + foreign.get());
      }
      Charset charset = configured.equalsIgnoreCase(AUTO) ? detected(file) : named(configured);
      if (!charset.equals(StandardCharsets.UTF_8)) {
        LOG.info("{}: read as {}", file, charset);
      }
      return charset;
    } catch (IOException e) {
      throw new UserError(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static Charset detected(Path file) throws IOException {
    byte[] start;
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(START);
    }
    if (startsWith(start, 0xFF, 0xFE, 0, 0) || startsWith(start, 0, 0, 0xFE, 0xFF)) {
      return Charset.forName("UTF-32");
    }
    if (startsWith(start, 0xFF, 0xFE)) {
      return StandardCharsets.UTF_16LE;
    }
    if (startsWith(start, 0xFE, 0xFF)) {
      return StandardCharsets.UTF_16BE;
    }
    int even = zeros(start, 0);
    int odd = zeros(start, 1);
    if (even == 0 && odd > start.length / 4) {
      return StandardCharsets.UTF_16LE;
    }
    return odd == 0 && even > start.length / 4 ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8;
  }

  /**
   * What to do about a file that is not in the encoding that it was read in, to end a sentence.
   *
   * @param charset that it was read in
   */
  static String remedy(Path file, Charset charset) {
    if (!charset.equals(StandardCharsets.UTF_8)) {
      return "not %s (data.encoding)".formatted(charset);
    }
    String guess;
    try {
      guess = guess(file);
    } catch (IOException e) {
      guess = "";
    }
    return guess.isEmpty()
        ? "not UTF-8; save the table as UTF-8, or name its encoding in data.encoding"
        : "not UTF-8, it looks like %s; save the table as UTF-8, or set data.encoding: %s"
            .formatted(guess, guess);
  }

  /** The encoding that the first bytes that are not UTF-8 look like; empty = none. */
  private static String guess(Path file) throws IOException {
    byte[] bytes = foreign(file);
    int high = 0;
    int pairs = 0;
    boolean control = false;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] < 0) {
        high++;
        pairs += i + 1 < bytes.length && bytes[i + 1] < 0 ? 1 : 0;
        control |= (bytes[i] & 0xFF) < 0xA0;
      }
    }
    if (high == 0) {
      return "";
    }
    if (2 * pairs > high) { // letters of two bytes
      return EASTERN.stream()
          .filter(name -> Charset.isSupported(name) && decodes(bytes, Charset.forName(name)))
          .findFirst()
          .orElse("");
    }
    if (decodes(bytes, WINDOWS)) {
      return "windows-1252";
    }
    return control ? "" : "iso-8859-1";
  }

  /** Some bytes from the line on in which a file stops to be UTF-8; none where it does not. */
  private static byte[] foreign(Path file) throws IOException {
    CharsetDecoder decoder = strict(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
    CharBuffer text = CharBuffer.allocate(1 << 16);
    try (InputStream in = Files.newInputStream(file)) {
      int read;
      do {
        read = in.read(bytes.array(), bytes.position(), bytes.remaining());
        bytes.limit(bytes.position() + Math.max(0, read)).position(0);
        CoderResult result = decoder.decode(bytes, text.clear(), read < 0);
        if (result.isError()) {
          int from = bytes.position();
          while (from > 0 && bytes.get(from - 1) != '\n') {
            from--;
          }
          byte[] found = new byte[bytes.limit() - from];
          bytes.position(from).get(found);
          return found;
        }
        bytes.compact();
      } while (read >= 0);
    }
    return new byte[0];
  }

  private static boolean decodes(byte[] bytes, Charset charset) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] < 0) { // a letter may be cut
      end--;
    }
    try {
      strict(charset).decode(ByteBuffer.wrap(bytes, 0, end));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static CharsetDecoder strict(Charset charset) {
    return charset
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  private static Charset named(String name) {
    try {
      if (Charset.isSupported(name)) {
        return Charset.forName(name);
      }
    } catch (IllegalCharsetNameException e) {
      // it is said below
    }
    throw new UserError(
        "data.encoding = %s is no encoding that Java knows; utf-8, utf-16, windows-1252,"
                .formatted(name)
            + " iso-8859-1, gb18030 and shift_jis are some");
  }

  private static int zeros(byte[] bytes, int first) {
    int zeros = 0;
    for (int i = first; i < bytes.length; i += 2) {
      zeros += bytes[i] == 0 ? 1 : 0;
    }
    return zeros;
  }

  private static boolean startsWith(byte[] bytes, int... start) {
    for (int i = 0; i < start.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xFF) != start[i]) {
        return false;
      }
    }
    return true;
  }
}
