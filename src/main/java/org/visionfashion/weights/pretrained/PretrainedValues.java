package org.visionfashion.weights.pretrained;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.base.UserError;
import org.visionfashion.nn.ParameterValues;
import org.visionfashion.weights.file.TensorInfo;
import org.visionfashion.weights.pretrained.PositionResampling.Grid;

/**
 * First values of a model whose towers come from elsewhere; what no file is asked for comes from
 * {@code others}. Position embeddings of another patch grid are resampled. What does not fit is
 * collected, so that one message names it all.
 */
public final class PretrainedValues implements ParameterValues {

  private static final Logger LOG = LoggerFactory.getLogger(PretrainedValues.class);

  private static final String POSITIONS = "image_encoder.embeddings.position_embeddings";
  private static final String POOLER = ".pooler.";
  private static final String PROJECTION = "image_projection.weight";

  /** Scale and bias of similarities belong to the loss: a run begins with its own. */
  private static final Set<String> OF_THE_LOSS = Set.of("logit_scale", "logit_bias");

  private final List<Pretrained> files;
  private final ParameterValues others;
  private final Grid grid;
  private final NamePatterns ignored;
  private final Set<String> used = new HashSet<>();
  private final List<String> problems = new ArrayList<>();

  /**
   * @param files towers and whole models; the first that a parameter could be in is asked
   * @param others values of all that no file is asked for, and of what may be missing
   * @param grid patches of the model's pictures
   * @param ignored names that may be missing, unexpected or of another shape; a star stands for
   *     anything
   */
  public PretrainedValues(
      List<Pretrained> files, ParameterValues others, Grid grid, List<String> ignored) {
    this.files = List.copyOf(files);
    this.others = others;
    this.grid = grid;
    this.ignored = NamePatterns.of(ignored);
  }

  @Override
  public Values values(String name, long[] shape, Initial initial) {
    Optional<Pretrained> file = file(name);
    if (file.isEmpty()) {
      return name.equals(PROJECTION)
          ? projection(shape).orElseGet(() -> others.values(name, shape, initial))
          : others.values(name, shape, initial);
    }
    used.add(name);
    return file.get().tensors().names().contains(name)
        ? present(file.get(), name, shape, initial)
        : absent(file.get(), name, shape, initial);
  }

  private Optional<Values> projection(long[] shape_ED) {
    try {
      for (Pretrained file : files) {
        Optional<float[]> projection = file.projection(shape_ED);
        if (projection.isPresent()) {
          return projection.map(Values::of);
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<Pretrained> file(String name) {
    if (OF_THE_LOSS.contains(name)) {
      return Optional.empty();
    }
    return files.stream().filter(each -> name.startsWith(each.prefix())).findFirst();
  }

  private Values present(Pretrained file, String name, long[] shape, Initial initial) {
    RenamedTensors tensors = file.tensors();
    TensorInfo info = tensors.info(name);
    try {
      Optional<Grid> from = otherGrid(file, info);
      if (from.isPresent() && width(info.shape()) == width(shape)) {
        LOG.info("Positions resampled from {} to {} patches, {}", from.get(), grid, file.path());
        return Values.of(
            PositionResampling.resample(
                tensors.floats(name), (int) width(shape), from.get(), grid));
      }
      if (info.count() == TensorInfo.count(shape)
          && withoutOnes(info.shape()).equals(withoutOnes(shape))) {
        return tensor -> read(tensors, name, tensor); // a scalar may be a vector of one
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!ignored.match(name)) {
      problems.add(
          "%s is %s in %s, %s in the model"
              .formatted(
                  tensors.nameInFile(name), info.shapeText(), file.path(), Arrays.toString(shape)));
    }
    return others.values(name, shape, initial);
  }

  private static void read(RenamedTensors tensors, String name, ByteBuffer into) {
    try {
      tensors.read(name, into);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The grid of the file's positions, where these are such and it is not the model's. */
  private Optional<Grid> otherGrid(Pretrained file, TensorInfo info) {
    return info.name().equals(POSITIONS)
        ? file.grid(info).filter(from -> !from.equals(grid))
        : Optional.empty();
  }

  private Values absent(Pretrained file, String name, long[] shape, Initial initial) {
    if (file.lacksBias(name)) {
      long count = TensorInfo.count(shape);
      return Values.of(new float[Math.toIntExact(count)]); // zeros: the same as having none
    }
    if (!ignored.match(name)) {
      problems.add("%s has no %s %s".formatted(file.path(), name, Arrays.toString(shape)));
    }
    return others.values(name, shape, initial);
  }

  private static List<Long> withoutOnes(long[] shape) {
    return Arrays.stream(shape).filter(size -> size != 1).boxed().toList();
  }

  private static long width(long[] shape) {
    return shape.length == 0 ? 1 : shape[shape.length - 1];
  }

  /**
   * Says whether everything fitted, once the model is built.
   *
   * @throws UserError naming every tensor that is missing, unexpected or of another shape
   */
  public void requireFit() {
    Set<String> all = new LinkedHashSet<>(problems); // a fused tensor is three of ours
    for (Pretrained file : files) {
      for (String name : file.tensors().names()) {
        // A pooler that the model's pooling does not use may lie in the file.
        boolean asked = file(name).filter(file::equals).isPresent();
        if (asked && !used.contains(name) && !name.contains(POOLER) && !ignored.match(name)) {
          all.add(file.path() + ": unexpected " + file.tensors().inFile(name));
        }
      }
    }
    if (!all.isEmpty()) {
      throw new UserError(
          "the weights do not fit the model (model.ignore can excuse names): "
              + String.join("; ", all));
    }
  }
}
