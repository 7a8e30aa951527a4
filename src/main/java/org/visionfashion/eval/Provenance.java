package org.visionfashion.eval;

import java.util.List;
import java.util.stream.Stream;

/**
 * Where numbers come from: which model, on which data, measured by what. Whatever is null is
 * unknown.
 */
public record Provenance(Model model, Data data, Measurement measured) {

  /**
   * What was judged.
   *
   * @param checkpoint the model's folder
   * @param config the resolved configuration's file
   * @param weights SHA-256 of the weights: two evaluations with the same are of the same model
   */
  public record Model(String checkpoint, String config, String weights) {}

  /**
   * What it was judged on.
   *
   * @param name of the data set
   * @param fingerprint of its examples, labels and splits
   */
  public record Data(String name, String fingerprint) {

    @Override
    public String toString() {
      return name + ", " + fingerprint;
    }
  }

  /**
   * How and when.
   *
   * @param version of this program
   * @param date ISO 8601
   * @param java version of the Java runtime
   * @param engine the tensor engine and its version
   * @param device what it ran on
   */
  public record Measurement(
      String version, String date, String java, String engine, String device) {}

  /** One known fact. */
  public record Fact(String name, String value) {}

  /** Name of the data set. */
  public String dataset() {
    return data.name == null ? "unknown" : data.name;
  }

  /** The day of the measurement. */
  public String day() {
    return measured.date == null ? "unknown" : measured.date.replaceAll("T.*", "");
  }

  /** What is known, in order. */
  public List<Fact> facts() {
    return Stream.of(
            new Fact("version", measured.version),
            new Fact("config", model.config),
            new Fact("checkpoint", model.checkpoint),
            new Fact("weights, SHA-256", model.weights),
            new Fact("data", data.name),
            new Fact("data fingerprint", data.fingerprint),
            new Fact("date", measured.date),
            new Fact("java", measured.java),
            new Fact("engine", measured.engine),
            new Fact("device", measured.device))
        .filter(fact -> fact.value() != null)
        .toList();
  }
}
