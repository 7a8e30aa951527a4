package org.visionfashion.weights.pretrained;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.nn.ParameterValues;
import org.visionfashion.weights.file.Misfits;
import org.visionfashion.weights.file.TensorInfo;
import org.visionfashion.weights.pretrained.PositionResampling.Grid;

/**
 * First values of a model whose towers come from elsewhere. What fits is decided by the headers of
 * the files, before anything of the model is built; a tensor is read when its parameter is created.
 * Position embeddings of another patch grid are resampled.
 */
public final class PretrainedValues implements ParameterValues {

  private static final Logger LOG = LoggerFactory.getLogger(PretrainedValues.class);

  private static final String POSITIONS = "image_encoder.embeddings.position_embeddings";
  private static final String POOLER = ".pooler.";
  private static final String PROJECTION = "image_projection.weight";

  /** Scale and bias of similarities belong to the loss: a run begins with its own. */
  private static final Set<String> OF_THE_LOSS = Set.of("logit_scale", "logit_bias");

  private final List<Pretrained> files;
  private final Grid grid;
  private final Predicate<String> ignored;
  private final ParameterValues others;
  private final Map<String, Values> found = new HashMap<>();
  private final Misfits misfits = new Misfits();

  /**
   * Finds the values of a model's parameters.
   *
   * @param files towers and whole models; the first that a parameter could be in is asked
   * @param shapes of all parameters
   * @param grid patches of the model's pictures
   * @param ignored names that may be missing, unexpected or of another shape
   * @param others values of all that no file is asked for, and of what may be missing
   * @throws org.visionfashion.base.UserError naming the tensors that are missing, unexpected or of
   *     another shape
   */
  public PretrainedValues(
      List<Pretrained> files,
      Map<String, long[]> shapes,
      Grid grid,
      Predicate<String> ignored,
      ParameterValues others) {
    this.files = List.copyOf(files);
    this.grid = grid;
    this.ignored = ignored;
    this.others = others;
    shapes.forEach(this::find);
    for (Pretrained file : files) {
      for (String name : file.tensors().names()) {
        boolean asked = file(name).filter(file::equals).isPresent();
        // A pooler that the model's pooling does not use may lie in the file.
        if (asked && !shapes.containsKey(name) && !name.contains(POOLER) && !ignored.test(name)) {
          misfits.unexpected(file.path(), file.tensors().inFile(name));
        }
      }
    }
    misfits.refuse("the weights do not fit the model (model.ignore can excuse names)");
  }

  @Override
  public Values values(String name, long[] shape, Initial initial) {
    Values values = found.get(name);
    return values == null ? others.values(name, shape, initial) : values;
  }

  private Optional<Pretrained> file(String name) {
    return OF_THE_LOSS.contains(name)
        ? Optional.empty()
        : files.stream().filter(each -> name.startsWith(each.prefix())).findFirst();
  }

  private void find(String name, long[] shape) {
    Optional<Pretrained> file = file(name);
    Optional<Values> values = Optional.empty();
    if (file.isPresent()) {
      values =
          file.get().tensors().names().contains(name)
              ? present(file.get(), name, shape)
              : absent(file.get(), name, shape);
    } else if (name.equals(PROJECTION)) {
      values = files.stream().flatMap(each -> each.projection(shape).stream()).findFirst();
    }
    values.ifPresent(some -> found.put(name, some));
  }

  private Optional<Values> present(Pretrained file, String name, long[] shape) {
    TensorInfo info = file.tensors().info(name);
    Optional<Grid> other =
        name.equals(POSITIONS)
            ? file.grid(info).filter(from -> !from.equals(grid))
            : Optional.empty();
    if (other.isPresent() && width(info.shape()) == width(shape)) {
      return Optional.of(resampled(file, name, other.get(), (int) width(shape)));
    }
    if (file.tensors().isShaped(name, shape)) {
      return Optional.of(file.tensors().values(name));
    }
    if (!ignored.test(name)) {
      misfits.shape(file.path(), file.tensors().inFile(name), shape);
    }
    return Optional.empty();
  }

  private Values resampled(Pretrained file, String name, Grid from, int width) {
    LOG.info("Positions resampled from {} to {} patches, {}", from, grid, file.path());
    return memory -> {
      try {
        float[] positions = file.tensors().floats(name);
        Values.of(PositionResampling.resample(positions, width, from, grid)).writeTo(memory);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  private Optional<Values> absent(Pretrained file, String name, long[] shape) {
    if (file.lacksBias(name)) { // zeros: the same as having none
      return Optional.of(Values.of(new float[Math.toIntExact(TensorInfo.count(shape))]));
    }
    if (!ignored.test(name)) {
      misfits.missing(file.path(), name, shape);
    }
    return Optional.empty();
  }

  private static long width(long[] shape) {
    return shape.length == 0 ? 1 : shape[shape.length - 1];
  }
}
