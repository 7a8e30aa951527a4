package org.visionfashion.nn;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.visionfashion.config.ModelConfig.Activation;
import org.visionfashion.nn.ParameterValues.Initial;

/**
 * One transformer layer: self-attention and an MLP, each with a residual. The arithmetic is one
 * TorchScript call ({@code pre_norm_layer}, {@code post_norm_layer}); this class holds the 16
 * tensors in the order that call takes them.
 */
public final class EncoderLayer {

  private final Parameters parameters;
  private final List<NDArray> weights;
  private final NDArray constants;
  private final NDArray withoutDropout;

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
      double dropout) {}

  public EncoderLayer(Parameters parameters, String name, Names names, Sizes sizes) {
    this.parameters = parameters;
    int d = sizes.width();
    List<NDArray> list = new ArrayList<>();
    for (String projection : List.of("query", "key", "value")) {
      dense(list, parameters, name + "." + names.projections() + "." + projection, d, d);
    }
    dense(list, parameters, name + ".attention.output.dense", d, d);
    dense(list, parameters, name + ".intermediate.dense", d, sizes.intermediate());
    dense(list, parameters, name + ".output.dense", sizes.intermediate(), d);
    for (String norm : List.of(names.firstNorm(), names.secondNorm())) {
      list.add(parameters.create(name + "." + norm + ".weight", Initial.ONE, d));
      list.add(parameters.create(name + "." + norm + ".bias", Initial.ZERO, d));
    }
    weights = List.copyOf(list);
    int quick = sizes.activation() == Activation.QUICK_GELU ? 1 : 0;
    constants = parameters.constants(sizes.heads(), sizes.epsilon(), sizes.dropout(), quick);
    withoutDropout = parameters.constants(sizes.heads(), sizes.epsilon(), 0, quick);
  }

  private static void dense(
      List<NDArray> list, Parameters parameters, String name, int in, int out) {
    list.add(parameters.create(name + ".weight", Initial.TRUNCATED_NORMAL, out, in));
    list.add(parameters.create(name + ".bias", Initial.ZERO, out));
  }

  /**
   * {@code x += attention(LN(x)); x += mlp(LN(x))} on (B, L, D): the Vision Transformer's layer.
   */
  public NDArray preNorm(NDArray x_BLD, boolean training) {
    return parameters.operations().call("pre_norm_layer", arguments(training, x_BLD));
  }

  /**
   * The attention weights (B, H, L, L) of {@link #preNorm} on (B, L, D): with which share token i
   * (row) looks at token j (column), rows that sum to 1. To look at, not to train with.
   */
  public NDArray preNormAttention(NDArray x_BLD) {
    return parameters.operations().call("pre_norm_attention", arguments(false, x_BLD));
  }

  /**
   * {@code x = LN(x + attention(x)); x = LN(x + mlp(x))} on (B, L, D): BERT's layer.
   *
   * @param maskBias_B11L 0 at tokens, the most negative float at padding
   */
  public NDArray postNorm(NDArray x_BLD, NDArray maskBias_B11L, boolean training) {
    return parameters
        .operations()
        .call("post_norm_layer", arguments(training, x_BLD, maskBias_B11L));
  }

  private NDArray[] arguments(boolean training, NDArray... inputs) {
    List<NDArray> arguments = new ArrayList<>(List.of(inputs));
    arguments.add(training ? constants : withoutDropout);
    arguments.add(parameters.matrixType(training));
    arguments.addAll(weights);
    return arguments.toArray(NDArray[]::new);
  }
}
