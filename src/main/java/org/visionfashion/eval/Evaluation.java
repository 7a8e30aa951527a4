package org.visionfashion.eval;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The result of an evaluation. The JSON file holds every component but the last, which has a file
 * of its own.
 *
 * @param split name of the split
 * @param examples pictures judged
 * @param retrieval null where the data have no captions
 * @param category null where the data have no categories or the model no such head
 * @param attributes null where the data have no attributes or the model no such head
 * @param provenance where the numbers come from
 * @param imageToImage null where no item has two pictures
 * @param zeroShot null where the data have neither categories nor attributes, or nobody asked
 * @param robustness scores of spoilt pictures, null where nobody asked
 * @param sections the scores with everything to read them against, for table and page
 * @param cautions what a reader should know before quoting a number, one sentence each
 * @param resamples the scores' values under resampling, to compare with another model
 */
public record Evaluation(
    String split,
    int examples,
    RetrievalReport retrieval,
    CategoryReport category,
    AttributeReport attributes,
    Provenance provenance,
    @JsonProperty("image_to_image") ImageToImageReport imageToImage,
    @JsonProperty("zero_shot") ZeroShotReport zeroShot,
    List<PerturbedScores> robustness,
    List<Section> sections,
    List<String> cautions,
    @JsonIgnore Resamples resamples) {

  public Evaluation {
    sections = sections == null ? List.of() : List.copyOf(sections);
    cautions = cautions == null ? List.of() : List.copyOf(cautions);
    resamples = resamples == null ? Resamples.NONE : resamples;
  }

  /** A score by its full name, for example {@code retrieval.image_to_text.recall@10}. */
  public Optional<Score> score(String key) {
    return sections.stream()
        .flatMap(
            section -> section.scores().stream().filter(score -> section.key(score).equals(key)))
        .findFirst();
  }

  /** The cautions, and what is to be said of zero-shot scores alone. */
  public List<String> allCautions() {
    List<String> all = new ArrayList<>(cautions);
    Optional.ofNullable(zeroShot)
        .flatMap(ZeroShotReport::caution)
        .ifPresent(caution -> all.add("Zero-shot scores: " + caution));
    return all;
  }

  /** The same with scores of spoilt pictures. */
  public Evaluation withRobustness(List<PerturbedScores> scores) {
    return new Evaluation(
        split,
        examples,
        retrieval,
        category,
        attributes,
        provenance,
        imageToImage,
        zeroShot,
        scores,
        sections,
        cautions,
        resamples);
  }
}
