package org.visionfashion.weights.file;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.visionfashion.base.OneLine;
import org.visionfashion.base.UserError;

/**
 * A model in several safetensors files, with an index that says which tensor lies where, as Hugging
 * Face splits large models: {@code {"weight_map": {"name": "model-00001-of-00002.safetensors"}}}.
 */
public final class ShardedTensors implements Tensors {

  private final Path index;
  private final Map<String, SafetensorsFile> files = new LinkedHashMap<>();
  private final Map<String, SafetensorsFile> tensors = new LinkedHashMap<>();

  private ShardedTensors(Path index) {
    this.index = index;
  }

  /**
   * Opens the index and all files it names.
   *
   * @throws UserError where the index is none, or promises what its files do not hold
   */
  public static ShardedTensors open(Path index) throws IOException {
    ShardedTensors sharded = new ShardedTensors(index);
    try {
      for (Map.Entry<String, JsonNode> entry : weightMap(index).properties()) {
        sharded.add(entry.getKey(), entry.getValue().asText());
      }
      return sharded;
    } catch (IOException | RuntimeException e) {
      sharded.close();
      throw e;
    }
  }

  /** The files that an index names, each once. */
  public static List<String> files(Path index) throws IOException {
    return weightMap(index).properties().stream()
        .map(entry -> plain(index, entry.getKey(), entry.getValue().asText()))
        .distinct()
        .toList();
  }

  /** A name that reaches elsewhere is refused. */
  private static String plain(Path index, String tensor, String name) {
    if (!name.matches("\\w[\\w.-]{0,200}\\.safetensors")) {
      throw new UserError(
          "%s: tensor %s lies in '%s', which is not a file beside it"
              .formatted(index, OneLine.word(tensor), OneLine.word(name)));
    }
    return name;
  }

  private static JsonNode weightMap(Path index) throws IOException {
    JsonNode map = JsonFile.read(index).path("weight_map");
    if (!map.isObject() || map.isEmpty()) {
      throw new UserError(index + " has no weight_map");
    }
    return map;
  }

  private void add(String tensor, String name) throws IOException {
    SafetensorsFile file = files.get(plain(index, tensor, name));
    if (file == null) {
      file = SafetensorsFile.open(index.resolveSibling(name));
      files.put(name, file);
    }
    if (!file.names().contains(tensor)) {
      throw new UserError(index + ": " + name + " has no tensor " + OneLine.word(tensor));
    }
    tensors.put(tensor, file);
  }

  @Override
  public Set<String> names() {
    return Collections.unmodifiableSet(tensors.keySet());
  }

  private SafetensorsFile file(String name) {
    SafetensorsFile file = tensors.get(name);
    if (file == null) {
      throw new UserError(index + " has no tensor " + name);
    }
    return file;
  }

  @Override
  public TensorInfo info(String name) {
    return file(name).info(name);
  }

  @Override
  public float[] floats(String name) throws IOException {
    return file(name).floats(name);
  }

  @Override
  public void read(String name, ByteBuffer into) throws IOException {
    file(name).read(name, into);
  }

  /** That of the first file. */
  @Override
  public Map<String, String> metadata() {
    return files.values().stream().findFirst().map(SafetensorsFile::metadata).orElse(Map.of());
  }

  @Override
  public void close() throws IOException {
    for (SafetensorsFile file : files.values()) {
      file.close();
    }
  }
}
