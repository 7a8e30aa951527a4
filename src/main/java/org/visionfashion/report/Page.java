package org.visionfashion.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.visionfashion.data.Example;
import org.visionfashion.eval.Count;
import org.visionfashion.eval.Evaluation;
import org.visionfashion.eval.Part;
import org.visionfashion.eval.Provenance;
import org.visionfashion.report.picture.Thumbnails;

/**
 * What the template of a report sees.
 *
 * @param model name
 * @param split in words
 * @param facts how much of what, when
 * @param headline the scores that matter
 * @param cautions one sentence each
 * @param examples the best and the worst search; none without captions
 * @param sections those that the data allow, in order
 * @param pictures all that the sections show, as CSS classes
 * @param pictureShape width over height of most pictures
 */
record Page(
    String model,
    String split,
    List<String> facts,
    List<Headline.Card> headline,
    List<String> cautions,
    List<Galleries.Case> examples,
    List<PageSection> sections,
    String pictures,
    double pictureShape) {

  private static final int PICTURE_HEIGHT = 144;
  private static final int SMALL_PICTURE_HEIGHT = 72;

  static Page of(Subject subject) {
    Evaluation evaluation = subject.evaluation();
    Thumbnails usual = new Thumbnails("t", PICTURE_HEIGHT, subject.limits());
    Thumbnails small = new Thumbnails("s", SMALL_PICTURE_HEIGHT, subject.limits());
    Galleries galleries = new Galleries(subject.table(), usual, subject.seed());
    List<PageSection> sections =
        Stream.of(
                RetrievalSections.captions(evaluation, galleries),
                RetrievalSections.similar(evaluation, galleries),
                CategorySection.of(evaluation),
                AttributeSection.of(evaluation),
                ScoreTables.zeroShot(evaluation),
                RobustnessSection.of(evaluation),
                SpaceSection.of(subject, galleries, small, usual.shape()),
                AttentionSection.of(subject, galleries),
                CurvesPage.section(subject.curves()),
                provenance(evaluation))
            .flatMap(Optional::stream)
            .toList();
    return new Page(
        subject.model(),
        Part.words(evaluation.split()),
        facts(subject),
        Headline.of(evaluation),
        evaluation.cautions(),
        galleries.extremes(),
        sections,
        usual.css() + "\n" + small.css(),
        Math.round(1_000 * usual.shape()) / 1_000.0);
  }

  /** Whether there is anything to warn of. */
  boolean cautioned() {
    return !cautions.isEmpty();
  }

  /** Whether there are example queries. */
  boolean compared() {
    return !examples.isEmpty();
  }

  private static List<String> facts(Subject subject) {
    List<Example> examples = subject.table().examples();
    long items = examples.stream().map(Example::item).filter(i -> !i.isEmpty()).distinct().count();
    Provenance provenance = subject.evaluation().provenance();
    List<String> facts = new ArrayList<>();
    facts.add(subject.evaluation().pictures().text());
    int skipped = subject.evaluation().pictures().skipped();
    if (skipped > 0) {
      facts.add(skipped + " unreadable");
    }
    if (items > 0) {
      facts.add(Count.of(items, "item"));
    }
    facts.add("data set " + provenance.dataset());
    facts.add(provenance.day());
    return facts;
  }

  private static Optional<PageSection> provenance(Evaluation evaluation) {
    return Optional.of(
        new PageSection(
            "provenance",
            "Provenance",
            "Model, data, program and machine behind these numbers.",
            Map.of("facts", evaluation.provenance().facts())));
  }
}
