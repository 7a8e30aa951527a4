package org.visionfashion.weights.onnx;

import java.util.List;
import java.util.Map;
import org.visionfashion.config.ModelConfig.Pooling;
import org.visionfashion.model.Architecture;
import org.visionfashion.model.Architecture.ImageTower;
import org.visionfashion.model.Architecture.Projection;
import org.visionfashion.model.Architecture.TextLayers;
import org.visionfashion.model.Architecture.TextTower;
import org.visionfashion.weights.checkpoint.ModelDescription;
import org.visionfashion.weights.file.SafetensorsWriter.Tensor;
import org.visionfashion.weights.onnx.Graph.Attribute;
import org.visionfashion.weights.onnx.Graph.Element;

/** A tower as a graph, see {@link OnnxFolder} for what goes in and comes out. */
final class TowerGraph {

  private static final String BATCH = "batch_size";

  private static final float LOWEST = -Float.MAX_VALUE;
  private static final float LOWEST_HALF = -65504;

  private final Architecture architecture;
  private final Graph graph;
  private final Blocks blocks;

  private TowerGraph(Architecture architecture, Graph graph) {
    this.architecture = architecture;
    this.graph = graph;
    this.blocks = new Blocks(graph);
  }

  static Graph image(ModelDescription model, Map<String, Tensor> weights, Precision precision) {
    Graph graph = new Graph("vision_model", weights, precision);
    new TowerGraph(model.architecture(), graph).image(model.headsTrained());
    return graph;
  }

  static Graph text(ModelDescription model, Map<String, Tensor> weights, Precision precision) {
    Graph graph = new Graph("text_model", weights, precision);
    new TowerGraph(model.architecture(), graph).text();
    return graph;
  }

  private void image(boolean heads) {
    ImageTower tower = architecture.image();
    String name = "image_encoder";
    String pixels =
        graph.input(
            "pixel_values",
            Element.FLOAT,
            BATCH,
            Architecture.CHANNELS,
            tower.height(),
            tower.width());
    String x =
        patches(tower, graph.cast(pixels, Element.FLOAT, graph.type()), name + ".embeddings");
    if (tower.stem().norm()) {
      x = blocks.layerNorm(x, name + ".pre_layernorm", tower.layer().epsilon());
    }
    for (int i = 0; i < tower.layers(); i++) {
      x = blocks.preNorm(x, name + ".encoder.layer." + i, tower.layer(), null);
    }
    x = blocks.layerNorm(x, name + ".layernorm", tower.layer().epsilon());
    if (tower.pooling() == Pooling.MEAN && tower.stem().classToken()) {
      x = slice(x, graph.integers(1), graph.integers(Long.MAX_VALUE), graph.integers(1));
    }
    String features =
        blocks.pooled(
            tower.pooling(),
            x,
            name + ".pooler",
            tower.layer(),
            null,
            Architecture.Vocabulary.NO_END);
    embedding("image_embeds", projected(features, tower.projection(), "image_projection"));
    if (heads) {
      head("category", features, architecture.categories());
      head("attribute", features, architecture.attributes());
    }
  }

  /** Pictures as a sequence (B, L, D). */
  private String patches(ImageTower tower, String pixels, String name) {
    long patch = tower.patch();
    long width = tower.hidden();
    String weight = graph.weight(name + ".patch_embeddings.projection.weight");
    List<Attribute> stride = List.of(Attribute.of("strides", new long[] {patch, patch}));
    String grid =
        tower.stem().patchBias()
            ? graph.node(
                "Conv",
                stride,
                pixels,
                weight,
                graph.weight(name + ".patch_embeddings.projection.bias"))
            : graph.node("Conv", stride, pixels, weight);
    String row = graph.node("Reshape", grid, graph.integers(0, width, -1));
    String x = blocks.transposed(row, 0, 2, 1);
    if (tower.stem().classToken()) {
      String batch = size(pixels, 0);
      String shape =
          graph.node("Concat", Attribute.of("axis", 0L), batch, graph.integers(1, width));
      String token = graph.node("Expand", graph.weight(name + ".cls_token"), shape);
      x = graph.node("Concat", Attribute.of("axis", 1L), token, x);
    }
    return graph.node("Add", x, graph.weight(name + ".position_embeddings"));
  }

