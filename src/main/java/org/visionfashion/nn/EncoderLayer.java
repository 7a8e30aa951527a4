package org.visionfashion.nn;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.visionfashion.config.ModelConfig.Activation;
import org.visionfashion.config.ModelConfig.Pooling;
import org.visionfashion.nn.ParameterValues.Initial;

/**
 * One transformer layer: self-attention and an MLP, each with a residual. The arithmetic is one
 * TorchScript call ({@code pre_norm_layer}, {@code post_norm_layer}); this class holds the tensors
 * in the order that call takes them.
 */
public final class EncoderLayer {

  private final MatmulOperands operands;
  private final List<NDArray> norms;
  private final Map<Pass, NDArray> constants = new HashMap<>();

  /** What of a layer is wanted, which its constants tell the operation. */
  private record Pass(boolean training, Wanted wanted) {}

  /** Of which tokens the output is wanted; attention looks at all of them in any case. */
  public enum Wanted {
    ALL,
    /** Of the first alone, (B, 1, D): five sixths of a layer's work are spared. */
    FIRST;

    /** What the layer before a pooler has to give. */
    public static Wanted by(Pooling pooling) {
      return switch (pooling) {
        case CLS, POOLER -> FIRST;
        case MEAN, ATTENTION, END_OF_TEXT, LAST -> ALL;
      };
    }
  }

  /**
   * Where the parts of a layer stand in the state dict.
   *
   * @param projections prefix of query, key and value
   * @param firstNorm the norm before (ViT) or behind (BERT) attention
   * @param secondNorm the norm before or behind the MLP
   */
  public record Names(String projections, String firstNorm, String secondNorm) {

    /** Hugging Face's {@code ViTLayer}. */
    public static final Names VIT =
        new Names("attention.attention", "layernorm_before", "layernorm_after");

    /** Hugging Face's {@code BertLayer}. */
    public static final Names BERT =
        new Names("attention.self", "attention.output.LayerNorm", "output.LayerNorm");
  }

  /** Sizes shared by all layers of an encoder. */
  public record Sizes(
      int width,
      int heads,
      int intermediate,
      Activation activation,
      double epsilon,
      double dropout) {

    /** As used outside training. */
    public Sizes withoutDropout() {
      return new Sizes(width, heads, intermediate, activation, epsilon, 0);
    }
  }

  /**
   * @param causal whether a token sees only itself and those before it, as in CLIP's text tower
   */
  public EncoderLayer(
      Parameters parameters, String name, Names names, Sizes sizes, boolean causal) {
    int d = sizes.width();
    operands = products(parameters, name, names, sizes);
    List<NDArray> list = new ArrayList<>();
    for (String norm : List.of(names.firstNorm(), names.secondNorm())) {
      list.add(parameters.create(name + "." + norm + ".weight", Initial.ONE, d));
      list.add(parameters.create(name + "." + norm + ".bias", Initial.ZERO, d));
    }
    norms = List.copyOf(list);
    for (Wanted wanted : Wanted.values()) {
      constants.put(
          new Pass(true, wanted), constants(parameters, sizes, sizes.dropout(), wanted, causal));
      constants.put(new Pass(false, wanted), constants(parameters, sizes, 0, wanted, causal));
    }
  }

  /** The weights of attention and MLP, in the order of {@code layer_products}. */
  static MatmulOperands products(Parameters parameters, String name, Names names, Sizes sizes) {
    int d = sizes.width();
    List<NDArray> list = new ArrayList<>();
    for (String projection : List.of("query", "key", "value")) {
      dense(list, parameters, name + "." + names.projections() + "." + projection, d, d);
    }
    dense(list, parameters, name + ".attention.output.dense", d, d);
    dense(list, parameters, name + ".intermediate.dense", d, sizes.intermediate());
    dense(list, parameters, name + ".output.dense", sizes.intermediate(), d);
    return new MatmulOperands(parameters, "layer_products", list);
  }

  static NDArray constants(
      Parameters parameters, Sizes sizes, double dropout, Wanted wanted, boolean causal) {
    return parameters.constants(numbers(sizes, dropout, wanted, causal));
  }

  /** The numbers that an operation on a layer takes, in its order. */
  public static double[] numbers(Sizes sizes, double dropout, Wanted wanted, boolean causal) {
    return new double[] {
      sizes.heads(),
      sizes.epsilon(),
      dropout,
      number(sizes.activation()),
      wanted == Wanted.FIRST ? 1 : 0,
      causal ? 1 : 0
    };
  }

  /** What the operations call an activation. */
  private static int number(Activation activation) {
    return switch (activation) {
      case GELU -> 0;
      case QUICK_GELU -> 1;
      case GELU_TANH -> 2;
    };
  }

  private static void dense(
      List<NDArray> list, Parameters parameters, String name, int in, int out) {
    list.add(parameters.create(name + ".weight", Initial.TRUNCATED_NORMAL, out, in));
    list.add(parameters.create(name + ".bias", Initial.ZERO, out));
  }

  /**
   * {@code x += attention(LN(x)); x += mlp(LN(x))} on (B, L, D): the Vision Transformer's layer.
   */
  public NDArray preNorm(NDArray x_BLD, boolean training, Wanted wanted) {
    return operands.call(
        "pre_norm_layer", training, List.of(x_BLD, constants(training, wanted)), norms);
  }

  /**
   * The attention weights (B, H, L, L) of {@link #preNorm} on (B, L, D): with which share token i
   * (row) looks at token j (column), rows that sum to 1. To look at, not to train with.
   */
  public NDArray preNormAttention(NDArray x_BLD) {
    return operands.call(
        "pre_norm_attention", false, List.of(x_BLD, constants(false, Wanted.ALL)), norms);
  }

  /**
   * {@code x = LN(x + attention(x)); x = LN(x + mlp(x))} on (B, L, D): BERT's layer.
   *
   * @param maskBias_B11L 0 at tokens, the most negative float at padding
   */
  public NDArray postNorm(NDArray x_BLD, NDArray maskBias_B11L, boolean training, Wanted wanted) {
    return operands.call(
        "post_norm_layer",
        training,
        List.of(x_BLD, maskBias_B11L, constants(training, wanted)),
        norms);
  }

  private NDArray constants(boolean training, Wanted wanted) {
    return constants.get(new Pass(training, wanted));
  }
}
