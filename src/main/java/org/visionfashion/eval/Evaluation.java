package org.visionfashion.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The result of an evaluation, as its JSON file holds it: every number once.
 *
 * @param split name of the split
 * @param pictures what was judged, and what could not be
 * @param provenance where the numbers come from
 * @param sections the scores with everything to read them against
 * @param details what lies behind them
 * @param robustness scores on degraded pictures; null where nobody asked
 * @param cautions what a reader should know before quoting a number, one sentence each
 */
public record Evaluation(
    String split,
    Pictures pictures,
    Provenance provenance,
    List<Section> sections,
    Details details,
    List<DegradedScores> robustness,
    List<String> cautions) {

  public Evaluation {
    sections = List.copyOf(sections);
    cautions = List.copyOf(cautions);
  }

  /**
   * The pictures of the split.
   *
   * @param judged those that could be read
   * @param captions of those
   * @param cutCaptions how many of these are longer than the model reads
   * @param skipped those that could not
   * @param firstSkipped the files of the first few of them
   * @param skippedInDataSet examples of any split that were skipped when the data set was read
   */
  public record Pictures(
      int judged,
      int captions,
      int cutCaptions,
      int skipped,
      List<String> firstSkipped,
      int skippedInDataSet) {

    private static final int NAMED = 3;

    public Pictures {
      firstSkipped = List.copyOf(firstSkipped);
    }

    static Pictures of(Task task, EmbeddingTable table) {
      List<String> skipped = task.skipped();
      return new Pictures(
          table.examples().size(),
          table.captioned().owner_M().length,
          task.cutCaptions(),
          skipped.size(),
          skipped.subList(0, Math.min(NAMED, skipped.size())),
          task.skippedBefore().size());
    }

    /** In words, for example {@code 1,000 pictures with 5,000 captions}. */
    public String text() {
      return text(judged, captions);
    }

    static String text(int pictures, int captions) {
      return Count.of(pictures, "picture") + " with " + Count.of(captions, "caption");
    }
  }

  /** Pictures judged. */
  public int examples() {
    return pictures.judged;
  }

  /** A score, where it was measured. */
  public Optional<Score> score(ScoreKey key) {
    return score(key.key());
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
    Optional.ofNullable(details.zeroShot())
        .map(Details.ZeroShot::caution)
        .ifPresent(caution -> all.add("Zero-shot scores: " + caution));
    return all;
  }

  /** The same with scores on degraded pictures. */
  public Evaluation withRobustness(List<DegradedScores> scores) {
    return new Evaluation(split, pictures, provenance, sections, details, scores, cautions);
  }
}
