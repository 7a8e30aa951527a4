package org.visionfashion.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.visionfashion.config.OptimizerConfig;
import org.visionfashion.engine.Operations;

/**
 * AdamW (Loshchilov and Hutter 2019) on libtorch's fused operation, with one global gradient norm.
 * Tensors of two or more dimensions decay, the others do not.
 */
public final class AdamW implements AutoCloseable {

  private static final double NORM_EPSILON = 1e-6;

  private final Operations operations;
  private final OptimizerConfig config;
  private final NDManager manager;
  private final Map<String, NDArray> trained;
  private final List<Group> groups;

  /** Tensors that share a decay, each with its moments and its count of steps. */
  private record Group(
      double weightDecay,
      Map<String, NDArray> parameters,
      Map<String, NDArray> first,
      Map<String, NDArray> second,
      Map<String, NDArray> steps) {

    static Group of(double weightDecay) {
      return new Group(
          weightDecay,
          new LinkedHashMap<>(),
          new LinkedHashMap<>(),
          new LinkedHashMap<>(),
          new LinkedHashMap<>());
    }
  }

  /**
   * @param trained the parameters to train, by name; gradients are asked of them from here on
   * @param manager the moments live in it; closed with the optimizer
   */
  public AdamW(
      Operations operations,
      NDManager manager,
      Map<String, NDArray> trained,
      OptimizerConfig config) {
    this.operations = operations;
    this.config = config;
    this.manager = manager;
    // In a fixed order: the norm is a sum, and Map.copyOf has another order in every JVM.
    this.trained = Collections.unmodifiableMap(new LinkedHashMap<>(trained));
    Group matrices = Group.of(config.weightDecay());
    Group others = Group.of(0);
    trained.forEach(
        (name, array) -> add(array.getShape().dimension() >= 2 ? matrices : others, name, array));
    groups = List.of(matrices, others).stream().filter(g -> !g.parameters().isEmpty()).toList();
  }

  private void add(Group group, String name, NDArray parameter) {
    parameter.setRequiresGradient(true);
    group.parameters().put(name, parameter);
    group.first().put(name, manager.zeros(parameter.getShape()));
    group.second().put(name, manager.zeros(parameter.getShape()));
    group.steps().put(name, manager.zeros(new Shape()));
  }

  /** The global L2 norm of all gradients; not finite where a gradient is not. */
  public double gradientNorm() {
    return operations.gradientNorm(trained.values());
  }

  /** The L2 norm of the gradient of each trained parameter; slow, for a message. */
  public Map<String, Double> gradientNorms() {
    Map<String, Double> norms = new LinkedHashMap<>();
    trained.forEach((name, array) -> norms.put(name, operations.gradientNorm(List.of(array))));
    return norms;
  }

  /**
   * Scales the gradients to the clip norm where they exceed it, updates the parameters, zeroes the
   * gradients.
   *
   * @param lr the rate of this step
   * @param gradientNorm of the gradients as they would be without a loss scale
   * @param lossScale the factor that the loss was multiplied by
   */
  public void step(double lr, double gradientNorm, double lossScale) {
    double clip = config.clip();
    double clipped = clip > 0 ? Math.min(1, clip / (gradientNorm + NORM_EPSILON)) : 1;
    double scale = clipped / lossScale;
    for (Group group : groups) {
      operations.adamw(
          group.parameters().values(),
          group.first().values(),
          group.second().values(),
          group.steps().values(),
          new Operations.AdamWStep(
              lr, config.beta1(), config.beta2(), group.weightDecay(), config.eps(), scale));
    }
  }

  /** Zeroes the gradients and changes nothing else. */
  public void skip() {
    operations.zeroGradients(trained.values());
  }

  /** The moments and counts by name, for the training state: {@code first.<parameter>}, ... */
  public Map<String, NDArray> state() {
    Map<String, NDArray> state = new LinkedHashMap<>();
    for (Group group : groups) {
      group.first().forEach((name, array) -> state.put("first." + name, array));
      group.second().forEach((name, array) -> state.put("second." + name, array));
      group.steps().forEach((name, array) -> state.put("steps." + name, array));
    }
    return state;
  }

  /** Names of the parameters in training. */
  public List<String> names() {
    return new ArrayList<>(trained.keySet());
  }

  @Override
  public void close() {
    trained.values().forEach(array -> array.setRequiresGradient(false));
    manager.close();
  }
}
