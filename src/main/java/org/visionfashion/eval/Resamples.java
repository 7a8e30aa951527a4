package org.visionfashion.eval;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.visionfashion.base.AtomicFiles;
import org.visionfashion.base.UserError;
import org.visionfashion.metrics.Difference;
import org.visionfashion.metrics.Interval;
import org.visionfashion.weights.file.SafetensorsFile;
import org.visionfashion.weights.file.SafetensorsWriter;

/**
 * The values of a model's scores under resampling. All models that are judged on the same examples
 * meet the same draws ({@link org.visionfashion.metrics.Bootstrap}), so two of these are all that
 * the paired bootstrap of a difference needs, whatever the score.
 */
public final class Resamples {

  /** Of nothing. */
  public static final Resamples NONE = new Resamples("", Map.of());

  private static final String EXAMPLES = "examples";

  /** The file holds single precision. */
  private static final double TOLERANCE = 1e-6;

  private final String examples;
  private final Map<String, double[]> draws;

  /**
   * Holds the draws.
   *
   * @param examples fingerprint of the examples that were judged
   * @param draws R values of each score, by full name
   */
  public Resamples(String examples, Map<String, double[]> draws) {
    this.examples = examples;
    this.draws = new LinkedHashMap<>(draws);
  }

  /** Fingerprint of the examples that were judged, empty where unknown. */
  public String examples() {
    return examples;
  }

  /** Whether both were judged on the very same examples with the same labels, in the same order. */
  public boolean sameExamples(Resamples other) {
    return !examples.isEmpty() && examples.equals(other.examples);
  }

  /** Whether these are the draws behind an evaluation's intervals, not those of an earlier one. */
  public boolean fit(Evaluation evaluation) {
    return evaluation.sections().stream()
        .allMatch(
            section ->
                section.scores().stream().allMatch(score -> fits(section.key(score), score)));
  }

  private boolean fits(String key, Score score) {
    Interval drawn = Interval.of(of(key));
    Interval stated = score.interval();
    if (drawn == null || stated == null) {
      return drawn == null && stated == null;
    }
    return Math.abs(stated.low() - drawn.low()) < TOLERANCE
        && Math.abs(stated.high() - drawn.high()) < TOLERANCE;
  }

  /** A score's values; none where it has no interval. */
  public double[] of(String key) {
    return draws.getOrDefault(key, new double[0]);
  }

  /**
   * The difference of two values of a score; without an interval where the draws do not pair.
   *
   * @param key full name of the score
   * @param value of this model
   * @param reference the other model
   * @param referenceValue of the other model
   */
  public Difference difference(
      String key, double value, Resamples reference, double referenceValue) {
    double[] draw_R = of(key);
    double[] referenceDraw_R = reference.of(key);
    boolean paired = sameExamples(reference) && draw_R.length == referenceDraw_R.length;
    return paired
        ? Difference.of(value, draw_R, referenceValue, referenceDraw_R)
        : new Difference(value - referenceValue, null);
  }

  /**
   * Draw by draw the mean of several models on the same examples; a score that one of them lacks is
   * left out.
   */
  static Resamples mean(List<Resamples> models) {
    Resamples first = models.get(0);
    Map<String, double[]> means = new LinkedHashMap<>();
    for (String key : first.draws.keySet()) {
      double[] mean_R = new double[first.of(key).length];
      boolean paired =
          models.stream()
              .allMatch(each -> first.sameExamples(each) && each.of(key).length == mean_R.length);
      if (paired) {
        for (int r = 0; r < mean_R.length; r++) {
          for (Resamples model : models) {
            mean_R[r] += model.of(key)[r] / models.size();
          }
        }
        means.put(key, mean_R);
      }
    }
    return new Resamples(first.examples, means);
  }

  /** Writes them as a safetensors file, a vector a score. */
  public void write(Path file) throws IOException {
    Map<String, SafetensorsWriter.Tensor> tensors = new HashMap<>();
    draws.forEach((key, draw_R) -> tensors.put(key, new Vector(draw_R)));
    AtomicFiles.replaceFile(
        file, beside -> SafetensorsWriter.write(beside, tensors, Map.of(EXAMPLES, examples)));
  }

  /**
   * Reads such a file.
   *
   * @throws UserError where it is another
   */
  public static Resamples read(Path file) throws IOException {
    try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
      Map<String, double[]> draws = new LinkedHashMap<>();
      for (String key : tensors.names()) {
        draws.put(key, doubles(tensors.floats(key)));
      }
      return new Resamples(tensors.metadata().getOrDefault(EXAMPLES, ""), draws);
    }
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  /** A row of numbers as a tensor. */
  private record Vector(double[] numbers) implements SafetensorsWriter.Tensor {

    @Override
    public long[] shape() {
      return new long[] {numbers.length};
    }

    @Override
    public float[] values() {
      float[] values = new float[numbers.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) numbers[i];
      }
      return values;
    }
  }
}
