package org.visionfashion.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.visionfashion.engine.Machine;
import org.visionfashion.engine.MatrixType;
import org.visionfashion.model.Architecture;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.model.EncodingTrial;
import org.visionfashion.model.NoiseInputs;
import org.visionfashion.model.Tokens;

/**
 * Pictures and texts encoded, from normalised pixels and token ids to embeddings in Java's memory:
 * one at a time and many at once, in FP32 and in the type that {@code auto} chooses.
 */
public final class EncodeBench {

  private EncodeBench() {}

  /**
   * Measures; the types take turns.
   *
   * @param name of the model, for the title
   * @param tokens of a text
   * @param batch how many are many
   */
  public static Report run(String name, DualEncoder model, int tokens, int batch, int times) {
    EncodingTrial trial = EncodingTrial.run(model, batch, tokens);
    Map<String, List<Double>> rates = new LinkedHashMap<>();
    for (int i = -1; i < times; i++) { // the first warms up
      for (MatrixType type : Stream.of(MatrixType.FP32, trial.type()).distinct().toList()) {
        model.encodeIn(type);
        for (int count : Stream.of(1, batch).distinct().toList()) {
          Map<String, Double> measured = measure(model, tokens, count);
          if (i >= 0) {
            measured.forEach(
                (what, rate) ->
                    rates
                        .computeIfAbsent(
                            "%s_at_%d_%s".formatted(what, count, type.label()),
                            none -> new ArrayList<>())
                        .add(rate));
          }
        }
      }
    }
    Report report =
        new Report(
            "Encoding by %s, texts of %d tokens, on %s; auto is %s: %s"
                .formatted(
                    name,
                    tokens,
                    Machine.describe(model.device()),
                    trial.type().label(),
                    trial.reason()));
    rates.forEach(
        (key, values) ->
            report.add(
                key, Measured.of(values.stream().mapToDouble(Double::doubleValue).toArray())));
    return report;
  }

  /** Of pictures and of texts, so many a second. */
  private static Map<String, Double> measure(DualEncoder model, int tokens, int count) {
    Architecture sizes = model.architecture();
    Map<String, Double> rates = new LinkedHashMap<>();
    try (NDManager scope = model.newScope()) {
      NDArray pixels_BCHW = NoiseInputs.pixels(sizes, count, scope);
      Tokens words_BL = NoiseInputs.tokens(sizes, count, tokens, scope);
      Clock.await(scope);
      long start = System.nanoTime();
      model.imageEmbeddings(model.imageFeatures(pixels_BCHW, false)).toFloatArray();
      rates.put("pictures", 1000 * count / Clock.millisecondsSince(start));
      start = System.nanoTime();
      model.textEmbeddings(words_BL, false).toFloatArray();
      rates.put("texts", 1000 * count / Clock.millisecondsSince(start));
    }
    return rates;
  }
}