  private void text() {
    TextTower tower = architecture.text();
    String name = "text_encoder";
    boolean bert = tower.style() == TextLayers.POST_NORM;
    Object length =
        tower.pooling() == Pooling.LAST ? tower.vocabulary().positions() : "sequence_length";
    String ids = graph.input("input_ids", Element.INT64, BATCH, length);
    String mask =
        bert || tower.pooling() == Pooling.MEAN
            ? graph.input("attention_mask", Element.INT64, BATCH, length)
            : null;
    String x = words(tower, ids, name + ".embeddings");
    String bias =
        switch (tower.style()) {
          case POST_NORM -> paddingBias(mask);
          case CAUSAL -> causalBias(tower.vocabulary().positions(), ids);
          case PRE_NORM -> null;
        };
    for (int i = 0; i < tower.layers(); i++) {
      String layer = name + ".encoder.layer." + i;
      x =
          bert
              ? blocks.postNorm(x, layer, tower.layer(), bias)
              : blocks.preNorm(x, layer, tower.layer(), bias);
    }
    if (!bert) {
      x = blocks.layerNorm(x, name + ".layernorm", tower.layer().epsilon());
    }
    String features =
        blocks.pooled(
            tower.pooling(),
            x,
            name + ".pooler",
            tower.layer(),
            tower.pooling() == Pooling.END_OF_TEXT ? ids : mask,
            tower.vocabulary().endOfText());
    embedding("text_embeds", projected(features, tower.projection(), "text_projection"));
  }

  private String words(TextTower tower, String ids, String name) {
    String words = graph.node("Gather", graph.weight(name + ".word_embeddings.weight"), ids);
    String positions =
        slice(
            graph.weight(name + ".position_embeddings.weight"),
            graph.integers(0),
            size(ids, 1),
            graph.integers(0));
    if (tower.vocabulary().tokenTypes() == 0) {
      return graph.node("Add", words, positions);
    }
    // All tokens are of the first type: texts are no pairs.
    String type =
        graph.node(
            "Gather", graph.weight(name + ".token_type_embeddings.weight"), graph.integers(0));
    String sum = graph.node("Add", graph.node("Add", words, type), positions);
    return blocks.layerNorm(sum, name + ".LayerNorm", tower.layer().epsilon());
  }

  /** (B, 1, 1, L): 0 at tokens, the lowest number at padding. */
  private String paddingBias(String mask) {
    String seen = graph.cast(mask, Element.INT64, graph.type());
    String hidden = graph.node("Sub", graph.number(1), seen);
    String bias = graph.node("Mul", hidden, graph.number(lowest()));
    return graph.node("Unsqueeze", bias, graph.integers(1, 2));
  }

  /** (L, L): the lowest number above the diagonal, cut from that of the whole context. */
  private String causalBias(int positions, String ids) {
    float[] bias = new float[positions * positions];
    for (int row = 0; row < positions; row++) {
      for (int column = row + 1; column < positions; column++) {
        bias[row * positions + column] = lowest();
      }
    }
    String all = graph.numbers(bias, positions, positions);
    String length = size(ids, 1);
    String ends = graph.node("Concat", Attribute.of("axis", 0L), length, length);
    return slice(all, graph.integers(0, 0), ends, graph.integers(0, 1));
  }

  private float lowest() {
    return graph.type() == Element.HALF ? LOWEST_HALF : LOWEST;
  }

  private String projected(String features, Projection projection, String name) {
    return projection == Projection.NONE
        ? features
        : blocks.linear(features, name, projection == Projection.LINEAR);
  }

  private void embedding(String name, String projected) {
    graph.output(name, blocks.normalised(projected), BATCH, architecture.embeddingSize());
  }

  private void head(String name, String features, int outputs) {
    if (outputs > 0) {
      String logits = blocks.linear(features, name + "_head", true);
      graph.output(
          name + "_logits", graph.cast(logits, graph.type(), Element.FLOAT), BATCH, outputs);
    }
  }

  private String slice(String x, String starts, String ends, String axes) {
    return graph.node("Slice", x, starts, ends, axes);
  }

  /** The size of an axis, a vector of one. */
  private String size(String x, long axis) {
    return graph.node(
        "Shape", List.of(Attribute.of("start", axis), Attribute.of("end", axis + 1)), x);
  }
}
