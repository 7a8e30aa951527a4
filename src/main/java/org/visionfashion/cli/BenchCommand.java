package org.visionfashion.cli;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.visionfashion.base.ProjectFolder;
import org.visionfashion.base.UserError;
import org.visionfashion.bench.EncodeBench;
import org.visionfashion.bench.GemmBench;
import org.visionfashion.bench.LoadBench;
import org.visionfashion.bench.LoaderBench;
import org.visionfashion.bench.OptimizerBench;
import org.visionfashion.bench.Preset;
import org.visionfashion.bench.Report;
import org.visionfashion.bench.RetrievalBench;
import org.visionfashion.bench.SaveBench;
import org.visionfashion.bench.StepBench;
import org.visionfashion.config.ConfigLoader;
import org.visionfashion.config.MicroBatch;
import org.visionfashion.config.Precision;
import org.visionfashion.demo.DemoSpec;
import org.visionfashion.engine.Machine;
import org.visionfashion.engine.MatrixType;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.model.TypeTrial;
import org.visionfashion.nn.RandomValues;
import org.visionfashion.run.RunFolders;
import org.visionfashion.weights.checkpoint.Checkpoint;
import org.visionfashion.weights.pretrained.Models;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench}. What it writes lies below {@code data/bench}. */
@Command(
    name = "bench",
    description =
        "Measures how fast this machine trains, encodes, loads, saves and searches: medians and quartiles.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Provider.class)
final class BenchCommand implements Callable<Integer> {

  private static final int EMBEDDING = 512;

  @Spec private CommandSpec spec;

  /** What to measure. */
  enum What {
    STEP,
    ENCODE,
    OPTIMIZER,
    LOAD,
    LOADER,
    SAVE,
    RETRIEVAL,
    GEMM
  }

  @Parameters(
      paramLabel = "WHAT",
      description = "step, encode, optimizer, load, loader, save, retrieval or gemm.")
  private What what;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      defaultValue = "tiny",
      description = "tiny (the demo's sizes), b32 or b16 (default: ${DEFAULT-VALUE}).")
  private Preset preset;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description =
          "For encode and load: a checkpoint folder or a published CLIP or SigLIP instead of a"
              + " preset (encode without either: the newest run's model).")
  private Path model;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "16",
      description =
          "Pairs per step, pictures or texts encoded at once (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Option(
      names = "--micro-batch",
      paramLabel = "N",
      defaultValue = "0",
      description = "Micro-batch size; 0 = whole batch, or auto (default: ${DEFAULT-VALUE}).")
  private MicroBatch microBatch;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "10",
      description = "Number of timed repetitions (default: ${DEFAULT-VALUE}).")
  private int steps;

  @Option(
      names = "--precision",
      paramLabel = "TYPE",
      defaultValue = "fp32",
      description = "auto, fp32, tf32, bf16 or fp16 (default: ${DEFAULT-VALUE}).")
  private Precision precision;

  @Option(
      names = "--devices",
      paramLabel = "LIST",
      defaultValue = "auto",
      description =
          "Devices that share a step, as run.devices: auto, all, cpu or [gpu0, gpu1]; everything"
              + " else runs on the first (default: ${DEFAULT-VALUE}).")
  private String devices;

  @Option(
      names = "--pairs",
      paramLabel = "N",
      defaultValue = "40000",
      description = "Pairs to rank in retrieval (default: ${DEFAULT-VALUE}).")
  private int pairs;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Also writes the figures to this file.")
  private Path json;

  @Override
  public Integer call() throws IOException {
    List<String> names = ConfigLoader.devices("--devices", devices);
    Machine.start();
    Report report = measured(Machine.devices(names), Math.max(1, steps));
    if (json != null) {
      Files.writeString(json, report.json());
    }
    spec.commandLine().getOut().println(report.text());
    return 0;
  }

  private Report measured(List<Device> all, int times) throws IOException {
    Device device = all.get(0);
    if (model != null && what != What.ENCODE && what != What.LOAD) {
      throw new UserError("--model is for bench encode and bench load; name sizes with --preset");
    }
    return switch (what) {
      case STEP ->
          new StepBench(preset, Math.max(1, batch), microBatch, times, type(device), all).run();
      case ENCODE -> encode(device, times);
      case OPTIMIZER -> OptimizerBench.run(preset, times, device);
      case LOAD ->
          model == null
              ? LoadBench.run(preset, folder("load-" + EnumName.of(preset)), times, device)
              : LoadBench.run(model, times, device);
      case LOADER -> {
        DemoSpec pictures = new DemoSpec(LoaderBench.PICTURES, 1, LoaderBench.JPEG_WIDTH);
        PrepareData.draw(folder("pictures"), pictures);
        yield LoaderBench.run(folder("pictures"), times);
      }
      case SAVE -> SaveBench.run(preset, folder("save-" + EnumName.of(preset)), times, device);
      case RETRIEVAL -> RetrievalBench.run(Math.max(2, pairs), EMBEDDING, times);
      case GEMM -> GemmBench.run(device, times);
    };
  }

  private Report encode(Device device, int times) throws IOException {
    int most = Math.max(1, batch);
    if (model == null && spec.commandLine().getParseResult().hasMatchedOption("--preset")) {
      try (DualEncoder random =
          new DualEncoder(preset.architecture(), device, new RandomValues(1, 0.02))) {
        return EncodeBench.run(preset.toString(), random, preset.tokens(), most, times);
      }
    }
    Path folder =
        model == null ? EvalCommand.model(EvalCommand.newest(RunFolders.ofProject())) : model;
    try (Checkpoint checkpoint = Models.open(folder, device)) {
      return EncodeBench.run(
          folder.toString(), checkpoint.model(), checkpoint.description().maxTokens(), most, times);
    }
  }

  private MatrixType type(Device device) {
    return precision == Precision.AUTO
        ? TypeTrial.run(preset.architecture(), device, Math.max(1, batch), preset.tokens()).type()
        : MatrixType.of(precision, device);
  }

  private static Path folder(String name) {
    return ProjectFolder.resolve("data/bench/" + name);
  }
}
