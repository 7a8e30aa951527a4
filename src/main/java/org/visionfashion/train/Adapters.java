package org.visionfashion.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.visionfashion.base.UserError;
import org.visionfashion.config.LayerRatesConfig;
import org.visionfashion.engine.Gradients;
import org.visionfashion.engine.Operations;

/**
 * Low-rank adapters (Hu et al. 2022, LoRA): to each matrix W (out, in) of the towers' layers is
 * added alpha / R times up (out, R) times down (R, in), and these two train in its place. The sum
 * is always merged, so that nothing else knows of adapters; the gradients of the factors follow
 * from that of W by the chain rule. This spares the memory of W's moments, not of its gradient.
 */
final class Adapters implements AutoCloseable {

  private static final Pattern LAYER =
      Pattern.compile("(image|text)_encoder\\.encoder\\.layer\\..*\\.weight");

  private final Operations operations;
  private final NDManager manager;
  private final double scale;
  private final Map<String, NDArray> trained = new LinkedHashMap<>();
  private final Map<String, NDArray> matrices = new LinkedHashMap<>();
  private final Map<String, NDArray> bases = new LinkedHashMap<>();
  private final Map<String, NDArray> downs = new LinkedHashMap<>();
  private final Map<String, NDArray> ups = new LinkedHashMap<>();

  /**
   * Begins with the weights as they are, to which nothing is added yet.
   *
   * @param manager the factors live in it; closed with this
   * @param parameters that the loss reaches, by name
   * @param seed of the factors
   * @throws UserError where there is no matrix to add to
   */
  Adapters(
      Operations operations,
      NDManager manager,
      Map<String, NDArray> parameters,
      LayerRatesConfig config,
      long seed) {
    this.operations = operations;
    this.manager = manager;
    this.scale = config.loraAlpha() / Math.max(1, config.loraRank());
    parameters.forEach(
        (name, array) -> {
          if (config.loraRank() > 0 && adapts(name, array)) {
            add(name, array, config.loraRank(), seed);
          } else {
            trained.put(name, array);
          }
        });
    if (config.loraRank() > 0 && matrices.isEmpty()) {
      throw new UserError(
          "lora_rank = %d, but no matrix of the towers' layers is trained: freeze less, or set it to 0"
              .formatted(config.loraRank()));
    }
    if (!matrices.isEmpty()) {
      operations.assign(bases.values(), matrices.values());
    }
  }

  /** Whether a parameter is a matrix that gets an adapter. */
  static boolean adapts(String name, NDArray parameter) {
    return parameter.getShape().dimension() == 2 && LAYER.matcher(name).matches();
  }

  private void add(String name, NDArray matrix, int rank, long seed) {
    int in = (int) matrix.getShape().get(1);
    matrix.setRequiresGradient(true);
    matrices.put(name, matrix);
    bases.put(name, manager.zeros(matrix.getShape()));
    NDArray down = manager.zeros(new Shape(rank, in));
    operations.assign(down, uniform(rank * in, in, seed + name.hashCode()));
    NDArray up = manager.zeros(new Shape(matrix.getShape().get(0), rank));
    downs.put(name, down);
    ups.put(name, up);
    trained.put(name + ".lora_down", down);
    trained.put(name + ".lora_up", up);
  }

  /** As wide as PyTorch begins a linear layer. */
  private static float[] uniform(int count, int in, long seed) {
    Random random = new Random(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) ((2 * random.nextDouble() - 1) / Math.sqrt(in));
    }
    return values;
  }

  /** What the optimizer updates, by name: the factors in the place of the matrices. */
  Map<String, NDArray> trained() {
    return trained;
  }

  /** Passes the gradients of the matrices on to the factors. */
  void passGradientsOn() {
    if (matrices.isEmpty()) {
      return;
    }
    try (Gradients recorded = Gradients.record();
        NDArray products =
            operations.adapterProducts(matrices.values(), downs.values(), ups.values(), scale)) {
      recorded.backward(products);
    }
    operations.zeroGradients(matrices.values());
  }

  /** Adds the products of the factors, as they now are, to what the matrices began with. */
  void merge() {
    if (!matrices.isEmpty()) {
      operations.mergeAdapters(
          matrices.values(), bases.values(), downs.values(), ups.values(), scale);
    }
  }

  /** The factors by name, for the training state. */
  Map<String, NDArray> state() {
    Map<String, NDArray> state = new LinkedHashMap<>();
    downs.forEach((name, array) -> state.put(name + ".lora_down", array));
    ups.forEach((name, array) -> state.put(name + ".lora_up", array));
    return state;
  }

  @Override
  public void close() {
    matrices.values().forEach(array -> array.setRequiresGradient(false));
    manager.close();
  }
}
