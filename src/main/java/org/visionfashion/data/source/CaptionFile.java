package org.visionfashion.data.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.visionfashion.base.UserError;
import org.visionfashion.config.DataConfig;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.Problem;
import org.visionfashion.data.Problem.Kind;
import org.visionfashion.data.text.Captions;

/**
 * {@code captions.json}: one flat object from file name to caption, or a list of captions. Read
 * token by token, so that an entry can be named by its line and what comes before a syntax error is
 * kept.
 */
final class CaptionFile {

  private static final byte[] BYTE_ORDER_MARK = "\uFEFF".getBytes(StandardCharsets.UTF_8);

  private final Path file;
  private final LimitsConfig limits;
  private final MissingValues missing;
  private final boolean clean;
  private final List<Problem> problems;
  private final Map<String, Caption> captions = new HashMap<>();

  private CaptionFile(Path file, DataConfig config, List<Problem> problems) {
    this.file = file;
    this.limits = config.limits();
    this.missing = new MissingValues(config.missing());
    this.clean = config.cleanCaptions();
    this.problems = problems;
  }

  /**
   * Reads the captions.
   *
   * @param config limits of the file, its captions and its depth; what counts as no caption
   * @param problems takes what is wrong, and a note on each blank caption
   * @return normalised captions by file name, blank ones included
   */
  static Map<String, Caption> read(Path file, DataConfig config, List<Problem> problems) {
    if (!Files.isRegularFile(file)) {
      problems.add(
          new Problem(file, 0, Kind.MISSING_FILE, "no such file; no picture has a caption"));
      return Map.of();
    }
    CaptionFile reader = new CaptionFile(file, config, problems);
    try {
      reader.readAll(TextFile.bytes(file, config.limits()));
    } catch (IOException e) {
      throw new UserError(file + ": cannot be read: " + e.getMessage(), e);
    }
    return reader.captions;
  }

  private void readAll(byte[] json) throws IOException {
    if (startsWith(json, BYTE_ORDER_MARK)) {
      problems.add(TextFile.byteOrderMarkIn(file));
    }
    try (JsonParser parser = json().createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        report(1, Kind.BAD_LINE, "expected an object {\"name.jpg\": \"caption\", ...}");
        return;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        readEntry(parser);
      }
      if (parser.nextToken() != null) {
        int line = parser.currentTokenLocation().getLineNr();
        report(line, Kind.BAD_LINE, "more text behind the object; it is not read");
      }
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      report(
          line,
          Kind.BAD_LINE,
          "not JSON from here on, %d captions read: %s"
              .formatted(captions.size(), e.getOriginalMessage()));
    }
  }

  private JsonFactory json() {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder().maxNestingDepth(limits.jsonDepth()).build())
        .build();
  }

  private void readEntry(JsonParser parser) throws IOException {
    String name = parser.currentName();
    int line = parser.currentTokenLocation().getLineNr();
    JsonToken value = parser.nextToken();
    Optional<Problem> badName = LabelFile.checkName(file, line, name);
    Optional<List<String>> texts = texts(parser, value);
    if (badName.isPresent()) {
      problems.add(badName.get());
    } else if (texts.isEmpty()) {
      report(line, Kind.BAD_LINE, name + ": the caption is no string or list of strings");
    } else if (captions.containsKey(name)) {
      report(
          line,
          Kind.DUPLICATE,
          "%s is in line %d already; that one counts".formatted(name, captions.get(name).line()));
    } else {
      add(name, line, texts.get());
    }
  }

  /**
   * The strings of a value, which is read to its end; empty where it is no text or list of them.
   */
  private static Optional<List<String>> texts(JsonParser parser, JsonToken value)
      throws IOException {
    List<String> texts = new ArrayList<>();
    boolean known = true;
    if (value == JsonToken.START_ARRAY) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        known &= isText(parser.currentToken(), parser, texts);
      }
    } else {
      known = isText(value, parser, texts);
    }
    return known ? Optional.of(texts) : Optional.empty();
  }

  /** Takes a text, and nothing of a null; false = it is something else, which is skipped. */
  private static boolean isText(JsonToken value, JsonParser parser, List<String> texts)
      throws IOException {
    if (value == JsonToken.VALUE_STRING) {
      texts.add(parser.getText());
    }
    parser.skipChildren();
    return value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NULL;
  }

  private void add(String name, int line, List<String> texts) {
    Set<String> all = new LinkedHashSet<>();
    for (String text : texts) {
      if (text.length() > limits.line()) {
        problems.add(TextFile.tooLong(file, line, text.length(), limits));
        return;
      }
      String caption = clean ? Captions.clean(text) : Captions.normalise(text);
      all.add(missing.has(caption) ? "" : caption);
    }
    all.remove("");
    if (all.isEmpty()) {
      report(line, Kind.BLANK_CAPTION, name + ": blank caption, counts as none");
    }
    captions.put(name, new Caption(line, List.copyOf(all)));
  }

  private void report(int line, Kind kind, String message) {
    problems.add(new Problem(file, line, kind, message));
  }

  private static boolean startsWith(byte[] bytes, byte[] start) {
    return bytes.length >= start.length
        && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
  }

  /**
   * What describes a picture.
   *
   * @param line where its entry begins
   * @param texts normalised, all different; none = blank
   */
  record Caption(int line, List<String> texts) {}
}
