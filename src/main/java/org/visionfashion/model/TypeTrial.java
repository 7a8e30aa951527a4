package org.visionfashion.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.visionfashion.engine.Gradients;
import org.visionfashion.engine.MatrixType;
import org.visionfashion.model.Architecture.TextLayers;
import org.visionfashion.nn.EncoderLayer;
import org.visionfashion.nn.EncoderLayer.Wanted;
import org.visionfashion.nn.ParameterValues.Values;
import org.visionfashion.nn.Parameters;

/**
 * The type of matrix products that is fastest on this machine, found by trying: a layer of each
 * tower in each type in turns, forward and, for training, backward. What a processor's flags
 * promise says little: with avx512_bf16 and no amx, BF16 was measured at half the pace of FP32.
 *
 * @param type the fastest; FP32, which rounds least, unless another is clearly faster
 * @param milliseconds of a pass in each type, the median
 * @param examples in a pass
 */
public record TypeTrial(MatrixType type, Map<MatrixType, Double> milliseconds, int examples) {

  private static final int FIRST_EXAMPLES = 2;
  private static final double PASS_MILLISECONDS = 60;
  private static final double ALL_MILLISECONDS = 1200;
  private static final int MOST_ROUNDS = 7;
  private static final double CLEARLY = 1.1;

  /** A pass over so many examples in a type: how many milliseconds it takes. */
  interface Pass {
    double milliseconds(MatrixType type, int examples);
  }

  /**
   * Tries the types that a device may have, in less than two seconds on a quiet machine.
   *
   * @param batch examples that are encoded at once in training; fewer are tried where they take
   *     long
   * @param tokens of a caption
   */
  public static TypeTrial run(Architecture sizes, Device device, int batch, int tokens) {
    try (Layers layers = new Layers(sizes, device, tokens, true)) {
      return run(MatrixType.candidates(device), batch, layers);
    }
  }

  /** The same of encoding: forward alone, with operands that are made beforehand. */
  static TypeTrial ofEncoding(Architecture sizes, Device device, int batch, int tokens) {
    try (Layers layers = new Layers(sizes, device, tokens, false)) {
      return run(MatrixType.encodingCandidates(device), batch, layers);
    }
  }

  static TypeTrial run(List<MatrixType> types, int batch, Pass pass) {
    int few = Math.min(batch, FIRST_EXAMPLES);
    double spent = 0;
    for (MatrixType type : types) {
      spent += pass.milliseconds(type, few); // slower than later ones, in any type
    }
    double each = pass.milliseconds(MatrixType.FP32, few) / few;
    spent += each * few;
    int examples = (int) Math.max(few, Math.min(batch, PASS_MILLISECONDS / each));
    Map<MatrixType, List<Double>> times = new EnumMap<>(MatrixType.class);
    for (int round = 0; round < MOST_ROUNDS && (round == 0 || spent < ALL_MILLISECONDS); round++) {
      for (MatrixType type : types) {
        double time = pass.milliseconds(type, examples);
        times.computeIfAbsent(type, none -> new ArrayList<>()).add(time);
        spent += time;
      }
    }
    Map<MatrixType, Double> medians = new EnumMap<>(MatrixType.class);
    times.forEach((type, list) -> medians.put(type, median(list)));
    return new TypeTrial(fastest(medians), medians, examples);
  }

