package org.visionfashion.report.curves;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.visionfashion.eval.ScoreKey;
import org.visionfashion.report.chart.Figure;
import org.visionfashion.report.chart.LinePlot;
import org.visionfashion.report.chart.Palette;
import org.visionfashion.report.curves.RunCurves.Stage;
import org.visionfashion.report.curves.StageCurves.Between;
import org.visionfashion.report.curves.StageCurves.Epoch;
import org.visionfashion.report.curves.StepBins.Bin;

/** The figures of a stage; several runs share each figure, one colour per run. */
public final class CurveFigures {

  private final List<RunCurves> runs;
  private final Stage stage;

  private CurveFigures(List<RunCurves> runs, Stage stage) {
    this.runs = runs;
    this.stage = stage;
  }

  /** Loss, scores, rate, gradient norm and throughput; none where no run has begun the stage. */
  public static List<Figure> of(List<RunCurves> runs, Stage stage) {
    List<RunCurves> begun = RunCurves.begun(runs, stage);
    return begun.isEmpty() ? List.of() : new CurveFigures(begun, stage).all();
  }

  private List<Figure> all() {
    List<Figure> figures = new ArrayList<>();
    figures.add(loss());
    figures.addAll(runs.size() == 1 ? scoresOfOne() : scoresOfSeveral());
    figures.addAll(betweenStartAndBest());
    figures.add(steps("Learning rate", "", Bin::rate));
    figures.add(steps("Gradient norm", "Before clipping.", Bin::gradientNorm));
    figures.add(steps("Throughput", "Pairs per second.", bin -> bin.examples() / bin.seconds()));
    return figures;
  }

  private Figure loss() {
    LinePlot plot = plot(true);
    for (int r = 0; r < runs.size(); r++) {
      StageCurves curves = runs.get(r).of(stage);
      StepBins bins = curves.bins();
      boolean alone = runs.size() == 1;
      String name = alone ? "training" : runs.get(r).run();
      plot.line(name, Palette.series(r), bins.values(Bin::last), bins.values(Bin::loss));
      Palette color = Palette.series(alone ? 1 : r);
      double[] held = values(curves.epochs(), Epoch::loss);
      plot.dotted(alone ? "validation" : name, color, steps(curves.epochs()), held);
      if (!alone) {
        plot.unnamed();
      }
    }
    return figure("Loss", "Line: training. Dots: validation after each epoch.", plot);
  }

  private List<Figure> scoresOfOne() {
    List<Epoch> epochs = runs.get(0).of(stage).epochs();
    if (epochs.isEmpty()) {
      return List.of();
    }
    LinePlot plot = plot(true);
    int n = 0;
    for (String name : scoreNames()) {
      plot.dotted(readable(name), Palette.series(n++), steps(epochs), scores(epochs, name));
    }
    String start =
        epochs.get(0).step() == 0 ? "The weights that it started from, then after" : "After";
    return List.of(figure("Validation scores", start + " each epoch.", plot));
  }

  private List<Figure> scoresOfSeveral() {
    return scoreNames().stream().map(this::score).toList();
  }

  private Figure score(String name) {
    LinePlot plot = plot(true);
    for (int r = 0; r < runs.size(); r++) {
      List<Epoch> epochs = runs.get(r).of(stage).epochs();
      plot.dotted(runs.get(r).run(), Palette.series(r), steps(epochs), scores(epochs, name));
    }
    return figure(readable(name), "Validation, after each epoch.", plot);
  }

  private static double[] scores(List<Epoch> epochs, String name) {
    return values(epochs, epoch -> epoch.scores().getOrDefault(name, Double.NaN));
  }

  private Set<String> scoreNames() {
    Set<String> names = new LinkedHashSet<>();
    runs.forEach(
        run -> run.of(stage).epochs().forEach(epoch -> names.addAll(epoch.scores().keySet())));
    return names;
  }

  /** Of each run whose result is averaged with its start: what decides, and the scores. */
  private List<Figure> betweenStartAndBest() {
    List<Figure> figures = new ArrayList<>();
    for (RunCurves run : runs) {
      List<Between> curve = run.of(stage).betweenStartAndBest();
      if (curve.isEmpty()) {
        continue;
      }
      LinePlot plot = new LinePlot("share of the best epoch", "").xRange(0, 1).legend(true);
      double[] shares = curve.stream().mapToDouble(Between::share).toArray();
      int n = 0;
      for (String name : curve.get(0).scores().keySet()) {
        if (!name.equals("loss")) {
          double[] values = curve.stream().mapToDouble(each -> each.scores().get(name)).toArray();
          plot.dotted(readable(name), Palette.series(n++), shares, values);
        }
      }
      String title = "From the start to the best epoch" + (runs.size() > 1 ? ", " + run.run() : "");
      figures.add(
          figure(title, "Validation of averages of the two; the best score is the result.", plot));
    }
    return figures;
  }

  private Figure steps(String title, String note, ToDoubleFunction<Bin> value) {
    LinePlot plot = plot(runs.size() > 1);
    for (int r = 0; r < runs.size(); r++) {
      StepBins bins = runs.get(r).of(stage).bins();
      plot.line(runs.get(r).run(), Palette.series(r), bins.values(Bin::last), bins.values(value));
    }
    return figure(title, note, plot);
  }

  private static LinePlot plot(boolean legend) {
    return new LinePlot("step", "").xFromZero().legend(legend);
  }

  private Figure figure(String title, String note, LinePlot plot) {
    String name = stage.name() + "-" + title;
    return plot.figure(name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"), title, note);
  }

  /** {@code category.top1} as {@code Category, top-1}. */
  private static String readable(String score) {
    return ScoreKey.of(score).map(ScoreKey::title).orElse(score.replace('_', ' '));
  }

  private static double[] steps(List<Epoch> epochs) {
    return values(epochs, epoch -> (double) epoch.step());
  }

  private static double[] values(List<Epoch> epochs, Function<Epoch, Double> value) {
    return epochs.stream().mapToDouble(value::apply).toArray();
  }
}
