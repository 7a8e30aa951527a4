package org.visionfashion.weights.onnx;

import java.util.List;
import org.visionfashion.config.ModelConfig.Activation;
import org.visionfashion.config.ModelConfig.Pooling;
import org.visionfashion.nn.EncoderLayer;
import org.visionfashion.nn.EncoderLayer.Names;
import org.visionfashion.weights.onnx.Graph.Attribute;
import org.visionfashion.weights.onnx.Graph.Element;

/** The blocks of the towers as nodes, each the counterpart of an operation of the model. */
final class Blocks {

  private static final double ROOT_OF_2 = Math.sqrt(2);
  private static final double ROOT_OF_2_BY_PI = Math.sqrt(2 / Math.PI);
  private static final double SHORTEST = 1e-12;

  private final Graph graph;

  Blocks(Graph graph) {
    this.graph = graph;
  }

  /** (..., in) to (..., out). */
  String linear(String x, String name, boolean bias) {
    String product = graph.product(x, name + ".weight");
    return bias ? graph.node("Add", product, graph.weight(name + ".bias")) : product;
  }

  /** Over the last axis; inside in floats whatever the type. */
  String layerNorm(String x, String name, double epsilon) {
    return graph.node(
        "LayerNormalization",
        List.of(Attribute.of("axis", -1L), Attribute.of("epsilon", epsilon)),
        x,
        graph.weight(name + ".weight"),
        graph.weight(name + ".bias"));
  }

  /** The forms that runtimes know as one operation. */
  private String activation(String x, Activation kind) {
    return switch (kind) {
      case GELU -> {
        String erf = graph.node("Erf", graph.node("Div", x, graph.number(ROOT_OF_2)));
        yield halved(graph.node("Mul", x, plus1(erf)));
      }
      case QUICK_GELU -> {
        String share = graph.node("Sigmoid", graph.node("Mul", x, graph.number(1.702)));
        yield graph.node("Mul", x, share);
      }
      case GELU_TANH -> {
        String cube = graph.node("Mul", graph.node("Mul", x, x), x);
        String inner = graph.node("Add", x, graph.node("Mul", cube, graph.number(0.044715)));
        String tanh = graph.node("Tanh", graph.node("Mul", inner, graph.number(ROOT_OF_2_BY_PI)));
        yield halved(graph.node("Mul", x, plus1(tanh)));
      }
    };
  }

  private String plus1(String x) {
    return graph.node("Add", x, graph.number(1));
  }

  private String halved(String x) {
    return graph.node("Mul", x, graph.number(0.5));
  }

  private String mlp(String x, String name, EncoderLayer.Sizes sizes) {
    String hidden = linear(x, name + ".intermediate.dense", true);
    return linear(activation(hidden, sizes.activation()), name + ".output.dense", true);
  }

  /**
   * What queries (B or 1, Q, D) see of (B, L, D), as (B, Q, D).
   *
   * @param bias what is added to scores (B, H, Q, L), null for nothing
   */
  private String attention(
      String queries, String x, String name, Names names, EncoderLayer.Sizes sizes, String bias) {
    String projections = name + "." + names.projections();
    double scale = 1 / Math.sqrt((double) sizes.width() / sizes.heads());
    String query = linear(queries, projections + ".query", true);
    String q = heads(graph.node("Mul", query, graph.number(scale)), sizes, 0, 2, 1, 3);
    String k = heads(linear(x, projections + ".key", true), sizes, 0, 2, 3, 1);
    String v = heads(linear(x, projections + ".value", true), sizes, 0, 2, 1, 3);
    String scores = graph.node("MatMul", q, k);
    String seen = bias == null ? scores : graph.node("Add", scores, bias);
    String shares = graph.node("Softmax", Attribute.of("axis", -1L), seen);
    String each = transposed(graph.node("MatMul", shares, v), 0, 2, 1, 3);
    String joined = graph.node("Reshape", each, graph.integers(0, 0, sizes.width()));
    return linear(joined, name + ".attention.output.dense", true);
  }

