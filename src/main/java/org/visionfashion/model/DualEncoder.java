package org.visionfashion.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.visionfashion.engine.MatrixType;
import org.visionfashion.engine.Memory;
import org.visionfashion.engine.NativeArrays;
import org.visionfashion.engine.Operations;
import org.visionfashion.nn.Linear;
import org.visionfashion.nn.ParameterValues;
import org.visionfashion.nn.ParameterValues.Initial;
import org.visionfashion.nn.Parameters;

/**
 * VisionFashion: two towers that meet in one embedding space, and two heads on the image features.
 * Parameter names are those of the checkpoint. B batch, E embedding size, D width of the image
 * tower.
 */
public final class DualEncoder implements AutoCloseable {

  /** Most pairs of a batch do not belong together (Zhai et al. 2023, section 3.2). */
  private static final Initial FIRST_BIAS = new Initial.Constant(-10);

  private final Architecture architecture;
  private final Parameters parameters;
  private final VisionTransformer imageEncoder;
  private final TextEncoder textEncoder;
  private final Optional<Linear> imageProjection;
  private final Optional<Linear> textProjection;
  private final NDArray logScale;
  private final NDArray largestLogScale;
  private final NDArray logitBias;
  private final Linear categoryHead;
  private final Linear attributeHead;

  /**
   * Builds the model on a device.
   *
   * @param values the parameters' first values, random or from a file
   */
  public DualEncoder(Architecture architecture, Device device, ParameterValues values) {
    this(architecture, new Parameters(device, values));
  }

  private DualEncoder(Architecture architecture, Parameters parameters) {
    this.architecture = architecture;
    this.parameters = parameters;
    try {
      imageEncoder = new VisionTransformer(parameters, "image_encoder", architecture.image());
      textEncoder = new TextEncoder(parameters, "text_encoder", architecture.text());
      int d = architecture.image().hidden();
      int e = architecture.embeddingSize();
      imageProjection = projection(parameters, "image_projection", architecture.image(), e);
      textProjection = projection(parameters, "text_projection", architecture.text(), e);
      logScale = parameters.create("logit_scale", Initial.ZERO);
      largestLogScale = parameters.constants(Math.log(architecture.similarity().maxScale()));
      logitBias =
          architecture.similarity().bias() ? parameters.create("logit_bias", FIRST_BIAS) : null;
      categoryHead = head("category_head", d, architecture.categories());
      attributeHead = head("attribute_head", d, architecture.attributes());
    } catch (RuntimeException failure) {
      parameters.close();
      throw failure;
    }
  }

  /** Names and shapes of all parameters of an architecture; none of them is allocated. */
  public static Map<String, long[]> shapes(Architecture architecture) {
    try (Parameters outline = Parameters.outline()) {
      return new DualEncoder(architecture, outline).parameters.shapes();
    }
  }

  /** The same model on a device of its own, with the weights as they are now. */
  public DualEncoder copyOn(Device device) {
    return new DualEncoder(
        architecture,
        device,
        (name, shape, initial) -> tensor -> tensor.put(parameters().get(name).toByteBuffer()));
  }

  /** Nothing where the tower ends in the common space. */
  private static Optional<Linear> projection(
      Parameters parameters, String name, Architecture.Tower tower, int out) {
    return switch (tower.projection()) {
      case LINEAR -> Optional.of(new Linear(parameters, name, tower.hidden(), out));
      case WITHOUT_BIAS -> Optional.of(new Linear(parameters, name, tower.hidden(), out, false));
      case NONE -> Optional.empty();
    };
  }

  /** Data without categories, or without attributes, give a model without that head. */
  private Linear head(String name, int in, int out) {
    return out == 0 ? null : new Linear(parameters, name, in, out);
  }

  /** Normalised pixels (B, 3, H, W) to image features (B, D), what the heads read. */
  public NDArray imageFeatures(NDArray pixels_BCHW, boolean training) {
    return imageEncoder.forward(pixels_BCHW, training);
  }

  /** Image features (B, D) to embeddings of length 1 (B, E). */
  public NDArray imageEmbeddings(NDArray features_BD) {
    return operations().call("l2_normalise", projected(imageProjection, features_BD));
  }

