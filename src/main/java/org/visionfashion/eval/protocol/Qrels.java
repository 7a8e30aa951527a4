package org.visionfashion.eval.protocol;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.visionfashion.base.UserError;

/**
 * Judgements of documents for queries, in order.
 *
 * @param gains by the id of the query, then of the document; 1 or more = relevant
 * @param repeated lines that say what an earlier line says
 */
record Qrels(Map<String, Map<String, Integer>> gains, int repeated) {

  private static final String BEIR = "query-id\tcorpus-id\tscore";

  /**
   * Reads TREC's lines ({@code query 0 document relevance}, between spaces) or BEIR's table, which
   * begins with {@code query-id TAB corpus-id TAB score}.
   *
   * @throws UserError where a line is neither, a relevance is no whole number, two lines contradict
   *     each other, or nothing is judged
   */
  static Qrels read(Path file) throws IOException {
    List<String> lines = QueryFile.lines(file);
    boolean beir = !lines.isEmpty() && lines.get(0).strip().equals(BEIR);
    Map<String, Map<String, Integer>> gains = new LinkedHashMap<>();
    int repeated = 0;
    for (int i = beir ? 1 : 0; i < lines.size(); i++) {
      if (lines.get(i).isBlank()) {
        continue;
      }
      String place = "%s, line %d: ".formatted(file, i + 1);
      String[] cells = lines.get(i).strip().split(beir ? "\t" : "\\s+", -1);
      if (cells.length != (beir ? 3 : 4)) {
        throw new UserError(
            place
                + "%d columns; write TREC's four (QUERY 0 DOCUMENT RELEVANCE), or begin with BEIR's"
                    .formatted(cells.length)
                + " header query-id<TAB>corpus-id<TAB>score");
      }
      String document = cells[beir ? 1 : 2];
      int gain = gain(cells[cells.length - 1], place);
      Integer before =
          gains.computeIfAbsent(cells[0], query -> new LinkedHashMap<>()).put(document, gain);
      if (before != null && before != gain) {
        throw new UserError(
            place
                + "query %s, document %s: relevance %d, but %d in an earlier line"
                    .formatted(cells[0], document, gain, before));
      }
      repeated += before == null ? 0 : 1;
    }
    if (gains.isEmpty()) {
      throw new UserError(file + ": no judgement");
    }
    return new Qrels(gains, repeated);
  }

  private static int gain(String text, String place) {
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      throw new UserError(place + "relevance " + text + ": write a whole number, 0 = not", e);
    }
  }
}
