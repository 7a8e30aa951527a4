package org.visionfashion.weights.pretrained;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.visionfashion.base.UserError;
import org.visionfashion.weights.file.TensorInfo;
import org.visionfashion.weights.file.Tensors;
import org.visionfashion.weights.file.WeightsFiles;
import org.visionfashion.weights.pretrained.PositionResampling.Grid;

/**
 * Published weights of a tower, or of a whole model, under this project's names.
 *
 * @param path where they lie, for messages
 * @param map how their file calls them
 * @param prefix of the parameters they are for; empty = all
 * @param config what is said beside them
 */
public record Pretrained(
    Path path, NameMap map, String prefix, RenamedTensors tensors, ConfigBeside config)
    implements Closeable {

  private static final String CLIP_PROJECTION = "visual.proj";
  private static final String HF_CLIP_PROJECTION = "visual_projection.weight";
  private static final String PATCH_BIAS = "embeddings.patch_embeddings.projection.bias";

  /** What weights can be for. */
  public enum Part {
    IMAGE(
        "an image tower",
        "image_encoder.",
        Set.of(NameMap.HF_VIT, NameMap.TIMM, NameMap.CLIP_VISUAL, NameMap.HF_CLIP)),
    TEXT("a text tower", "text_encoder.", Set.of(NameMap.HF_BERT)),
    WHOLE("a whole VisionFashion model", "", Set.of(NameMap.WHOLE));

    private final String label;
    private final String prefix;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of makes unmodifiable ones
    private final Set<NameMap> maps;

    Part(String label, String prefix, Set<NameMap> maps) {
      this.label = label;
      this.prefix = prefix;
      this.maps = maps;
    }
  }

  /**
   * Opens a file or folder.
   *
   * @throws UserError where it holds no weights, or none for this part
   */
  public static Pretrained open(Path path, Part part) throws IOException {
    Tensors file = WeightsFiles.open(path);
    try {
      NameMap map =
          NameMap.of(file.names())
              .orElseThrow(
                  () -> new UserError(path + ": the tensors' names are of no known model"));
      if (!part.maps.contains(map)) {
        throw new UserError(
            "%s: its names are those of %s, not of %s".formatted(path, map.label(), part.label));
      }
      RenamedTensors tensors = new RenamedTensors(file, map, part.prefix);
      return new Pretrained(path, map, part.prefix, tensors, ConfigBeside.of(path));
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** Whose names the file has, for messages. */
  public String description() {
    return map.label();
  }

  /** CLIP's projection as a linear layer's weight (E, D), where the file has that one. */
  Optional<float[]> projection(long[] shape_ED) throws IOException {
    Tensors file = tensors.file();
    int embedding = (int) shape_ED[0];
    int width = (int) shape_ED[1];
    if (map == NameMap.HF_CLIP && has(file, HF_CLIP_PROJECTION, embedding, width)) {
      return Optional.of(file.floats(HF_CLIP_PROJECTION));
    }
    return map == NameMap.CLIP_VISUAL && has(file, CLIP_PROJECTION, width, embedding)
        ? Optional.of(transposed(file.floats(CLIP_PROJECTION), width, embedding))
        : Optional.empty();
  }

  private static boolean has(Tensors file, String name, long... shape) {
    return file.names().contains(name) && Arrays.equals(file.info(name).shape(), shape);
  }

  private static float[] transposed(float[] matrix, int rows, int columns) {
    float[] transposed = new float[matrix.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        transposed[column * rows + row] = matrix[row * columns + column];
      }
    }
    return transposed;
  }

  /** Whether the tower never has this bias: in CLIP and timm, the norm that follows has its own. */
  boolean lacksBias(String name) {
    boolean normFollows = tensors.names().contains(prefix + "pre_layernorm.weight");
    return (map == NameMap.CLIP_VISUAL || normFollows) && name.endsWith(PATCH_BIAS);
  }

  /**
   * The patch grid of position embeddings (1, L, D): that of the config.json, else a square;
   * nothing where L is neither.
   */
  Optional<Grid> grid(TensorInfo positions) {
    long patches = positions.shape().length == 3 ? positions.shape()[1] - 1 : 0;
    int side = (int) Math.round(Math.sqrt((double) patches));
    return Stream.concat(config.image().map(Grid::of).stream(), Stream.of(new Grid(side, side)))
        .filter(grid -> patches > 0 && grid.size() == patches)
        .findFirst();
  }

  @Override
  public void close() throws IOException {
    tensors.close();
  }
}
