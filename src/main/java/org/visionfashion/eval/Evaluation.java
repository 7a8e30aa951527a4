package org.visionfashion.eval;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/**
 * The result of an evaluation. The JSON file holds every component but the last two, which are
 * empty when it is read back.
 *
 * @param split name of the split
 * @param examples pictures judged
 * @param retrieval null where the data have no captions
 * @param category null where the data have no categories or the model no such head
 * @param attributes null where the data have no attributes or the model no such head
 * @param provenance where the numbers come from
 * @param sections the scores with everything to read them against, for table and page
 * @param cautions what a reader should know before quoting a number, one sentence each
 */
public record Evaluation(
    String split,
    int examples,
    RetrievalReport retrieval,
    CategoryReport category,
    AttributeReport attributes,
    Provenance provenance,
    @JsonIgnore List<Section> sections,
    @JsonIgnore List<String> cautions) {

  public Evaluation {
    sections = sections == null ? List.of() : List.copyOf(sections);
    cautions = cautions == null ? List.of() : List.copyOf(cautions);
  }
}
