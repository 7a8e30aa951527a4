package org.visionfashion.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.visionfashion.metrics.Difference;
import org.visionfashion.metrics.Interval;

/**
 * Several models side by side. Runs that differ by their seed alone are one contender.
 *
 * @param split name of the split
 * @param contenders the first is what the others are compared with
 * @param rows one score each
 * @param published what others reached elsewhere on a data set of this name, not to be compared
 */
public record Comparison(
    String split, List<Contender> contenders, List<Row> rows, List<PublishedResult> published) {

  public Comparison {
    contenders = List.copyOf(contenders);
    rows = List.copyOf(rows);
    published = List.copyOf(published);
  }

  /**
   * An evaluated run.
   *
   * @param name of the run
   * @param experiment the same for runs that differ by their seed alone
   * @param model as written
   */
  public record Run(String name, String experiment, EvaluatedModel model) {

    Evaluation evaluation() {
      return model.evaluation();
    }

    Resamples resamples() {
      return model.resamples();
    }
  }

  /**
   * One experiment.
   *
   * @param runs their names, a seed each
   * @param examples pictures judged
   * @param captions of those
   * @param data the data set, by name and fingerprint
   * @param paired whether it was judged on the same examples as the first contender, so that
   *     differences mean something
   */
  public record Contender(
      List<String> runs, int examples, int captions, String data, boolean paired) {

    public Contender {
      runs = List.copyOf(runs);
    }

    /** What was judged, in words. */
    public String judged() {
      return Evaluation.Pictures.text(examples, captions);
    }
  }

  /**
   * One score of all contenders.
   *
   * @param section title
   * @param key full name
   * @param name within its section
   * @param decimals digits worth showing
   * @param cells in the order of the contenders
   */
  public record Row(String section, String key, String name, int decimals, List<Cell> cells) {

    public Row {
      cells = List.copyOf(cells);
    }
  }

  /**
   * One score of one contender.
   *
   * @param value mean over the runs; NaN where it was not measured
   * @param interval 95 % confidence over the examples; null where there is none
   * @param seeds the runs' own values
   * @param spread standard deviation over the seeds; NaN of a single run
   * @param difference from the first contender; null for itself and where the examples differ. Its
   *     interval is over the examples by the paired bootstrap; how far seeds scatter, {@code
   *     spread} says
   */
  public record Cell(
      double value, Interval interval, List<Double> seeds, double spread, Difference difference) {

    public Cell {
      seeds = List.copyOf(seeds);
    }
  }

  /**
   * Compares evaluated runs.
   *
   * @param runs at least one; the first and those of its experiment are the reference
   */
  public static Comparison of(String split, List<Run> runs) {
    Map<String, List<Run>> experiments = new LinkedHashMap<>();
    for (Run run : runs) {
      // Seeds can be averaged only over the same examples.
      String key = run.experiment() + " " + run.resamples().examples();
      experiments.computeIfAbsent(key, each -> new ArrayList<>()).add(run);
    }
    List<Experiment> all = experiments.values().stream().map(Experiment::of).toList();
    return new Comparison(
        split,
        all.stream().map(each -> each.contender(all.get(0))).toList(),
        rows(all),
        all.stream()
            .map(each -> each.runs.get(0).evaluation().provenance().dataset())
            .distinct()
            .flatMap(dataset -> PublishedResult.on(dataset).stream())
            .distinct()
            .toList());
  }

  private static List<Row> rows(List<Experiment> all) {
    Map<String, Row> rows = new LinkedHashMap<>();
    for (Experiment experiment : all) {
      for (Section section : experiment.runs.get(0).evaluation().sections()) {
        for (Score score : section.scores()) {
          rows.computeIfAbsent(section.key(score), key -> row(section.title(), key, score, all));
        }
      }
    }
    return List.copyOf(rows.values());
  }

  private static Row row(String section, String key, Score score, List<Experiment> all) {
    List<Cell> cells = new ArrayList<>();
    for (Experiment experiment : all) {
      cells.add(experiment.cell(key, cells.isEmpty() ? null : all.get(0)));
    }
    return new Row(section, key, score.name(), score.decimals(), cells);
  }

  /** The runs of one experiment. */
  private record Experiment(List<Run> runs, Resamples resamples) {

    static Experiment of(List<Run> runs) {
      return new Experiment(
          runs,
          runs.size() == 1
              ? runs.get(0).resamples()
              : Resamples.mean(runs.stream().map(Run::resamples).toList()));
    }

    Contender contender(Experiment first) {
      Evaluation evaluation = runs.get(0).evaluation();
      return new Contender(
          runs.stream().map(Run::name).toList(),
          evaluation.examples(),
          evaluation.pictures().captions(),
          evaluation.provenance() == null ? null : evaluation.provenance().data().toString(),
          resamples.sameExamples(first.resamples));
    }

    /** A cell; {@code first} is null for the first contender itself. */
    Cell cell(String key, Experiment first) {
      double[] value_S = values(key);
      double mean = mean(value_S);
      Difference difference = null;
      if (first != null && resamples.sameExamples(first.resamples)) {
        difference = resamples.difference(key, mean, first.resamples, mean(first.values(key)));
      }
      return new Cell(
          mean,
          Interval.of(resamples.of(key)),
          Arrays.stream(value_S).boxed().toList(),
          deviation(value_S, mean),
          difference);
    }

    private double[] values(String key) {
      return runs.stream()
          .map(run -> run.evaluation().score(key))
          .mapToDouble(score -> score.map(Score::value).orElse(Double.NaN))
          .toArray();
    }

    private static double mean(double[] values) {
      return Arrays.stream(values).average().orElse(Double.NaN);
    }

    private static double deviation(double[] values, double mean) {
      double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
      return values.length < 2 ? Double.NaN : Math.sqrt(squares / (values.length - 1));
    }
  }
}
