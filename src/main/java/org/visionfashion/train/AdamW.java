package org.visionfashion.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
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

  /** What tensors share: their decay and the factor on their rate. */
  private record Kind(double weightDecay, double rateFactor) {}

  /** Tensors of a kind, each with its moments and its count of steps. */
  private record Group(
      Kind kind,
      Map<String, NDArray> parameters,
      Map<String, NDArray> first,
      Map<String, NDArray> second,
      Map<String, NDArray> steps) {

    static Group of(Kind kind) {
      return new Group(
          kind,
          new LinkedHashMap<>(),
          new LinkedHashMap<>(),
          new LinkedHashMap<>(),
          new LinkedHashMap<>());
    }
  }

  /** All at one rate. */
  public AdamW(
      Operations operations,
      NDManager manager,
      Map<String, NDArray> trained,
      OptimizerConfig config) {
    this(operations, manager, trained, config, name -> 1);
  }

  /**
   * @param trained the parameters to train, by name; gradients are asked of them from here on
   * @param manager the moments live in it; closed with the optimizer
   * @param rateFactor on the rate of a parameter, by its name
   */
  public AdamW(
      Operations operations,
      NDManager manager,
      Map<String, NDArray> trained,
      OptimizerConfig config,
      ToDoubleFunction<String> rateFactor) {
    this.operations = operations;
    this.config = config;
    this.manager = manager;
    // In a fixed order: the norm is a sum, and Map.copyOf has another order in every JVM.
    this.trained = Collections.unmodifiableMap(new LinkedHashMap<>(trained));
    Map<Kind, Group> groupOfKind = new LinkedHashMap<>();
    trained.forEach(
        (name, array) -> {
          double decay = array.getShape().dimension() >= 2 ? config.weightDecay() : 0;
          Kind kind = new Kind(decay, rateFactor.applyAsDouble(name));
          add(groupOfKind.computeIfAbsent(kind, Group::of), name, array);
        });
    groups = List.copyOf(groupOfKind.values());
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
   * @param lr the rate of this step, before a parameter's factor
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
              lr * group.kind().rateFactor(),
              config.beta1(),
              config.beta2(),
              group.kind().weightDecay(),
              config.eps(),
              scale));
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
