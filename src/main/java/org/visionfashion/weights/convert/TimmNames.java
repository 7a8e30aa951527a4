package org.visionfashion.weights.convert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.visionfashion.weights.file.SafetensorsWriter.Tensor;
import org.visionfashion.weights.pretrained.NameMap;

/** The image tower under timm's names; query, key and value become one tensor. */
final class TimmNames {

  private static final List<String> OUTSIDE =
      List.of(
          "cls_token",
          "pos_embed",
          "patch_embed.proj.weight",
          "patch_embed.proj.bias",
          "norm_pre.weight",
          "norm_pre.bias",
          "norm.weight",
          "norm.bias");
  private static final List<String> BLOCK =
      List.of("norm1", "attn.qkv", "attn.proj", "norm2", "mlp.fc1", "mlp.fc2");

  private static final String POSITIONS = "pos_embed";
  private static final String PATCH_BIAS = "patch_embed.proj.bias";

  private TimmNames() {}

  /** Renames a tower whose names are below {@code image_encoder.}; a pooler is left out. */
  static Map<String, Tensor> of(Map<String, Tensor> tower) {
    Map<String, Tensor> renamed = new LinkedHashMap<>();
    for (String name : names(tower)) {
      List<String> parts = NameMap.TIMM.targets(name);
      if (tower.keySet().containsAll(parts)) {
        renamed.put(name, fused(parts.stream().map(tower::get).toList()));
      }
    }
    if (renamed.containsKey("norm_pre.weight") && renamed.containsKey(PATCH_BIAS)) {
      renamed.put(POSITIONS, new Shifted(renamed.get(POSITIONS), renamed.remove(PATCH_BIAS)));
    }
    return renamed;
  }

  /** All names that timm could give to a tower with so many layers. */
  private static List<String> names(Map<String, Tensor> tower) {
    List<String> names = new ArrayList<>(OUTSIDE);
    for (int i = 0; tower.containsKey("encoder.layer." + i + ".layernorm_before.weight"); i++) {
      String block = "blocks." + i + ".";
      BLOCK.stream()
          .flatMap(part -> Stream.of(block + part + ".weight", block + part + ".bias"))
          .forEach(names::add);
    }
    return names;
  }

  private static Tensor fused(List<Tensor> parts) {
    return parts.size() == 1 ? parts.get(0) : new Stacked(parts);
  }

  /** Tensors of one shape, one behind the other along the first axis. */
  private record Stacked(List<Tensor> parts) implements Tensor {

    @Override
    public long[] shape() {
      long[] shape = parts.get(0).shape().clone();
      shape[0] *= parts.size();
      return shape;
    }

    @Override
    public float[] values() {
      float[] first = parts.get(0).values();
      float[] all = new float[first.length * parts.size()];
      System.arraycopy(first, 0, all, 0, first.length);
      for (int i = 1; i < parts.size(); i++) {
        System.arraycopy(parts.get(i).values(), 0, all, i * first.length, first.length);
      }
      return all;
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
