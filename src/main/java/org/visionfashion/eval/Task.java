package org.visionfashion.eval;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.visionfashion.data.Example;
import org.visionfashion.data.LabelScheme;

/**
 * What a model is judged on, its answers apart.
 *
 * @param split name of the split
 * @param scheme what the logits mean
 * @param skipped pictures of the split that could not be read, by file
 * @param skippedBefore why examples of the data set, of any split, were skipped when it was read
 * @param training what training has seen
 * @param attainable best possible retrieval, where the data set says so
 * @param resamples draws behind the confidence intervals, 0 = none
 */
public record Task(
    String split,
    LabelScheme scheme,
    List<String> skipped,
    List<String> skippedBefore,
    Training training,
    Optional<AttainableRecall> attainable,
    int resamples) {

  /**
   * The training split.
   *
   * @param labels their counts, for the constant predictors
   * @param items products, to warn of those that the judged split shares
   * @param spoken what captions teach of the names that zero-shot sentences ask for
   */
  public record Training(LabelCounts labels, Set<String> items, SpokenWords spoken) {

    static Training of(LabelScheme scheme, List<Example> examples) {
      return new Training(
          LabelCounts.of(scheme, examples),
          examples.stream().map(Example::item).collect(Collectors.toSet()),
          SpokenWords.of(scheme, examples));
    }
  }
}
