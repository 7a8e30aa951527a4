package org.visionfashion.report;

import java.util.List;
import org.visionfashion.eval.Evaluation;
import org.visionfashion.report.table.Table;

/**
 * Naming pictures without the heads.
 *
 * @param prompts the sentences
 * @param caution why the scores may be low; null where nothing is to be said
 * @param scores categories and attribute values
 */
record ZeroShotView(List<String> prompts, String caution, List<Table> scores) {

  /** Null where nobody asked. */
  static ZeroShotView of(Evaluation evaluation) {
    return evaluation.zeroShot() == null
        ? null
        : new ZeroShotView(
            evaluation.zeroShot().prompts(),
            evaluation.zeroShot().caution().orElse(null),
            ScoreTables.of(evaluation, "zero_shot\\..*"));
  }

  /** As a list within a sentence. */
  String sentences() {
    return String.join(", ", prompts.stream().map(each -> "“" + each + "”").toList());
  }
}