  private String heads(String x, EncoderLayer.Sizes sizes, long... order) {
    String shape = graph.integers(0, 0, sizes.heads(), sizes.width() / sizes.heads());
    return transposed(graph.node("Reshape", x, shape), order);
  }

  String transposed(String x, long... order) {
    return graph.node("Transpose", Attribute.of("perm", order), x);
  }

  /** {@code x += attention(LN(x)); x += mlp(LN(x))}. */
  String preNorm(String x, String name, EncoderLayer.Sizes sizes, String bias) {
    Names names = Names.VIT;
    String first = layerNorm(x, name + "." + names.firstNorm(), sizes.epsilon());
    String y = graph.node("Add", x, attention(first, first, name, names, sizes, bias));
    String second = layerNorm(y, name + "." + names.secondNorm(), sizes.epsilon());
    return graph.node("Add", y, mlp(second, name, sizes));
  }

  /** {@code x = LN(x + attention(x)); x = LN(x + mlp(x))}. */
  String postNorm(String x, String name, EncoderLayer.Sizes sizes, String bias) {
    Names names = Names.BERT;
    String attended = graph.node("Add", x, attention(x, x, name, names, sizes, bias));
    String y = layerNorm(attended, name + "." + names.firstNorm(), sizes.epsilon());
    String sum = graph.node("Add", y, mlp(y, name, sizes));
    return layerNorm(sum, name + "." + names.secondNorm(), sizes.epsilon());
  }

  /**
   * (B, L, D) to (B, D).
   *
   * @param name the prefix of the pooling's parameters, where it has any
   * @param tokens of a text: its ids for {@code END_OF_TEXT}, its mask for {@code MEAN}; of a
   *     picture nothing: its mean is of what it is given
   */
  String pooled(
      Pooling pooling, String x, String name, EncoderLayer.Sizes sizes, String tokens, int end) {
    return switch (pooling) {
      case CLS -> token(x, 0);
      case LAST -> token(x, -1);
      case POOLER -> graph.node("Tanh", linear(token(x, 0), name + ".dense", true));
      case MEAN -> tokens == null ? mean(x) : mean(x, tokens);
      case END_OF_TEXT -> endOfText(x, tokens, end);
      case ATTENTION -> {
        String query = graph.weight(name + ".query");
        String y = attention(query, x, name, Names.VIT, sizes, null);
        String normed = layerNorm(y, name + ".layernorm", sizes.epsilon());
        yield token(graph.node("Add", y, mlp(normed, name, sizes)), 0);
      }
    };
  }

  private String token(String x, long index) {
    String one = graph.node("Gather", Attribute.of("axis", 1L), x, graph.integers(index));
    return graph.node("Squeeze", one, graph.integers(1));
  }

  private String mean(String x) {
    return graph.node(
        "ReduceMean",
        List.of(Attribute.of("axes", new long[] {1}), Attribute.of("keepdims", 0L)),
        x);
  }

  private String mean(String x, String mask) {
    String share =
        graph.node("Unsqueeze", graph.cast(mask, Element.INT64, graph.type()), graph.integers(2));
    return graph.node("Div", sum(graph.node("Mul", x, share), 0), sum(share, 0));
  }

  private String sum(String x, long keep) {
    return graph.node("ReduceSum", Attribute.of("keepdims", keep), x, graph.integers(1));
  }

  /** The first end of each row; one without fails, for its index is L. */
  private String endOfText(String x, String ids, int end) {
    String ends = count(graph.node("Equal", ids, graph.integers(end)));
    String seen = graph.node("CumSum", ends, graph.integers(1));
    String before = count(graph.node("Equal", seen, graph.integers(0)));
    return graph.node("GatherND", Attribute.of("batch_dims", 1L), x, sum(before, 1));
  }

  private String count(String condition) {
    return graph.cast(condition, Element.BOOLEAN, Element.INT64);
  }

  /** Rows of length 1, in floats. */
  String normalised(String x) {
    String floats = graph.cast(x, graph.type(), Element.FLOAT);
    String length = graph.node("ReduceL2", Attribute.of("axes", new long[] {-1}), floats);
    return graph.node("Div", floats, graph.node("Max", length, graph.wholeFloat(SHORTEST)));
  }
}
