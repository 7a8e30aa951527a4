package org.visionfashion.eval;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.visionfashion.metrics.Interval;

/**
 * Pictures that ask for the other pictures of their item, as a recommendation does.
 *
 * @param queries pictures whose item has another picture in the split
 * @param candidates pictures searched for each query, all but itself
 * @param recallAt1 share of queries with a picture of the item in the first place
 * @param recallAt5 share with one among the first five
 * @param recallAt10 share with one among the first ten
 * @param meanAveragePrecision over the queries
 * @param ci95RecallAt10 95 % interval, null where there is none
 * @param ci95MeanAveragePrecision likewise
 * @param chanceRecallAt10 what a random order reaches
 * @param chanceMeanAveragePrecision likewise
 */
public record ImageToImageReport(
    int queries,
    int candidates,
    @JsonProperty("recall@1") double recallAt1,
    @JsonProperty("recall@5") double recallAt5,
    @JsonProperty("recall@10") double recallAt10,
    @JsonProperty("mean_average_precision") double meanAveragePrecision,
    @JsonProperty("ci95_recall@10") Interval ci95RecallAt10,
    @JsonProperty("ci95_mean_average_precision") Interval ci95MeanAveragePrecision,
    @JsonProperty("chance_recall@10") double chanceRecallAt10,
    @JsonProperty("chance_mean_average_precision") double chanceMeanAveragePrecision) {}
