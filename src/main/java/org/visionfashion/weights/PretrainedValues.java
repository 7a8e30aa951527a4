package org.visionfashion.weights;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.visionfashion.nn.ParameterValues;
import org.visionfashion.weights.PositionResampling.Grid;

/**
 * First values of a model whose towers come from elsewhere; what no file is asked for comes from
 * {@code others}. Position embeddings of another patch grid are resampled. What does not fit is
 * collected, so that one message names it all.
 */
public final class PretrainedValues implements ParameterValues {

  private static final String POSITIONS = "image_encoder.embeddings.position_embeddings";
  private static final String POOLER = ".pooler.";
  private static final String PROJECTION = "image_projection.weight";

  /** Scale and bias of similarities belong to the loss: a run begins with its own. */
  private static final Set<String> OF_THE_LOSS = Set.of("logit_scale", "logit_bias");

  private final List<Pretrained> files;
  private final ParameterValues others;
  private final Grid grid;
  private final List<Pattern> ignored;
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
    this.ignored = ignored.stream().map(PretrainedValues::pattern).toList();
  }

  private static Pattern pattern(String glob) {
    return Pattern.compile(
        Arrays.stream(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
  }

  private boolean isIgnored(String name) {
    return ignored.stream().anyMatch(pattern -> pattern.matcher(name).matches());
  }

  @Override
  public float[] values(String name, long[] shape, Initial initial) {
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

  private Optional<float[]> projection(long[] shape_ED) {
    try {
      for (Pretrained file : files) {
        Optional<float[]> projection = file.projection(shape_ED);
        if (projection.isPresent()) {
          return projection;
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

  private float[] present(Pretrained file, String name, long[] shape, Initial initial) {
    RenamedTensors tensors = file.tensors();
    TensorInfo info = tensors.info(name);
    try {
      if (info.count() == count(shape) && withoutOnes(info.shape()).equals(withoutOnes(shape))) {
        return tensors.floats(name); // CLIP's class token is a vector, ours (1, 1, D)
      }
      Optional<Grid> from = file.grid(info);
      if (name.equals(POSITIONS) && from.isPresent() && width(info.shape()) == width(shape)) {
        return PositionResampling.resample(
            tensors.floats(name), (int) width(shape), from.get(), grid);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!isIgnored(name)) {
      problems.add(
          "%s is %s in %s, %s in the model"
              .formatted(
                  tensors.nameInFile(name), info.shapeText(), file.path(), Arrays.toString(shape)));
    }
    return others.values(name, shape, initial);
  }

  private float[] absent(Pretrained file, String name, long[] shape, Initial initial) {
    if (file.lacksBias(name)) {
      return new float[Math.toIntExact(count(shape))]; // zeros: the same as having none
    }
    if (!isIgnored(name)) {
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

  private static long count(long[] shape) {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  /**
   * Says whether everything fitted, once the model is built.
   *
   * @throws WeightsException naming every tensor that is missing, unexpected or of another shape
   */
  public void requireFit() {
    List<String> all = new ArrayList<>(problems);
    for (Pretrained file : files) {
      for (String name : file.tensors().names()) {
        // A pooler that the model's pooling does not use may lie in the file.
        boolean asked = file(name).filter(file::equals).isPresent();
        if (asked && !used.contains(name) && !name.contains(POOLER) && !isIgnored(name)) {
          all.add("%s: unexpected %s".formatted(file.path(), file.tensors().nameInFile(name)));
        }
      }
    }
    if (!all.isEmpty()) {
      throw new WeightsException(
          "the weights do not fit the model (model.ignore can excuse names): "
              + String.join("; ", all));
    }
  }
}
