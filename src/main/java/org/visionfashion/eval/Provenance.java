package org.visionfashion.eval;

import java.util.List;
import java.util.stream.Stream;

/**
 * Where numbers come from; null where unknown.
 *
 * @param version of this program
 * @param config the resolved configuration's file
 * @param checkpoint the model's folder
 * @param data the data set, by name and fingerprint
 * @param date when it was measured, ISO 8601
 * @param java version of the Java runtime
 * @param engine the tensor engine and its version
 * @param device what it ran on
 */
public record Provenance(
    String version,
    String config,
    String checkpoint,
    String data,
    String date,
    String java,
    String engine,
    String device) {

  /** One known fact. */
  public record Fact(String name, String value) {}

  /** Name of the data set, without its fingerprint. */
  public String dataset() {
    return data == null ? "unknown" : data.replaceAll(",.*", "");
  }

  /** The day of the measurement. */
  public String day() {
    return date == null ? "unknown" : date.replaceAll("T.*", "");
  }

  /** What is known, in order. */
  public List<Fact> facts() {
    return Stream.of(
            new Fact("version", version),
            new Fact("config", config),
            new Fact("checkpoint", checkpoint),
            new Fact("data", data),
            new Fact("date", date),
            new Fact("java", java),
            new Fact("engine", engine),
            new Fact("device", device))
        .filter(fact -> fact.value() != null)
        .toList();
  }
}
