package org.visionfashion.weights.pretrained;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.visionfashion.base.UserError;
import org.visionfashion.model.Architecture;
import org.visionfashion.nn.ParameterValues.Values;
import org.visionfashion.weights.checkpoint.ModelDescription;
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
    Path path, NameMap map, String prefix, RenamedTensors tensors, SourceConfig config)
    implements Closeable {

  private static final String PROJECTION = "image_projection.weight";
  private static final String POSITIONS = "image_encoder.embeddings.position_embeddings";
  private static final int BATCHED_AXES = 3;
  private static final String PATCH_BIAS = "embeddings.patch_embeddings.projection.bias";

  /** What weights can be for. */
  public enum Part {
    IMAGE(
        "an image tower",
        "image_encoder.",
        Set.of(
            NameMap.HF_VIT,
            NameMap.TIMM,
            NameMap.CLIP,
            NameMap.HF_CLIP,
            NameMap.SIGLIP,
            NameMap.HF_SIGLIP)),
    TEXT(
        "a text tower",
        "text_encoder.",
        Set.of(NameMap.HF_BERT, NameMap.CLIP, NameMap.HF_CLIP, NameMap.SIGLIP, NameMap.HF_SIGLIP)),
    WHOLE(
        "a whole model",
        "",
        Set.of(NameMap.WHOLE, NameMap.CLIP, NameMap.HF_CLIP, NameMap.SIGLIP, NameMap.HF_SIGLIP));

    private final String label;
    private final String prefix;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of makes unmodifiable ones
    private final Set<NameMap> maps;

    /** What the names of its parameters begin with. */
    String prefix() {
      return prefix;
    }

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
              .orElseThrow(() -> new UserError(path + ": unrecognised tensor names"));
      if (!part.maps.contains(map)) {
        throw new UserError(
            "%s: its names are those of %s, not of %s".formatted(path, map.label(), part.label));
      }
      RenamedTensors tensors = new RenamedTensors(file, map, part.prefix);
      return new Pretrained(path, map, part.prefix, tensors, SourceConfig.of(path, map));
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** Whose names the file has, for messages. */
  public String description() {
    return map.label();
  }

  /**
   * The projection that a whole model has behind its image tower, a linear layer's weight (E, D).
   */
  Optional<Values> projection(long[] shape_ED) {
    if (!map.isWhole()) {
      return Optional.empty();
    }
    RenamedTensors projections = new RenamedTensors(tensors.file(), map, PROJECTION);
    return Optional.of(PROJECTION)
        .filter(projections.names()::contains)
        .filter(name -> Arrays.equals(projections.info(name).shape(), shape_ED))
        .map(projections::values);
  }

  /** Whether the tower never has this bias: in CLIP and timm, the norm that follows has its own. */
  boolean lacksBias(String name) {
    boolean normFollows = tensors.names().contains(prefix + "pre_layernorm.weight");
    return (map == NameMap.CLIP || normFollows) && name.endsWith(PATCH_BIAS);
  }

  /**
   * The patch grid of position embeddings (1, L, D): that of the configuration, else a square;
   * nothing where L is neither.
   */
  Optional<Grid> grid(TensorInfo positions) {
    long patches = positions.shape().length == BATCHED_AXES ? positions.shape()[1] - 1 : 0;
    int side = (int) Math.round(Math.sqrt((double) patches));
    return Stream.concat(config.image().map(Grid::of).stream(), Stream.of(new Grid(side, side)))
        .filter(grid -> patches > 0 && grid.size() == patches)
        .findFirst();
  }

  /** What is said beside an image tower and either the model or the weights have otherwise. */
  List<String> contradictions(ModelDescription model, List<String> ignored) {
    List<String> all = new ArrayList<>(config.contradictions(model.mean(), model.std(), ignored));
    if (!ignored.contains(config.name())) {
      all.addAll(config.contradictions(model.architecture().image()));
      config.image().flatMap(this::otherSize).ifPresent(all::add);
    }
    return all;
  }

  /** The positions are resampled for any size of picture, from the size that they are of. */
  private Optional<String> otherSize(Architecture.ImageTower said) {
    return Stream.of(POSITIONS)
        .filter(tensors.names()::contains)
        .map(tensors::inFile)
        .filter(positions -> tensors.info(POSITIONS).shape()[1] != said.patches() + 1L)
        .map(
            positions ->
                "%s has pictures of %d x %d in %d patches, %s is %s"
                    .formatted(
                        config.file(),
                        said.height(),
                        said.width(),
                        said.patches(),
                        positions.name(),
                        positions.shapeText()))
        .findFirst();
  }

  @Override
  public void close() throws IOException {
    tensors.close();
  }
}
