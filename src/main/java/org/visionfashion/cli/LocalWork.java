package org.visionfashion.cli;

import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.visionfashion.config.Config;
import org.visionfashion.run.RunFolder;
import org.visionfashion.weights.convert.Format;

/** The work done in this process. */
final class LocalWork implements Work {

  private final DataWork data = new DataWork();
  private final TrainingWork training = new TrainingWork(data);
  private final WeightsWork weights = new WeightsWork();
  private final EvaluationWork evaluation = new EvaluationWork(data);

  @Override
  public void requireDevices(Config config) {
    training.requireDevices(config);
  }

  @Override
  public void prepareData(Config config) {
    DemoData.drawIfMissing(config.data());
  }

  @Override
  public boolean contrastive(Config config, RunFolder run, BooleanSupplier stop) {
    return training.contrastive(config, run, stop);
  }

  @Override
  public boolean finetune(Config config, RunFolder run, BooleanSupplier stop) {
    return training.finetune(config, run, stop);
  }

  @Override
  public String evaluate(Evaluation request) {
    return evaluation.evaluate(request);
  }

  @Override
  public String compare(ComparisonRequest request) {
    return new ComparisonWork(evaluation).compare(request);
  }

  @Override
  public void drawDemo(DemoRequest request) {
    data.draw(request);
  }

  @Override
  public Findings stats(Config config) {
    return data.stats(config);
  }

  @Override
  public Findings prepare(Config config) {
    return data.prepare(config);
  }

  @Override
  public void convert(Path from, Path to, Format format, boolean half) {
    weights.convert(from, to, format, half);
  }

  @Override
  public String inspect(Path file) {
    return weights.inspect(file);
  }

  @Override
  public String bench(BenchRequest request) {
    return new BenchWork().run(request);
  }

  @Override
  public Findings check(Path model, Path reference, double tolerance) {
    return weights.check(model, reference, tolerance);
  }

  @Override
  public Findings verify(Config config, boolean all) {
    return data.verify(config, all);
  }
}
