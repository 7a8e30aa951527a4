package org.visionfashion.eval.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.visionfashion.base.UserError;

/** Texts of queries by their ids: BEIR's JSON lines, or a line {@code id TAB text} each. */
final class QueryFile {

  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final JsonMapper JSON = new JsonMapper();

  private QueryFile() {}

  /**
   * Reads the file.
   *
   * @throws UserError where a line has no id or no text, or an id has two texts
   */
  static Map<String, String> read(Path file) throws IOException {
    List<String> lines = lines(file);
    Map<String, String> texts = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isBlank()) {
        continue;
      }
      String place = "%s, line %d: ".formatted(file, i + 1);
      String[] query =
          line.stripLeading().startsWith("{") ? json(line, place) : line.split("\t", 2);
      if (query.length < 2 || query[0].isBlank() || query[1].isBlank()) {
        throw new UserError(
            place + "no id or no text; write {\"_id\": ..., \"text\": ...} or ID<TAB>TEXT");
      }
      String before = texts.put(query[0].strip(), query[1].strip());
      if (before != null && !before.equals(query[1].strip())) {
        throw new UserError(place + "query " + query[0].strip() + " has another text above");
      }
    }
    return texts;
  }

  private static String[] json(String line, String place) {
    try {
      JsonNode node = JSON.readTree(line);
      return new String[] {node.path("_id").asText(), node.path("text").asText()};
    } catch (JsonProcessingException e) {
      throw new UserError(place + "no JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** The lines of a file in UTF-8. */
  static List<String> lines(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new UserError(file + ": no such file");
    }
    try {
      List<String> lines = new ArrayList<>(Files.readAllLines(file));
      if (!lines.isEmpty() && lines.get(0).startsWith(BYTE_ORDER_MARK)) {
        lines.set(0, lines.get(0).substring(1));
      }
      return lines;
    } catch (CharacterCodingException e) {
      throw new UserError(file + ": not UTF-8; save it in that encoding", e);
    }
  }
}
