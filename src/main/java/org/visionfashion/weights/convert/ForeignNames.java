package org.visionfashion.weights.convert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.base.UserError;
import org.visionfashion.weights.file.SafetensorsWriter.Tensor;
import org.visionfashion.weights.file.Stacked;
import org.visionfashion.weights.file.Transposed;
import org.visionfashion.weights.pretrained.NameMap;
import org.visionfashion.weights.pretrained.NameMap.Form;
import org.visionfashion.weights.pretrained.NameMap.Place;

/**
 * Tensors under another library's names, in its shapes; what has no place there is left out.
 *
 * @param tensors by the other library's names
 * @param without this project's names of what is left out
 */
record ForeignNames(Map<String, Tensor> tensors, List<String> without) {

  private static final Logger LOG = LoggerFactory.getLogger(ForeignNames.class);

  private static final String POSITIONS = "pos_embed";
  private static final String PATCH_BIAS = "patch_embed.proj.bias";

  /**
   * Renames tensors.
   *
   * @param own by this project's names, those of a tower below its prefix
   * @throws UserError where of several that are one tensor there some are missing
   */
  static ForeignNames of(NameMap map, Map<String, Tensor> own) {
    List<String> without = new ArrayList<>();
    Map<String, Tensor[]> places = new LinkedHashMap<>();
    own.forEach(
        (name, tensor) -> {
          Optional<Place> found = map.place(name);
          found.ifPresentOrElse(
              place ->
                  places
                          .computeIfAbsent(place.name(), any -> new Tensor[place.parts()])[
                          place.part()] =
                      shaped(tensor, place.form()),
              () -> without.add(name));
        });
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    places.forEach((name, parts) -> tensors.put(name, joined(name, Arrays.asList(parts))));
    if (tensors.containsKey("norm_pre.weight") && tensors.containsKey(PATCH_BIAS)) {
      tensors.put(POSITIONS, new Shifted(tensors.get(POSITIONS), tensors.remove(PATCH_BIAS)));
    }
    return new ForeignNames(tensors, without);
  }

  /** The tensors of {@link #of}; what is left out is told. */
  static Map<String, Tensor> told(NameMap names, Map<String, Tensor> own) {
    ForeignNames renamed = of(names, own);
    if (!renamed.without().isEmpty()) {
      LOG.warn("Left out, for which {} has no name: {}", names.label(), renamed.without());
    }
    return renamed.tensors();
  }

  private static Tensor joined(String name, List<Tensor> parts) {
    if (parts.contains(null)) {
      throw new UserError(name + " cannot be written: the weights lack a part of it");
    }
    return parts.size() == 1 ? parts.get(0) : new Stacked(parts);
  }

  private static Tensor shaped(Tensor tensor, Form form) {
    return switch (form) {
      case SAME -> tensor;
      case TRANSPOSED -> new Transposed(tensor);
      case UNBATCHED -> {
        long[] shape = tensor.shape();
        int axis = 0;
        while (axis < shape.length - 1 && shape[axis] == 1) {
          axis++;
        }
        yield new Reshaped(tensor, Arrays.copyOfRange(shape, axis, shape.length));
      }
      case VECTOR -> new Reshaped(tensor, new long[] {1});
    };
  }

  /** The same values in another shape. */
  private record Reshaped(Tensor tensor, long[] shape) implements Tensor {

    @Override
    public float[] values() {
      return tensor.values();
    }
  }

  /**
   * Positions (1, L, D) with the patches' bias (D) in them. Where a norm follows, timm's patches
   * have no bias; the sum of both is the same.
   */
  private record Shifted(Tensor positions, Tensor bias) implements Tensor {

    @Override
    public long[] shape() {
      return positions.shape();
    }

    @Override
    public float[] values() {
      float[] shifted = positions.values();
      float[] bias_D = bias.values();
      for (int i = bias_D.length; i < shifted.length; i++) { // the class token comes first
        shifted[i] += bias_D[i % bias_D.length];
      }
      return shifted;
    }
  }
}
