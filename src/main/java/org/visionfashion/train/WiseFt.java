package org.visionfashion.train;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.base.AtomicFiles;
import org.visionfashion.engine.Operations;

/**
 * Weights between those that a stage began with and those that it found (Wortsman et al. 2022,
 * "Robust fine-tuning of zero-shot models", equation 1): (1 - a) start + a found. One coefficient a
 * for all parameters, the one whose validation is best; {@value #FILE} keeps the whole curve.
 */
final class WiseFt {

  /** Its name in a stage's folder. */
  static final String FILE = "wise_ft.json";

  private static final Logger LOG = LoggerFactory.getLogger(WiseFt.class);
  private static final JsonMapper JSON = new JsonMapper();

  /** Coefficients are multiples of one through this. */
  private static final int PARTS = 10;

  private final Operations operations;
  private final Map<String, NDArray> trained;
  private final Map<String, float[]> start;

  /** Keeps the weights as they are as the start. */
  WiseFt(Operations operations, Map<String, NDArray> trained) {
    this.operations = operations;
    this.trained = trained;
    this.start = copy(trained);
  }

  private static Map<String, float[]> copy(Map<String, NDArray> parameters) {
    Map<String, float[]> copy = new LinkedHashMap<>();
    parameters.forEach((name, array) -> copy.put(name, array.toFloatArray()));
    return copy;
  }

  /**
   * Leaves the weights at the best place between the start and where they are.
   *
   * @param validation of the weights as they are, never empty
   * @param folder gets {@value #FILE}
   * @return the coefficient, 0 = the start
   */
  double choose(Supplier<Optional<Validation>> validation, Path folder) throws IOException {
    Map<String, float[]> found = copy(trained);
    ObjectNode json = JSON.createObjectNode();
    Progress.Best best = Progress.Best.NONE;
    for (int part = 0; part <= PARTS; part++) {
      place(found, (double) part / PARTS);
      Optional<Validation> judged = validation.get();
      if (best.isBeatenBy(judged)) {
        best = new Progress.Best(part, judged.orElseThrow().score(), judged.get().loss());
      }
      add(json.withArray("curve").addObject(), (double) part / PARTS, judged.orElseThrow());
    }
    double chosen = (double) best.epoch() / PARTS;
    place(found, chosen);
    json.put("chosen", chosen);
    AtomicFiles.write(folder.resolve(FILE), JSON.writeValueAsString(json));
    LOG.info(
        String.format(
            Locale.ROOT,
            "Averaged with the start: %.1f of the way to the best epoch, score %.3f (the start %.3f,"
                + " the best epoch %.3f); the curve is in %s",
            chosen,
            best.score(),
            json.at("/curve/0/score").asDouble(),
            json.at("/curve/" + PARTS + "/score").asDouble(),
            FILE));
    return chosen;
  }

  private void place(Map<String, float[]> found, double coefficient) {
    trained.forEach(
        (name, array) ->
            operations.assign(array, between(start.get(name), found.get(name), coefficient)));
  }

  static float[] between(float[] start, float[] found, double coefficient) {
    float[] values = new float[start.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((1 - coefficient) * start[i] + coefficient * found[i]);
    }
    return values;
  }

  private static void add(ObjectNode json, double coefficient, Validation validation) {
    json.put("coefficient", coefficient);
    json.put("loss", validation.loss());
    json.put("score", validation.score());
    validation.values().forEach(json::put);
    LOG.info(
        String.format(
            Locale.ROOT,
            "%.1f of the way from the start to the best epoch: score %.3f, validation loss %.3f",
            coefficient,
            validation.score(),
            validation.loss()));
  }
}
