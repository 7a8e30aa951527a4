package org.visionfashion.data;

import java.nio.file.Path;
import java.util.List;

/**
 * A data set, read but not decoded.
 *
 * @param name for reports
 * @param root where it lies
 * @param scheme what the labels mean
 * @param examples in the order of their ids
 * @param problems what the source found wrong; the examples exclude what could not be used
 */
public record Dataset(
    String name, Path root, LabelScheme scheme, List<Example> examples, List<Problem> problems) {

  public Dataset {
    examples = List.copyOf(examples);
    problems = List.copyOf(problems);
  }

  /** The examples of one split, in order. */
  public List<Example> split(Split split) {
    return examples.stream().filter(example -> example.split() == split).toList();
  }
}
