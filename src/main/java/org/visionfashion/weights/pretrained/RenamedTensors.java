package org.visionfashion.weights.pretrained;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.visionfashion.base.UserError;
import org.visionfashion.weights.file.TensorInfo;
import org.visionfashion.weights.file.Tensors;
import org.visionfashion.weights.file.Transposed;

/** A file's tensors under this project's names; fused ones taken apart along their first axis. */
public final class RenamedTensors implements Tensors {

  private final Tensors file;
  private final Map<String, Piece> pieces = new LinkedHashMap<>();

  /** What is (1, L, D) here; CLIP has it without the first axes. */
  private static final Set<String> BATCHED =
      Set.of("image_encoder.embeddings.cls_token", "image_encoder.embeddings.position_embeddings");

  private static final int BATCHED_AXES = 3;

  private static final String IMAGE = "image_encoder.";

  /** How the names of image towers begin in whole models of other libraries. */
  private static final Pattern OF_IMAGES = Pattern.compile("visual\\.|vision_model\\.");

  /**
   * Part {@code index} of {@code count} equal parts of a tensor in the file.
   *
   * @param transposed whether it is a matrix there with its axes exchanged
   */
  private record Piece(TensorInfo source, int index, int count, long[] shape, boolean transposed) {

    static Piece of(TensorInfo source, int index, int count, String target, boolean transposed) {
      long[] shape = source.shape().clone();
      if (count > 1) {
        shape[0] /= count;
      }
      if (transposed && shape.length == 2) {
        return new Piece(source, index, count, new long[] {shape[1], shape[0]}, true);
      }
      boolean batched = BATCHED.contains(target) && shape.length < BATCHED_AXES;
      return new Piece(source, index, count, batched ? batched(shape) : shape, false);
    }

    float[] of(float[] all) {
      int length = all.length / count;
      float[] part = Arrays.copyOfRange(all, index * length, (index + 1) * length);
      // Rows and columns as they are in the file.
      return transposed ? Transposed.of(part, (int) shape[1], (int) shape[0]) : part;
    }

    boolean isWhole() {
      return count == 1 && !transposed;
    }

    private static long[] batched(long[] shape) {
      long[] batched = {1, 1, 1};
      System.arraycopy(shape, 0, batched, BATCHED_AXES - shape.length, shape.length);
      return batched;
    }
  }

  /**
   * @param file closed with this
   * @param prefix of the parameters that are wanted: put before the names of a tower, and what of a
   *     whole model does not begin with it is left out
   * @throws UserError where two tensors get one name, or a fused one cannot be divided
   */
  public RenamedTensors(Tensors file, NameMap map, String prefix) {
    this.file = file;
    for (String name : file.names()) {
      if (map.isWhole()
          && !map.knows(name)
          && prefix.equals(IMAGE)
          && !OF_IMAGES.matcher(name).lookingAt()) {
        continue; // of the other tower, or of neither
      }
      boolean full = map.isWhole() && map.knows(name);
      List<String> targets =
          map.targets(name).stream().map(target -> full ? target : prefix + target).toList();
      add(file.info(name), targets, prefix, map.isTransposed(name));
    }
  }

  private void add(TensorInfo source, List<String> targets, String prefix, boolean transposed) {
    int parts = targets.size();
    if (parts > 1 && (source.shape().length == 0 || source.shape()[0] % parts != 0)) {
      throw new UserError(
          "tensor %s %s cannot be divided by %d"
              .formatted(source.name(), source.shapeText(), parts));
    }
    for (int i = 0; i < parts; i++) {
      String target = targets.get(i);
      if (!target.startsWith(prefix)) {
        continue;
      }
      Piece other = pieces.put(target, Piece.of(source, i, parts, target, transposed));
      if (other != null) {
        throw new UserError(
            "tensors %s and %s are both %s"
                .formatted(other.source().name(), source.name(), target));
      }
    }
  }

  /** Whether a tensor has a shape, where a scalar may be a vector of one. */
  boolean isShaped(String name, long... shape) {
    return withoutOnes(info(name).shape()).equals(withoutOnes(shape));
  }

  private static List<Long> withoutOnes(long[] shape) {
    return Arrays.stream(shape).filter(size -> size != 1).boxed().toList();
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
    return piece.isWhole() ? all : piece.of(all);
  }

  @Override
  public void read(String name, ByteBuffer into) throws IOException {
    Piece piece = piece(name);
    if (piece.isWhole()) {
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
