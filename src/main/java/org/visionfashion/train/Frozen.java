package org.visionfashion.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.base.Nearest;
import org.visionfashion.base.UserError;
import org.visionfashion.base.Wildcard;
import org.visionfashion.config.LayerRatesConfig;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.model.Labels;

/**
 * An objective that does not train some of the parameters, such as a whole tower (Zhai et al. 2022,
 * LiT).
 *
 * @param names of these parameters
 * @param trainsEncoding whether others are left that lie behind the rows
 */
record Frozen<B>(Objective<B> objective, Set<String> names, boolean trainsEncoding)
    implements Objective<B> {

  private static final Logger LOG = LoggerFactory.getLogger(Frozen.class);

  /**
   * What a user wants frozen, and a line on how much that is. With {@link Adapters} it is all of
   * the towers that does not get one, too.
   *
   * @param stage for messages
   * @throws UserError where a pattern means nothing
   */
  static Set<String> names(String stage, LayerRatesConfig config, DualEncoder model) {
    String key = stage + ".freeze";
    Map<String, NDArray> parameters = model.parameters();
    Set<String> frozen = new TreeSet<>();
    if (config.loraRank() > 0) {
      parameters.forEach(
          (name, array) -> {
            if (name.matches("(image|text)_encoder\\..*") && !Adapters.adapts(name, array)) {
              frozen.add(name);
            }
          });
    }
    for (String pattern : config.freeze()) {
      List<String> meant =
          parameters.keySet().stream().filter(name -> Wildcard.matches(pattern, name)).toList();
      if (meant.isEmpty()) {
        throw new UserError(
            "%s: %s is none of the model's %d parameters%s; write a name such as %s or text_encoder.*"
                .formatted(
                    key,
                    pattern,
                    parameters.size(),
                    Nearest.hint(pattern, parameters.keySet()),
                    parameters.keySet().iterator().next()));
      }
      frozen.addAll(meant);
    }
    if (!frozen.isEmpty()) {
      LOG.info(
          String.format(
              Locale.ROOT,
              "%s keeps %,d of %,d parameters with %,d of %,d numbers as they are",
              config.loraRank() > 0 ? stage + ".lora_rank" : key,
              frozen.size(),
              parameters.size(),
              frozen.stream().mapToLong(name -> parameters.get(name).size()).sum(),
              model.parameterCount()));
    }
    return frozen;
  }

  /**
   * An objective without the names that are frozen.
   *
   * @throws UserError where they are all that it trains
   */
  static <B> Objective<B> without(Set<String> names, Objective<B> objective, DualEncoder model) {
    if (names.isEmpty()) {
      return objective;
    }
    List<String> trained =
        model.parameters().keySet().stream()
            .filter(name -> objective.trains(name) && !names.contains(name))
            .toList();
    if (trained.isEmpty()) {
      throw new UserError("nothing is left to train: shorten the stage's list freeze");
    }
    boolean encoding =
        objective.trainsEncoding()
            && trained.stream().anyMatch(name -> !HeadsLoss.trains(name) && !isScale(name));
    return new Frozen<>(objective, names, encoding);
  }

  /** What multiplies similarities, or is added to them. */
  private static boolean isScale(String parameter) {
    return parameter.startsWith("logit_");
  }

  @Override
  public boolean trains(String parameter) {
    return objective.trains(parameter) && !names.contains(parameter);
  }

  @Override
  public void afterStep() {
    if (names.stream().noneMatch(Frozen::isScale)) {
      objective.afterStep();
    }
  }

  @Override
  public NDList encode(B examples, boolean training) {
    return objective.encode(examples, training);
  }

  @Override
  public NDArray loss(NDList rows, Labels labels, NDArray part) {
    return objective.loss(rows, labels, part);
  }
}
