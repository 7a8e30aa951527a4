package org.visionfashion.eval.protocol;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * What is searched. A tie goes to the lower number, so the ids stand in descending order: trec_eval
 * breaks ties that way, whatever the order of the data.
 *
 * @param ids of the documents, by their numbers
 * @param document_N the document that each row belongs to
 */
record Documents(List<String> ids, int[] document_N) {

  /** Rows with equal ids are one document. */
  static Documents of(List<String> id_N) {
    List<String> ids = id_N.stream().distinct().sorted(Comparator.reverseOrder()).toList();
    return new Documents(ids, id_N.stream().mapToInt(id -> number(ids, id)).toArray());
  }

  /** Negative where there is no such document. */
  int number(String id) {
    return number(ids, id);
  }

  private static int number(List<String> ids, String id) {
    return Collections.binarySearch(ids, id, Comparator.reverseOrder());
  }
}
