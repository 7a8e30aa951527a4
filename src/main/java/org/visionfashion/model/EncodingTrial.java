package org.visionfashion.model;

import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.config.EncodingPrecision;
import org.visionfashion.engine.MatrixType;

/**
 * The type that a model encodes in: the fastest on this machine whose embeddings are as good as
 * those of FP32. Speed is that of a layer of each tower; embeddings are the whole model's, of
 * generated pictures and texts.
 *
 * @param type the fastest of those that keep {@link #LEAST_COSINE}
 * @param speed of all types
 * @param cosines of the types that are faster than FP32: the least cosine of an embedding to that
 *     in FP32; types slower than the chosen one are not tried
 */
public record EncodingTrial(MatrixType type, TypeTrial speed, Map<MatrixType, Double> cosines) {

  /** A type whose embeddings are farther from those of FP32 is not used. */
  public static final double LEAST_COSINE = 0.9999;

  private static final Logger LOG = LoggerFactory.getLogger(EncodingTrial.class);
  private static final int EXAMPLES = 2;

  /**
   * Lets a model, whose weights change no more, encode in a type from here on. Which one was
   * measured, or what a type that was named costs, is logged.
   *
   * @param batch most examples that are encoded at once
   * @param tokens of a text
   */
  public static MatrixType settle(
      DualEncoder model, EncodingPrecision precision, int batch, int tokens) {
    if (precision == EncodingPrecision.AUTO) {
      EncodingTrial trial = run(model, batch, tokens);
      LOG.info("Encoding in {}: {}", trial.type().label(), trial.reason());
      return trial.type();
    }
    MatrixType type = MatrixType.valueOf(precision.name());
    if (type == MatrixType.FP32) {
      model.encodeIn(type);
    } else {
      double cosine = new Embeddings(model, tokens).cosine(type);
      LOG.info(
          "Encoding in {}, as named: cosines to fp32 of {} or more",
          type.label(),
          String.format(Locale.ROOT, "%.6f", cosine));
    }
    return type;
  }

  /** Tries the types that the model's device may have, and leaves the model in the chosen one. */
  public static EncodingTrial run(DualEncoder model, int batch, int tokens) {
    TypeTrial speed = TypeTrial.ofEncoding(model.architecture(), model.device(), batch, tokens);
    EncodingTrial trial =
        speed.faster().isEmpty()
            ? new EncodingTrial(MatrixType.FP32, speed, Map.of())
            : of(speed, new Embeddings(model, tokens)::cosine);
    model.encodeIn(trial.type());
    return trial;
  }

  static EncodingTrial of(TypeTrial speed, ToDoubleFunction<MatrixType> cosine) {
    Map<MatrixType, Double> cosines = new LinkedHashMap<>();
    for (MatrixType type : speed.faster()) {
      cosines.put(type, cosine.applyAsDouble(type));
      if (cosines.get(type) >= LEAST_COSINE) {
        return new EncodingTrial(type, speed, cosines);
      }
    }
    return new EncodingTrial(MatrixType.FP32, speed, cosines);
  }

  /** For the log: the speed of all types, and the cosines of those that are faster. */
  public String reason() {
    return cosines.entrySet().stream()
        .map(
            each ->
                String.format(
                    Locale.ROOT,
                    "; cosines to fp32 in %s of %.6f or more",
                    each.getKey().label(),
                    each.getValue()))
        .collect(Collectors.joining("", speed.reason(), ""));
  }

  /** Embeddings of generated pictures and texts, in FP32 and in other types. */
  private static final class Embeddings {

    private final DualEncoder model;
    private final int tokens;
    private final float[][] expected;

    Embeddings(DualEncoder model, int tokens) {
      this.model = model;
      this.tokens = tokens;
      model.encodeIn(MatrixType.FP32);
      expected = compute();
    }

    /** The least of all; the model encodes in this type from here on. */
    double cosine(MatrixType type) {
      model.encodeIn(type);
      float[][] actual = compute();
      int width = model.architecture().embeddingSize();
      double least = 1;
      for (int tower = 0; tower < actual.length; tower++) {
        for (int row = 0; row < EXAMPLES; row++) {
          least = Math.min(least, cosine(actual[tower], expected[tower], row * width, width));
        }
      }
      return least;
    }

    private static double cosine(float[] a, float[] b, int from, int width) {
      double ab = 0;
      double aa = 0;
      double bb = 0;
      for (int i = from; i < from + width; i++) {
        ab += (double) a[i] * b[i];
        aa += (double) a[i] * a[i];
        bb += (double) b[i] * b[i];
      }
      return ab / Math.sqrt(aa * bb);
    }

    private float[][] compute() {
      Architecture sizes = model.architecture();
      try (NDManager scope = model.newScope()) {
        return new float[][] {
          model
              .imageEmbeddings(
                  model.imageFeatures(NoiseInputs.pixels(sizes, EXAMPLES, scope), false))
              .toFloatArray(),
          model
              .textEmbeddings(NoiseInputs.tokens(sizes, EXAMPLES, tokens, scope), false)
              .toFloatArray()
        };
      }
    }
  }
}
