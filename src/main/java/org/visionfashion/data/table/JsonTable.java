package org.visionfashion.data.table;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.visionfashion.base.OneLine;
import org.visionfashion.base.UserError;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.Problem;
import org.visionfashion.data.Problem.Kind;

/**
 * JSON lines, an object a line, or a file that is one array of objects. The columns are the fields
 * of the first objects, in the order in which they come, and those that somebody asks for, wherever
 * they come first; an object may leave some out. A line that is no object is reported.
 */
public final class JsonTable implements Table {

  /** So many objects say which columns there are. */
  private static final int LOOKED_AT = 1000;

  /** So many fields that come later are named. */
  private static final int NAMED = 20;

  /** What an object that stands for a picture calls the path; Hugging Face's name first. */
  private static final List<String> PATHS = List.of("path", "file_name", "filename", "file");

  private static final String BYTES = "bytes";

  private final Path file;
  private final Charset charset;
  private final LimitsConfig limits;
  private final ObjectReader json;
  private final boolean array;
  private final List<String> columns = new ArrayList<>();

  private JsonTable(Path file, Charset charset, LimitsConfig limits) {
    this.file = file;
    this.charset = charset;
    this.limits = limits;
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(limits.jsonDepth())
                    .maxStringLength(limits.line())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    this.json =
        JsonMapper.builder(factory)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build()
            .readerFor(JsonNode.class);
    this.array = startsWithArray();
  }

  /**
   * Opens a table.
   *
   * @param asked columns that are looked for in all of the file; case does not count
   * @param encoding {@code data.encoding}
   * @param limits of its lines and their depth
   * @throws UserError where it is no text, or has no object at all
   */
  public static JsonTable open(
      Path file, Collection<String> asked, String encoding, LimitsConfig limits) {
    JsonTable table = new JsonTable(file, TextEncoding.of(file, encoding), limits);
    table.findColumns(asked);
    return table;
  }

