package org.visionfashion.report;

import java.util.List;
import org.visionfashion.eval.Evaluation;
import org.visionfashion.report.table.Table;

/**
 * Pictures that ask for pictures.
 *
 * @param scores how often they find the same item
 * @param cases some of them
 */
record SimilarView(List<Table> scores, List<Galleries.Case> cases) {

  private static final int CASES = 5;

  /** Null where there is no second picture. */
  static SimilarView of(Evaluation evaluation, Galleries galleries) {
    List<Galleries.Case> cases = galleries.neighbours(CASES);
    return cases.isEmpty()
        ? null
        : new SimilarView(ScoreTables.of(evaluation, "image_to_image"), cases);
  }
}
