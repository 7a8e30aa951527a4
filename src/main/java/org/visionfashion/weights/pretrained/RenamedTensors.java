package org.visionfashion.weights.pretrained;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.visionfashion.base.UserError;
import org.visionfashion.weights.file.TensorInfo;
import org.visionfashion.weights.file.Tensors;

/** A file's tensors under this project's names; fused ones taken apart along their first axis. */
public final class RenamedTensors implements Tensors {

  private final Tensors file;
  private final Map<String, Piece> pieces = new LinkedHashMap<>();

  /** What is (1, L, D) here; CLIP has it without the first axes. */
  private static final Set<String> BATCHED =
      Set.of("embeddings.cls_token", "embeddings.position_embeddings");

  private static final int BATCHED_AXES = 3;

  /** Part {@code index} of {@code count} equal parts of a tensor in the file. */
  private record Piece(TensorInfo source, int index, int count, long[] shape) {

    static Piece of(TensorInfo source, int index, List<String> targets) {
      long[] shape = source.shape().clone();
      if (targets.size() > 1) {
        shape[0] /= targets.size();
      }
      boolean batched = BATCHED.contains(targets.get(index)) && shape.length < BATCHED_AXES;
      return new Piece(source, index, targets.size(), batched ? batched(shape) : shape);
    }

    private static long[] batched(long[] shape) {
      long[] batched = {1, 1, 1};
      System.arraycopy(shape, 0, batched, BATCHED_AXES - shape.length, shape.length);
      return batched;
    }
  }

  /**
   * @param file closed with this
   * @param prefix put before every name
   * @throws UserError where two tensors get one name, or a fused one cannot be divided
   */
  public RenamedTensors(Tensors file, NameMap map, String prefix) {
    this.file = file;
    for (String name : file.names()) {
      add(file.info(name), map.targets(name), prefix);
    }
  }

  private void add(TensorInfo source, List<String> targets, String prefix) {
    int parts = targets.size();
    if (parts > 1 && (source.shape().length == 0 || source.shape()[0] % parts != 0)) {
      throw new UserError(
          "tensor %s %s cannot be divided by %d"
              .formatted(source.name(), source.shapeText(), parts));
    }
    for (int i = 0; i < parts; i++) {
      String target = prefix + targets.get(i);
      Piece other = pieces.put(target, Piece.of(source, i, targets));
      if (other != null) {
        throw new UserError(
            "tensors %s and %s are both %s"
                .formatted(other.source().name(), source.name(), target));
      }
    }
  }

  /** The file itself. */
  Tensors file() {
    return file;
  }

  @Override
  public Set<String> names() {
    return Collections.unmodifiableSet(pieces.keySet());
  }

  private Piece piece(String name) {
    Piece piece = pieces.get(name);
    if (piece == null) {
      throw new UserError("there is no tensor " + name);
    }
    return piece;
  }

  @Override
  public TensorInfo info(String name) {
    Piece piece = piece(name);
    return new TensorInfo(name, piece.source().type(), piece.shape(), 0, 0);
  }

  /** The tensor as it is in the file, or the one there that it is a part of. */
  public TensorInfo inFile(String name) {
    return piece(name).source();
  }

  @Override
  public float[] floats(String name) throws IOException {
    Piece piece = piece(name);
    float[] all = file.floats(piece.source().name());
    if (piece.count() == 1) {
      return all;
    }
    int length = all.length / piece.count();
    return Arrays.copyOfRange(all, piece.index() * length, (piece.index() + 1) * length);
  }

  @Override
  public void read(String name, ByteBuffer into) throws IOException {
    Piece piece = piece(name);
    if (piece.count() == 1) {
      file.read(piece.source().name(), into);
    } else {
      into.asFloatBuffer().put(floats(name));
    }
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