  /**
   * Normalised pixels (B, 3, H, W) to an embedding of length 1 of every patch (B, P, E), row by
   * row: its cosine with a text's embedding says how much the patch speaks of the text.
   */
  public NDArray patchEmbeddings(NDArray pixels_BCHW) {
    NDArray features_BPD = imageEncoder.patchFeatures(pixels_BCHW);
    Shape shape = features_BPD.getShape();
    NDArray features_ND = features_BPD.reshape(-1, shape.get(2));
    return imageEmbeddings(features_ND)
        .reshape(shape.get(0), shape.get(1), architecture.embeddingSize());
  }

  /** Tokens (B, L) to embeddings of length 1 (B, E). */
  public NDArray textEmbeddings(Tokens tokens, boolean training) {
    NDArray features_BD = textEncoder.forward(tokens, training);
    return operations().call("l2_normalise", projected(textProjection, features_BD));
  }

  private static NDArray projected(Optional<Linear> projection, NDArray features_BD) {
    return projection.map(linear -> linear.forward(features_BD)).orElse(features_BD);
  }

  /** Image features (B, D) to logits of the categories (B, C); C must not be 0. */
  public NDArray categoryLogits(NDArray features_BD) {
    return categoryHead.forward(features_BD);
  }

  /** Image features (B, D) to logits of the attributes (B, A); A must not be 0. */
  public NDArray attributeLogits(NDArray features_BD) {
    return attributeHead.forward(features_BD);
  }

  /** Logarithm of the scale that similarities are multiplied by, a scalar. */
  public NDArray logScale() {
    return logScale;
  }

  /**
   * Brings the logarithm of the scale back between 0 and that of the architecture's largest scale,
   * as CLIP does after each step of the optimizer (open_clip's {@code logit_scale.clamp_}). Unlike
   * a bound inside the loss this leaves the scale its gradient: it can come back. No gradients may
   * be recorded meanwhile.
   */
  public void clampScale() {
    operations().call("clamp_log_scale", largestLogScale, logScale).close();
  }

  /** What is added to scaled similarities, a scalar; the architecture must have it. */
  public NDArray logitBias() {
    return logitBias;
  }

  public VisionTransformer imageEncoder() {
    return imageEncoder;
  }

  public TextEncoder textEncoder() {
    return textEncoder;
  }

  public Architecture architecture() {
    return architecture;
  }

  /**
   * From here on the towers' matrix products run in this type while training; weights, gradients
   * and everything else stay FP32, as does all that is not training.
   */
  public void trainIn(MatrixType type) {
    parameters.trainIn(type);
  }

  /** See {@link Parameters#encodeIn}. */
  public void encodeIn(MatrixType type) {
    parameters.encodeIn(type);
  }

  /** The type that it encodes in, outside training. */
  public MatrixType encodingType() {
    return parameters.encodingType();
  }

  /** See {@link Parameters#holdOperands}. */
  public void holdOperands(NDManager scope) {
    parameters.holdOperands(scope);
  }

  /** See {@link Parameters#releaseOperands}. */
  public void releaseOperands() {
    parameters.releaseOperands();
  }

  /** All parameters by name. */
  public Map<String, NDArray> parameters() {
    return parameters.tensors();
  }

  public Operations operations() {
    return parameters.operations();
  }

  /** How many numbers the model has learnt or will learn. */
  public long parameterCount() {
    return parameters().values().stream().mapToLong(NDArray::size).sum();
  }

  /**
   * For about how many examples at once there is memory to train. A pass was measured to take one
   * to two times what the architecture says.
   *
   * @param tokens of a long caption
   */
  public long trainingRoom(int tokens) {
    long free = Memory.available(device());
    return free / 3 / architecture.trainingBytes(tokens);
  }

  public Device device() {
    return parameters.manager().getDevice();
  }

  /** A scope for the tensors of one step, on the model's device. */
  public NDManager newScope() {
    return parameters.manager().newSubManager();
  }

  /** Numbers for an operation, kept for the life of the model. */
  public NDArray constants(double... numbers) {
    return parameters.constants(numbers);
  }

  /** A number a colour channel, (3, 1, 1) on the model's device, kept for the life of the model. */
  NDArray channels(List<Double> numbers) {
    float[] values = new float[numbers.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers.get(i).floatValue();
    }
    return NativeArrays.create(parameters.manager(), values, new Shape(values.length, 1, 1));
  }

  @Override
  public void close() {
    parameters.close();
  }
}
