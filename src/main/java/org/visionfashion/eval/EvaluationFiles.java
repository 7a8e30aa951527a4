package org.visionfashion.eval;

import java.nio.file.Path;
import java.util.Locale;

/**
 * Where an evaluation's files lie.
 *
 * @param folder for all of them
 * @param name that they have in common, for example {@code test}
 */
public record EvaluationFiles(Path folder, String name) {

  /** Of a part of the data that the model was trained on. */
  public static EvaluationFiles of(Path folder, Part part) {
    return new EvaluationFiles(folder, part.label());
  }

  /** Of a part of other data, which must not take the place of the model's own scores. */
  public static EvaluationFiles ofOtherData(Path folder, String dataset, Part part) {
    String name = dataset.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._]+", "-");
    return new EvaluationFiles(folder, name + "-" + part.label());
  }

  /** Of retrieval by ground truth, beside these. */
  public EvaluationFiles ofProtocol() {
    return new EvaluationFiles(folder, name + ".protocol");
  }

  /** The scores. */
  public Path json() {
    return folder.resolve(name + ".json");
  }

  /** The draws behind the intervals, for comparisons. */
  public Path resamples() {
    return folder.resolve(name + ".resamples.safetensors");
  }

  /** The page. */
  public Path page() {
    return folder.resolve(name + ".html");
  }

  /** Figures and tables of the page as files of their own. */
  public Path parts() {
    return folder.resolve(name);
  }
}