  private void findColumns(Collection<String> asked) {
    Set<String> missing = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    missing.addAll(asked);
    List<Problem> problems = new ArrayList<>();
    int seen = 0;
    try (Source objects = open()) {
      for (Located object = objects.next(problems::add);
          object != null && (seen < LOOKED_AT || !missing.isEmpty());
          object = objects.next(problems::add)) {
        for (String name : (Iterable<String>) object.fields()::fieldNames) {
          boolean wanted = seen < LOOKED_AT || missing.contains(name);
          if (wanted && !columns.contains(name)) {
            columns.add(name);
          }
          missing.remove(name);
        }
        seen++;
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
    if (seen == 0) {
      throw new UserError(
          problems.isEmpty() ? file + ": the table is empty" : problems.get(0).toString());
    }
  }

  @Override
  public Path file() {
    return file;
  }

  @Override
  public int headerLine() {
    return 0;
  }

  @Override
  public List<String> columns() {
    return List.copyOf(columns);
  }

  @Override
  public Stream<Row> rows(Consumer<Problem> problems) {
    try {
      Rows rows = new Rows(open(), problems);
      return StreamSupport.<Row>stream(rows, false).onClose(rows::close);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private Source open() throws IOException {
    return array ? new ArraySource() : new LineSource();
  }

  private boolean startsWithArray() {
    try (LineReader lines = new LineReader(file, charset, limits.line())) {
      String line = lines.next();
      while (line != null && line.isBlank()) {
        line = lines.next();
      }
      return line != null && line.stripLeading().startsWith("[");
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private UserError unreadable(IOException e) {
    return new UserError(file + ": cannot be read: " + e.getMessage(), e);
  }

  private Problem fault(int line, String message) {
    return new Problem(file, line, Kind.BAD_LINE, message).skipping();
  }

  /** An object and the line it begins in. */
  private record Located(int line, JsonNode fields) {}

  /** The objects of the file, one at a time. */
  private interface Source extends Closeable {

    /** The next one; null = there is none. */
    Located next(Consumer<Problem> problems) throws IOException;
  }

  private final class LineSource implements Source {

    private final LineReader lines = new LineReader(file, charset, limits.line());
    private int number;

    LineSource() throws IOException {}

    @Override
    public Located next(Consumer<Problem> problems) throws IOException {
      for (String line = lines.next(); line != null; line = lines.next()) {
        number++;
        Optional<JsonNode> object = line.isBlank() ? Optional.empty() : object(line, problems);
        if (object.isPresent()) {
          return new Located(number, object.get());
        }
      }
      return null;
    }

    private Optional<JsonNode> object(String line, Consumer<Problem> problems) {
      String fault;
      if (line.length() > limits.line()) {
        fault =
            "%d characters; data.limits.line allows %d".formatted(lines.length(), limits.line());
      } else if (line.indexOf(LineReader.UNREADABLE) >= 0) {
        fault = TextEncoding.remedy(file, charset);
      } else {
        try {
          JsonNode node = json.readTree(line);
          if (node.isObject()) {
            return Optional.of(node);
          }
          fault = "no object {...}; each line must be one";
        } catch (JsonProcessingException e) {
          fault = "no JSON object in one line: " + e.getOriginalMessage();
        }
      }
      problems.accept(fault(number, fault));
      return Optional.empty();
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }

  private final class ArraySource implements Source {

    private final JsonParser parser;

    ArraySource() throws IOException {
      Reader text = new BufferedReader(new InputStreamReader(Files.newInputStream(file), charset));
      text.mark(1);
      if (text.read() != LineReader.BYTE_ORDER_MARK) {
        text.reset();
      }
      parser = json.getFactory().createParser(text);
      parser.nextToken();
    }

    @Override
    public Located next(Consumer<Problem> problems) throws IOException {
      try {
        for (JsonToken token = parser.nextToken();
            token != null && token != JsonToken.END_ARRAY;
            token = parser.nextToken()) {
          int line = parser.currentTokenLocation().getLineNr();
          if (token != JsonToken.START_OBJECT) {
            problems.accept(fault(line, "no object {...}; each element must be one"));
            parser.skipChildren();
            continue;
          }
          JsonNode object =
              json.without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).readTree(parser);
          if (object.toString().indexOf(LineReader.UNREADABLE) < 0) {
            return new Located(line, object);
          }
          problems.accept(fault(line, TextEncoding.remedy(file, charset)));
        }
        return null;
      } catch (JsonProcessingException e) {
        int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
        problems.accept(fault(line, "not JSON from here on: " + e.getOriginalMessage()));
        return null;
      }
    }

    @Override
    public void close() throws IOException {
      parser.close();
    }
  }

  /** The objects as rows. */
  private final class Rows extends Spliterators.AbstractSpliterator<Row> {

    private final Source objects;
    private final Consumer<Problem> problems;
    private final Set<String> others = new TreeSet<>();
    private boolean ended;

    Rows(Source objects, Consumer<Problem> problems) {
      super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
      this.objects = objects;
      this.problems = problems;
    }

    @Override
    public boolean tryAdvance(Consumer<? super Row> action) {
      try {
        Located object = ended ? null : objects.next(problems);
        if (object == null) {
          noteOthers();
          return false;
        }
        object.fields().fieldNames().forEachRemaining(this::look);
        action.accept(new JsonRow(object.line(), object.fields(), columns));
        return true;
      } catch (IOException e) {
        throw unreadable(e);
      }
    }

    private void look(String name) {
      if (others.size() < NAMED && !columns.contains(name)) {
        others.add(OneLine.word(name));
      }
    }

    private void noteOthers() {
      if (!ended && !others.isEmpty()) {
        String message =
            "not used, for none of the first %,d lines has them: %s"
                .formatted(LOOKED_AT, String.join(", ", others));
        problems.accept(new Problem(file, 0, Kind.UNUSED, message));
      }
      ended = true;
    }

    void close() {
      try {
        objects.close();
      } catch (IOException e) {
        throw unreadable(e);
      }
    }
  }

  /** An object whose fields are cells. */
  private record JsonRow(int number, JsonNode fields, List<String> columns) implements Row {

    @Override
    public String place() {
      return "line " + number;
    }

    @Override
    public String text(int column) {
      return text(fields.path(columns.get(column)));
    }

    @Override
    public List<String> texts(int column) {
      JsonNode cell = fields.path(columns.get(column));
      List<String> texts = new ArrayList<>();
      if (cell.isArray()) {
        cell.forEach(each -> texts.add(text(each)));
      } else {
        texts.add(text(cell));
      }
      texts.removeIf(String::isEmpty);
      return List.copyOf(texts);
    }

    private static String text(JsonNode node) {
      if (node.isArray()) {
        return node.isEmpty() ? "" : text(node.get(0));
      }
      if (!node.isObject()) {
        return node.isNull() ? "" : node.asText().strip();
      }
      Optional<String> path =
          PATHS.stream().filter(node::hasNonNull).map(name -> text(node.get(name))).findFirst();
      return path.orElseGet(() -> node.has(BYTES) ? "" : node.toString());
    }
  }
}
