package org.visionfashion.eval;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.visionfashion.data.Example;
import org.visionfashion.data.Examples;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.data.check.Leakage;

/**
 * What a model is judged on, its answers apart.
 *
 * @param split name of the split
 * @param scheme what the logits mean
 * @param skipped pictures of the split that could not be read, by file
 * @param skippedBefore why examples of the data set, of any split, were skipped when it was read
 * @param cutCaptions captions of judged pictures that are longer than the model reads
 * @param training what training has seen
 * @param attainable best possible retrieval, where the data set says so
 * @param resamples draws behind the confidence intervals, 0 = none
 */
public record Task(
    String split,
    LabelScheme scheme,
    List<String> skipped,
    List<String> skippedBefore,
    int cutCaptions,
    Training training,
    Optional<AttainableRecall> attainable,
    int resamples) {

  /**
   * What training has seen.
   *
   * @param own whether the judged data are those that the model was trained on
   * @param labels counts for the constant predictors: of the training split, of other data all
   * @param items products that the judged examples share, to warn of them
   * @param spoken what captions teach of the names that zero-shot sentences ask for
   * @param leakage judged pictures of which training has seen a copy, to warn of them
   */
  public record Training(
      boolean own, LabelCounts labels, Set<String> items, SpokenWords spoken, Leakage leakage) {

    /** Without a look for copies. */
    public Training(boolean own, LabelCounts labels, Set<String> items, SpokenWords spoken) {
      this(own, labels, items, spoken, Leakage.NONE);
    }

    /**
     * Of a model that was trained on these examples.
     *
     * @param judged the others
     * @param leakage of the others
     */
    static Training of(
        LabelScheme scheme, Examples examples, List<Example> judged, Leakage leakage) {
      Set<String> items = judged.stream().map(Example::item).collect(Collectors.toSet());
      return new Training(
          true,
          LabelCounts.of(scheme, examples),
          IntStream.range(0, examples.size())
              .mapToObj(examples::item)
              .filter(items::contains)
              .collect(Collectors.toSet()),
          SpokenWords.of(scheme, examples),
          leakage);
    }

    /**
     * Of a model that was trained on other data.
     *
     * @param examples all of the judged data set
     */
    static Training unknown(LabelScheme scheme, List<Example> examples) {
      return new Training(
          false, LabelCounts.of(scheme, examples), Set.of(), SpokenWords.of(scheme, List.of()));
    }
  }
}
