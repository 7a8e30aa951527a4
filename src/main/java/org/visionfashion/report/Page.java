package org.visionfashion.report;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.visionfashion.data.Example;
import org.visionfashion.eval.Count;
import org.visionfashion.eval.Evaluation;
import org.visionfashion.eval.Provenance;
import org.visionfashion.report.chart.Figure;
import org.visionfashion.report.chart.Palette;
import org.visionfashion.report.picture.Thumbnails;
import org.visionfashion.report.table.Table;

/**
 * What the template of a report sees; a part is null where the data have nothing to show.
 *
 * @param model name
 * @param split name
 * @param facts what a reader must know first
 * @param light colours as CSS variables
 * @param dark likewise
 * @param pictures CSS classes
 * @param pictureShape width over height of most pictures
 * @param images the pictures by their CSS classes, for figures
 * @param headline the numbers that matter
 * @param cautions one sentence each
 * @param allScores every section, for the files
 */
record Page(
    String model,
    String split,
    List<String> facts,
    String light,
    String dark,
    String pictures,
    double pictureShape,
    Map<String, BufferedImage> images,
    List<Headline.Card> headline,
    List<String> cautions,
    List<Table> allScores,
    RetrievalView retrieval,
    SimilarView similar,
    CategoryView category,
    AttributeView attributes,
    ZeroShotView zeroShot,
    List<Table> robustness,
    Table allRobustness,
    SpaceView space,
    AttentionView attention,
    List<CurvesPage.Stage> stages,
    List<Provenance.Fact> provenance) {

  private static final int PICTURE_HEIGHT = 144;
  private static final int SMALL_PICTURE_HEIGHT = 72;
  private static final int LOOKS = 9;

  static Page of(Subject subject) {
    Evaluation evaluation = subject.evaluation();
    Thumbnails usual = new Thumbnails("t", PICTURE_HEIGHT);
    Galleries galleries = new Galleries(subject.table(), usual, subject.seed());
    RetrievalView retrieval = RetrievalView.of(evaluation, galleries);
    SimilarView similar = SimilarView.of(evaluation, galleries);
    Thumbnails.Sheet sheet = usual.sheet();
    Thumbnails small = new Thumbnails("s", SMALL_PICTURE_HEIGHT);
    SpaceView space = SpaceView.of(subject, galleries, small, sheet.shape());
    Thumbnails.Sheet smallSheet = small.sheet();
    boolean robust = evaluation.robustness() != null;
    Map<String, BufferedImage> images = new HashMap<>(sheet.images());
    images.putAll(smallSheet.images());
    return new Page(
        subject.model(),
        evaluation.split(),
        facts(subject),
        Palette.css(false),
        Palette.css(true),
        sheet.css() + "\n" + smallSheet.css(),
        Math.round(1_000 * sheet.shape()) / 1_000.0,
        images,
        Headline.of(evaluation),
        evaluation.cautions(),
        ScoreTables.of(evaluation),
        retrieval,
        similar,
        evaluation.category() == null ? null : CategoryView.of(evaluation),
        evaluation.attributes() == null ? null : AttributeView.of(evaluation),
        ZeroShotView.of(evaluation),
        robust ? RobustnessView.shown(evaluation) : List.of(),
        robust ? RobustnessView.all(evaluation.robustness()) : null,
        space,
        AttentionView.of(subject.checkpoint(), galleries.random(LOOKS)),
        subject.curves().map(run -> CurvesPage.Stage.of(List.of(run))).orElse(List.of()),
        evaluation.provenance().facts());
  }

  /** How much of what, when. */
  private static List<String> facts(Subject subject) {
    List<Example> examples = subject.table().examples();
    long items = examples.stream().map(Example::item).filter(i -> !i.isEmpty()).distinct().count();
    Provenance provenance = subject.evaluation().provenance();
    List<String> facts = new ArrayList<>();
    facts.add(Count.of(examples.size(), "picture"));
    if (items > 0) {
      facts.add(Count.of(items, "item"));
    }
    facts.add("data set " + provenance.dataset());
    facts.add(provenance.day());
    return facts;
  }

  /** Whether there is anything to warn of. */
  boolean cautioned() {
    return !cautions.isEmpty();
  }

  /** Whether pictures were degraded. */
  boolean robust() {
    return !robustness.isEmpty();
  }

  /** Whether there are learning curves. */
  boolean learning() {
    return !stages.isEmpty();
  }

  /** All figures, in order. */
  List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    if (category != null) {
      figures.addAll(List.of(category.confusion(), category.bars(), category.reliability()));
    }
    if (attributes != null) {
      figures.addAll(attributes.figures());
    }
    if (space != null) {
      figures.addAll(space.figures());
    }
    stages.forEach(stage -> figures.addAll(stage.figures()));
    return figures;
  }

  /** All tables, in order. */
  List<Table> tables() {
    List<Table> tables = new ArrayList<>(allScores);
    if (retrieval != null) {
      tables.addAll(retrieval.sizes());
    }
    if (category != null) {
      tables.add(category.classes());
    }
    if (attributes != null) {
      tables.addAll(List.of(attributes.groups(), attributes.single()));
    }
    if (allRobustness != null) {
      tables.add(allRobustness);
    }
    return tables;
  }
}
