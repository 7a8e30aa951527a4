package org.visionfashion.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.visionfashion.bench.Preset;
import org.visionfashion.config.ConfigLoader;
import org.visionfashion.config.MicroBatch;
import org.visionfashion.config.Precision;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code bench}. */
@Command(
    name = "bench",
    description =
        "Measures how fast this machine trains, loads, saves and searches: medians and quartiles.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Provider.class)
final class BenchCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "WHAT",
      converter = WhatName.class,
      description = "step, optimizer, load, loader, save, retrieval or gemm.")
  private BenchRequest.What what;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      defaultValue = "tiny",
      converter = PresetName.class,
      description = "tiny (the demo's sizes), b32 or b16 (default: ${DEFAULT-VALUE}).")
  private Preset preset;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "16",
      description = "Pairs a step (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Option(
      names = "--micro-batch",
      paramLabel = "N",
      defaultValue = "0",
      converter = MicroBatchSize.class,
      description =
          "Pairs of them that are encoded at once, 0 = all, or auto (default: ${DEFAULT-VALUE}).")
  private MicroBatch microBatch;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "10",
      description = "How often is measured (default: ${DEFAULT-VALUE}).")
  private int steps;

  @Option(
      names = "--precision",
      paramLabel = "TYPE",
      defaultValue = "fp32",
      converter = PrecisionName.class,
      description = "auto, fp32, tf32, bf16 or fp16 (default: ${DEFAULT-VALUE}).")
  private Precision precision;

  @Option(
      names = "--devices",
      paramLabel = "LIST",
      defaultValue = "auto",
      description =
          "Devices that share a step, as run.devices: auto, all, cpu or [gpu0, gpu1]; the rest is"
              + " measured on the first (default: ${DEFAULT-VALUE}).")
  private String devices;

  @Option(
      names = "--pairs",
      paramLabel = "N",
      defaultValue = "40000",
      description = "Pairs to rank in retrieval (default: ${DEFAULT-VALUE}).")
  private int pairs;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes the figures there too.")
  private Path json;

  private final Supplier<Work> work;

  BenchCommand(Supplier<Work> work) {
    this.work = work;
  }

  static final class MicroBatchSize implements ITypeConverter<MicroBatch> {
    @Override
    public MicroBatch convert(String text) {
      try {
        return MicroBatch.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(text + " must be " + MicroBatch.RULE);
      }
    }
  }

  static final class WhatName extends EnumName<BenchRequest.What> {
    WhatName() {
      super(BenchRequest.What.values());
    }
  }

  static final class PresetName extends EnumName<Preset> {
    PresetName() {
      super(Preset.values());
    }
  }

  static final class PrecisionName extends EnumName<Precision> {
    PrecisionName() {
      super(Precision.values());
    }
  }

  @Override
  public Integer call() {
    BenchRequest request =
        new BenchRequest(
            what,
            preset,
            Math.max(1, batch),
            microBatch,
            Math.max(1, steps),
            precision,
            ConfigLoader.devices("--devices", devices),
            Math.max(2, pairs),
            Optional.ofNullable(json));
    spec.commandLine().getOut().println(work.get().bench(request));
    return 0;
  }
}
