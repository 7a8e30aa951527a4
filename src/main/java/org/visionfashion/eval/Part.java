package org.visionfashion.eval;

import java.util.List;
import java.util.Locale;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Example;
import org.visionfashion.data.Split;

/** What of a data set is evaluated. */
public enum Part {
  TRAIN,
  VALIDATION,
  TEST,
  /** Every example, whatever its split. */
  ALL;

  /** The name users write: {@code train}, {@code validation}, {@code test}, {@code all}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** In words, for a label: {@code the test split}, {@code all examples}. */
  public static String words(String label) {
    return label.equals(ALL.label()) ? "all examples" : "the " + label + " split";
  }

  /** The examples of a data set, in order. */
  public List<Example> of(Dataset dataset) {
    return this == ALL ? dataset.examples() : dataset.split(Split.valueOf(name()));
  }

  /** Whether an example belongs to it. */
  public boolean holds(Example example) {
    return this == ALL || example.split() == Split.valueOf(name());
  }
}
