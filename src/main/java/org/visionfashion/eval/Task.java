package org.visionfashion.eval;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.visionfashion.data.LabelScheme;

/**
 * What a model is judged on, its answers apart.
 *
 * @param split name of the split
 * @param scheme what the logits mean
 * @param skipped pictures of the split that could not be read, by file
 * @param skippedBefore why examples of the data set, of any split, were skipped when it was read
 * @param training label counts of the training split, for the constant predictors
 * @param trainingItems products that training has seen, to warn of those the split shares
 * @param spoken what training captions teach of the names that zero-shot sentences ask for
 * @param attainable best possible retrieval, where the data set says so
 * @param resamples draws behind the confidence intervals, 0 = none
 */
public record Task(
    String split,
    LabelScheme scheme,
    List<String> skipped,
    List<String> skippedBefore,
    LabelCounts training,
    Set<String> trainingItems,
    SpokenWords spoken,
    Optional<AttainableRecall> attainable,
    int resamples) {}
