package org.visionfashion.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.visionfashion.base.UserError;
import org.visionfashion.config.Config;
import org.visionfashion.run.RunFolder;
import org.visionfashion.weights.convert.Format;

/** Writes down what it was asked to do. */
final class FakeWork implements Work {

  final List<String> calls = new ArrayList<>();
  final List<Config> configs = new ArrayList<>();
  final List<Evaluation> evaluations = new ArrayList<>();
  final List<ComparisonRequest> comparisons = new ArrayList<>();
  final List<DemoRequest> demos = new ArrayList<>();
  boolean finishes = true;
  boolean broken;
  Runnable before = () -> {};

  /** There is every device but gpu7. */
  @Override
  public void requireDevices(Config config) {
    if (config.run().devices().contains("gpu7")) {
      throw new UserError("there is no gpu7");
    }
  }

  @Override
  public void prepareData(Config config) {
    calls.add("prepare " + config.data().source());
  }

  @Override
  public boolean contrastive(Config config, RunFolder run, BooleanSupplier stop) {
    return stage("contrastive " + run.name(), config);
  }

  @Override
  public boolean finetune(Config config, RunFolder run, BooleanSupplier stop) {
    return stage("finetune " + run.name(), config);
  }

  private boolean stage(String call, Config config) {
    calls.add(call);
    configs.add(config);
    before.run();
    return finishes;
  }

  @Override
  public String evaluate(Evaluation evaluation) {
    calls.add("evaluate " + evaluation.split().label());
    evaluations.add(evaluation);
    return "the table";
  }

  @Override
  public String compare(ComparisonRequest request) {
    calls.add("compare " + request.runs().stream().map(RunFolder::name).toList());
    comparisons.add(request);
    return "the comparison";
  }

  @Override
  public void drawDemo(DemoRequest request) {
    demos.add(request);
  }

  @Override
  public Findings stats(Config config) {
    configs.add(config);
    return new Findings("the counts", broken);
  }

  @Override
  public Findings prepare(Config config) {
    configs.add(config);
    return new Findings("the cache", broken);
  }

  @Override
  public void convert(Path from, Path to, Format format, boolean half) {
    calls.add("convert " + from + " " + to + " " + format + " " + half);
  }

  @Override
  public String inspect(Path file) {
    return "the tensors of " + file;
  }

  @Override
  public String bench(BenchRequest request) {
    calls.add(request.toString());
    return "the figures";
  }

  @Override
  public Findings check(Path model, Path reference, double tolerance) {
    calls.add("check " + model + " " + reference + " " + tolerance);
    return new Findings("the differences", broken);
  }

  @Override
  public Findings verify(Config config, boolean all) {
    configs.add(config);
    return new Findings(all ? "all faults" : "the faults", broken);
  }
}
