package org.visionfashion.weights.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A file's tensors without what wrapping the model put before every name. */
record BareNames(Tensors file, String prefix) implements Tensors {

  /** Data-parallel training, torch.compile, and a model that holds the model. */
  private static final List<String> PREFIXES = List.of("module.", "_orig_mod.", "model.");

  /** The same tensors, with bare names where all have a prefix, or several. */
  static Tensors of(Tensors file) {
    return PREFIXES.stream()
        .filter(prefix -> !file.names().isEmpty())
        .filter(prefix -> file.names().stream().allMatch(name -> name.startsWith(prefix)))
        .findFirst()
        .map(prefix -> of(new BareNames(file, prefix)))
        .orElse(file);
  }

  @Override
  public Set<String> names() {
    return file.names().stream()
        .map(name -> name.substring(prefix.length()))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  @Override
  public TensorInfo info(String name) {
    TensorInfo info = file.info(prefix + name);
    return new TensorInfo(name, info.type(), info.shape(), 0, 0);
  }

  @Override
  public float[] floats(String name) throws IOException {
    return file.floats(prefix + name);
  }

  @Override
  public void read(String name, ByteBuffer into) throws IOException {
    file.read(prefix + name, into);
  }

  @Override
  public Map<String, String> metadata() {
    return file.metadata();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
