package org.visionfashion.data.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.visionfashion.config.LimitsConfig;

/** Reads the JSON of a sample: one object, its fields by their names. */
final class SampleFields {

  private final JsonFactory json;

  SampleFields(LimitsConfig limits) {
    json =
        JsonFactory.builder()
            // Python writes NaN where a caption or a number is missing
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(limits.jsonDepth())
                    .maxStringLength(limits.line())
                    .maxNumberLength(1000)
                    .build())
            .build();
  }

  /**
   * The values of each field: one, those of a list, or none where it is null. Numbers are as
   * written; an object's fields come under {@code name.field}.
   *
   * @throws IOException where it is no object, or breaks a limit; says why in a line
   */
  Map<String, List<String>> read(byte[] bytes) throws IOException {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    try (JsonParser parser = json.createParser(bytes)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("not a JSON object");
      }
      readObject(parser, "", fields);
      if (parser.nextToken() != null) {
        throw new IOException("more text behind the JSON object");
      }
    } catch (JsonProcessingException e) {
      throw new IOException("broken JSON, " + e.getOriginalMessage(), e);
    }
    return fields;
  }

  private static void readObject(JsonParser parser, String prefix, Map<String, List<String>> fields)
      throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = prefix + parser.currentName();
      parser.nextToken();
      readValue(parser, name, fields);
    }
  }

  private static void readValue(JsonParser parser, String name, Map<String, List<String>> fields)
      throws IOException {
    List<String> values = fields.computeIfAbsent(name, absent -> new ArrayList<>(1));
    switch (parser.currentToken()) {
      case START_OBJECT -> {
        fields.remove(name, List.of());
        readObject(parser, name + ".", fields);
      }
      case START_ARRAY -> {
        while (parser.nextToken() != JsonToken.END_ARRAY && parser.currentToken() != null) {
          readValue(parser, name, fields);
        }
      }
      case VALUE_NULL -> {}
      default -> values.add(parser.getText());
    }
  }
}
