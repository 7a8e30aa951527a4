package org.visionfashion.weights.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.visionfashion.base.BoundedFile;
import org.visionfashion.base.OneLine;
import org.visionfashion.base.UserError;

/** JSON that lies beside weights and comes with them from wherever they come. */
public final class JsonFile {

  private static final int MOST_BYTES = 64 << 20;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();

  private JsonFile() {}

  /**
   * A file as JSON, whatever it says.
   *
   * @throws UserError where it is not JSON, no regular file or too large
   * @throws IOException where it is not there
   */
  public static JsonNode read(Path file) throws IOException {
    byte[] bytes;
    try {
      bytes = BoundedFile.read(file, MOST_BYTES, "JSON beside weights");
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      throw new UserError(file + " cannot be read: " + e.getMessage(), e);
    }
    try {
      return JSON.readTree(new String(bytes, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new UserError(file + " is not JSON: " + OneLine.of(e.getOriginalMessage()), e);
    }
  }
}
