package org.visionfashion.weights.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes float tensors as a state dict that {@code torch.load} reads, with {@code weights_only} and
 * without: no more than one tensor stands in memory. {@link TorchFile} says how such a file is laid
 * out.
 */
public final class TorchWriter {

  private static final String ROOT = "archive/";
  private static final String VERSION = "3\n";

  private TorchWriter() {}

  /** Writes {@code tensors} as F32, in the order of the map. */
  public static void write(Path file, Map<String, SafetensorsWriter.Tensor> tensors)
      throws IOException {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    write(file, TorchPickler.stateDict(shapes), Map.of(), tensors);
  }

  /**
   * Writes an object of a TorchScript class as an archive that {@code torch.jit.load} reads. Its
   * state are the tensors and {@code operations}, an object of {@code __torch__.Operations}.
   *
   * @param code the text of both classes
   */
  public static void writeModule(
      Path file, String type, String code, Map<String, SafetensorsWriter.Tensor> tensors)
      throws IOException {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    Map<String, byte[]> more = new LinkedHashMap<>();
    more.put("code/__torch__.py", code.getBytes(StandardCharsets.UTF_8));
    more.put("constants.pkl", TorchPickler.nothing());
    write(file, TorchPickler.module(type, shapes), more, tensors);
  }

  private static void write(
      Path file,
      byte[] pickle,
      Map<String, byte[]> more,
      Map<String, SafetensorsWriter.Tensor> tensors)
      throws IOException {
    try (AlignedZip zip = AlignedZip.create(file)) {
      zip.add(ROOT + "data.pkl", pickle);
      zip.add(ROOT + "byteorder", ascii("little"));
      for (Map.Entry<String, byte[]> each : more.entrySet()) {
        zip.add(ROOT + each.getKey(), each.getValue());
      }
      int key = 0;
      for (SafetensorsWriter.Tensor tensor : tensors.values()) {
        zip.add(ROOT + "data/" + key++, tensor.values());
      }
      zip.add(ROOT + "version", ascii(VERSION));
      zip.finish();
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
