package org.visionfashion.eval;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Scores of the categories.
 *
 * @param scheme name of the label scheme
 * @param classes number of categories
 * @param top1 share of examples whose category comes first
 * @param top3 share with the category among the first three
 * @param top5 share with the category among the first five
 * @param macroF1 mean F1 of the classes
 * @param baselineTop1 top1 of always naming the most frequent class of training
 */
public record CategoryReport(
    String scheme,
    int classes,
    double top1,
    double top3,
    double top5,
    @JsonProperty("macro_f1") double macroF1,
    @JsonProperty("baseline_top1") double baselineTop1) {}