  private static MatrixType fastest(Map<MatrixType, Double> milliseconds) {
    MatrixType fastest = MatrixType.FP32;
    for (Map.Entry<MatrixType, Double> other : milliseconds.entrySet()) {
      double margin = fastest == MatrixType.FP32 ? CLEARLY : 1;
      if (other.getValue() * margin < milliseconds.get(fastest)) {
        fastest = other.getKey();
      }
    }
    return fastest;
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  /** For the log: {@code measured fp32 41.2 ms, bf16 88.0 ms for a layer of each tower, ...}. */
  public String reason() {
    return milliseconds.entrySet().stream()
        .map(each -> "%s %.3g ms".formatted(each.getKey().label(), each.getValue()))
        .collect(
            Collectors.joining(
                ", ",
                "measured ",
                " for a layer of each tower with %d examples".formatted(examples)));
  }

  /** Types that are clearly faster than FP32, the fastest first. */
  List<MatrixType> faster() {
    return milliseconds.entrySet().stream()
        .filter(other -> other.getValue() * CLEARLY < milliseconds.get(MatrixType.FP32))
        .sorted(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** A layer of each tower. Their values do not matter, so they are made quickly. */
  private static final class Layers implements Pass, AutoCloseable {

    private final Parameters parameters;
    private final EncoderLayer image;
    private final EncoderLayer text;
    private final boolean postNorm;
    private final Shape picture_LD;
    private final Shape caption_LD;
    private final boolean training;

    Layers(Architecture sizes, Device device, int tokens, boolean training) {
      this.training = training;
      Architecture.ImageTower i = sizes.image();
      Architecture.TextTower t = sizes.text();
      parameters = new Parameters(device, (name, shape, initial) -> values(new Shape(shape)));
      image =
          new EncoderLayer(
              parameters, "image", EncoderLayer.Names.VIT, i.layer().withoutDropout(), false);
      text =
          new EncoderLayer(
              parameters,
              "text",
              EncoderLayer.Names.BERT,
              t.layer().withoutDropout(),
              t.style() == TextLayers.CAUSAL);
      postNorm = t.style() == TextLayers.POST_NORM;
      parameters.tensors().values().forEach(each -> each.setRequiresGradient(training));
      picture_LD = new Shape(i.tokens(), i.hidden());
      caption_LD = new Shape(tokens, t.hidden());
    }

    private static Values values(Shape shape) {
      return tensor -> {
        FloatBuffer floats = tensor.asFloatBuffer();
        for (int i = 0; i < shape.size(); i++) {
          floats.put((i % 13 - 6) * 0.01f);
        }
      };
    }

    @Override
    public double milliseconds(MatrixType type, int examples) {
      if (training) {
        parameters.trainIn(type);
      } else {
        parameters.encodeIn(type);
      }
      try (NDManager scope = parameters.manager().newSubManager()) {
        NDArray pictures_BLD = scope.randomNormal(new Shape(examples).addAll(picture_LD));
        NDArray captions_BLD = scope.randomNormal(new Shape(examples).addAll(caption_LD));
        NDArray mask_BL = scope.ones(new Shape(examples, caption_LD.get(0)));
        NDArray bias_B11L = parameters.operations().call("mask_bias", mask_BL);
        for (NDArray input : List.of(pictures_BLD, captions_BLD)) {
          input.setRequiresGradient(training);
        }
        await(scope);
        long start = System.nanoTime();
        if (training) {
          type.during(
              () -> {
                try (Gradients recording = Gradients.record()) {
                  NDArray y_BLD = picturesThrough(pictures_BLD);
                  recording.backward(y_BLD, y_BLD.onesLike());
                  NDArray z_BLD = captionsThrough(captions_BLD, bias_B11L);
                  recording.backward(z_BLD, z_BLD.onesLike());
                }
                return type;
              });
        } else {
          picturesThrough(pictures_BLD);
          captionsThrough(captions_BLD, bias_B11L);
        }
        await(scope);
        return (System.nanoTime() - start) / 1e6;
      }
    }

    private NDArray picturesThrough(NDArray x_BLD) {
      return image.preNorm(x_BLD, training, Wanted.ALL);
    }

    private NDArray captionsThrough(NDArray x_BLD, NDArray bias_B11L) {
      return postNorm
          ? text.postNorm(x_BLD, bias_B11L, training, Wanted.ALL)
          : text.preNorm(x_BLD, training, Wanted.ALL);
    }

    /** Until the device has done all that it was given. */
    private static void await(NDManager scope) {
      try (NDArray last = scope.zeros(new Shape(1))) {
        last.toFloatArray();
      }
    }

    @Override
    public void close() {
      parameters.close();
    }
  }
}
