package org.visionfashion.config;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads YAML token by token into {@link Setting}s under full names, so that every value knows its
 * line. Values stay the texts they were written as: their types are the keys' business, and YAML's
 * own guesses ({@code 1e-3} a text, {@code 010} an eight) do not matter, and no tag ({@code
 * !!name}) makes an object.
 */
final class SettingsReader {

  private static final int DEEPEST = 20;

  /** {@code {train: a.csv}}, but not {@code {}}, which is the place of a name in a text. */
  private static final String SECTION = "(?s)\\{\\s*\\w+\\s*:.*}";

  private static final YAMLFactory YAML =
      YAMLFactory.builder()
          .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL) // the builder forgets this default
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
          .build();

  private final Map<String, Setting> settings = new LinkedHashMap<>();
  private final List<String> problems;
  private final String file;

  private SettingsReader(String file, List<String> problems) {
    this.file = file;
    this.problems = problems;
  }

  /**
   * All keys of a file; duplicates and syntax errors are added to the problems.
   *
   * @param text the YAML
   * @param file its name, for messages
   */
  static Map<String, Setting> read(String text, String file, List<String> problems) {
    SettingsReader reader = new SettingsReader(file, problems);
    try (YAMLParser parser = YAML.createParser(text)) {
      reader.document(parser);
    } catch (JsonProcessingException e) {
      problems.add(reader.place(e) + ": no valid YAML: " + firstLine(e.getOriginalMessage()));
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory", e);
    }
    return reader.settings;
  }

  /** What {@code --set key=value} says: {@code [a, b]} is a list, {@code {a: b}} a section. */
  static List<Setting> readOverride(String key, String value, String place) throws IOException {
    if (!value.startsWith("[") && !value.matches(SECTION)) {
      List<String> values = value.isEmpty() ? List.of() : List.of(value);
      return List.of(new Setting(key, values, false, place));
    }
    try (YAMLParser parser = YAML.createParser(value)) {
      if (parser.nextToken() == JsonToken.START_ARRAY) {
        return List.of(new Setting(key, texts(parser), true, place));
      }
      List<Setting> section = new ArrayList<>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String part = key + "." + parser.currentName();
        boolean list = parser.nextToken() == JsonToken.START_ARRAY;
        List<String> values = list ? texts(parser) : List.of(parser.getText());
        section.add(new Setting(part, values, list, place));
      }
      return section;
    }
  }

  private void document(YAMLParser parser) throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null || first == JsonToken.VALUE_NULL) {
      return; // an empty file: every key has its default
    }
    if (first != JsonToken.START_OBJECT) {
      problems.add(place(parser) + ": sections expected (run, data, model, ...)");
      return;
    }
    section(parser, "");
    if (parser.nextToken() != null) {
      problems.add(place(parser) + ": a second document; a file holds one experiment");
    }
  }

  private void section(YAMLParser parser, String prefix) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = prefix + parser.currentName();
      String place = place(parser);
      switch (parser.nextToken()) {
        case START_OBJECT -> section(parser, key + ".");
        case START_ARRAY -> add(new Setting(key, texts(parser), true, place));
        case VALUE_NULL -> add(new Setting(key, List.of(), false, place));
        default -> {
          if (parser.isCurrentAlias()) {
            problems.add(place + ": " + key + ": aliases (*name) are not read, write the value");
          } else {
            add(new Setting(key, List.of(parser.getText()), false, place));
          }
        }
      }
    }
  }

  private void add(Setting written) {
    String key = RenamedKeys.current(written.key(), written.text(), written.place());
    Setting setting = new Setting(key, written.values(), written.list(), written.place());
    Setting before = settings.putIfAbsent(setting.key(), setting);
    if (before != null) {
      problems.add(
          setting.place() + ": " + setting.key() + " is given twice; first at " + before.place());
    }
  }

  private static List<String> texts(YAMLParser parser) throws IOException {
    List<String> texts = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != null && token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token.isStructStart() || parser.isCurrentAlias()) {
        throw new JsonParseException(parser, "a list holds plain values: [a, b]");
      }
      texts.add(parser.getText());
    }
    return List.copyOf(texts);
  }

  private String place(JsonParser parser) {
    return file + ":" + parser.currentTokenLocation().getLineNr();
  }

  private String place(JsonProcessingException e) {
    return e.getLocation() == null ? file : file + ":" + e.getLocation().getLineNr();
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }
}
