package org.visionfashion.data.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The reference pictures: PNG files and what Pillow and torchvision made of them. */
final class Golden {

  private final Path folder;
  private final byte[] tensors;
  private final JsonNode header;
  private final JsonNode json;

  Golden() throws IOException {
    this(Path.of(System.getProperty("golden"), "preprocess"));
  }

  Golden(Path folder) throws IOException {
    this.folder = folder;
    ObjectMapper mapper = new ObjectMapper();
    json = mapper.readTree(folder.resolve("preprocess.json").toFile());
    byte[] file = Files.readAllBytes(folder.resolve("preprocess.safetensors"));
    int length = (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
    header = mapper.readTree(new String(file, Long.BYTES, length, StandardCharsets.UTF_8));
    tensors = Arrays.copyOfRange(file, Long.BYTES + length, file.length);
  }

  /** Names of the pictures. */
  Iterable<String> names() {
    return () -> json.get("images").fieldNames();
  }

  /** Names of the tensors that end so, without the ending. */
  List<String> namesOf(String ending) {
    List<String> names = new ArrayList<>();
    header
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (name.endsWith(ending)) {
                names.add(name.substring(0, name.length() - ending.length()));
              }
            });
    return names;
  }

  /** Side of the cropped square. */
  int size() {
    return json.get("size").asInt();
  }

  /** Reads a PNG. */
  Pixels png(String name) throws IOException {
    return ImageDecoder.decode(folder.resolve(name + ".png"));
  }

  /** Reads a tensor [height, width, 3]. */
  Pixels tensor(String name) {
    JsonNode entry = header.get(name);
    JsonNode offsets = entry.get("data_offsets");
    return new Pixels(
        entry.get("shape").get(1).asInt(),
        entry.get("shape").get(0).asInt(),
        Arrays.copyOfRange(tensors, offsets.get(0).asInt(), offsets.get(1).asInt()));
  }
}
