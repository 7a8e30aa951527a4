package org.visionfashion.weights.convert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.visionfashion.weights.SafetensorsWriter.Tensor;

/** The image tower under timm's names; query, key and value become one tensor. */
final class TimmNames {

  private static final Map<String, String> PARTS =
      Map.of(
          "layernorm_before", "norm1",
          "layernorm_after", "norm2",
          "attention.output.dense", "attn.proj",
          "intermediate.dense", "mlp.fc1",
          "output.dense", "mlp.fc2");
  private static final Map<String, String> OUTSIDE =
      Map.of(
          "embeddings.cls_token", "cls_token",
          "embeddings.position_embeddings", "pos_embed",
          "embeddings.patch_embeddings.projection.weight", "patch_embed.proj.weight",
          "embeddings.patch_embeddings.projection.bias", "patch_embed.proj.bias",
          "pre_layernorm.weight", "norm_pre.weight",
          "pre_layernorm.bias", "norm_pre.bias",
          "layernorm.weight", "norm.weight",
          "layernorm.bias", "norm.bias");
  private static final Pattern LAYER =
      Pattern.compile("encoder\\.layer\\.(\\d+)\\.(.+)\\.(weight|bias)");
  private static final Pattern INPUT = Pattern.compile("attention\\.attention\\.(query|key|value)");

  private TimmNames() {}

  /** Renames a tower whose names are below {@code image_encoder.}; a pooler is left out. */
  static Map<String, Tensor> of(Map<String, Tensor> tower) {
    Map<String, Tensor> renamed = new LinkedHashMap<>();
    tower.forEach((name, tensor) -> add(name, tensor, tower, renamed));
    return renamed;
  }

  private static void add(
      String name, Tensor tensor, Map<String, Tensor> tower, Map<String, Tensor> renamed) {
    Matcher layer = LAYER.matcher(name);
    if (OUTSIDE.containsKey(name)) {
      renamed.put(OUTSIDE.get(name), tensor);
    } else if (layer.matches()) {
      String block = "blocks." + layer.group(1) + ".";
      String kind = "." + layer.group(3);
      if (PARTS.containsKey(layer.group(2))) {
        renamed.put(block + PARTS.get(layer.group(2)) + kind, tensor);
      } else if (INPUT.matcher(layer.group(2)).matches()) {
        renamed.computeIfAbsent(block + "attn.qkv" + kind, fused -> inputs(name, tower));
      }
    }
  }

  private static Tensor inputs(String one, Map<String, Tensor> tower) {
    List<Tensor> parts = new ArrayList<>();
    for (String input : List.of("query", "key", "value")) {
      parts.add(tower.get(one.replaceFirst("query|key|value", input)));
    }
    return new Stacked(parts);
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
}
