package org.visionfashion.eval;

import java.util.List;

/**
 * One part of an evaluation.
 *
 * @param report what goes into the JSON file
 * @param sections the same with everything to read it against
 * @param cautions one sentence each
 */
record Judged<R>(R report, List<Section> sections, List<String> cautions) {

  /** Nothing to judge. */
  static <R> Judged<R> none() {
    return new Judged<>(null, List.of(), List.of());
  }
}
