package org.visionfashion.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.visionfashion.base.UserError;
import org.visionfashion.config.Config;
import org.visionfashion.config.ConfigLoader;
import org.visionfashion.config.DataConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The commands below {@code data}. */
@Command(mixinStandardHelpOptions = true, versionProvider = VersionCommand.Provider.class)
abstract class DataCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  final Supplier<Work> work;

  DataCommand(Supplier<Work> work) {
    this.work = work;
  }

  PrintWriter console() {
    return spec.commandLine().getOut();
  }

  /** {@code data demo}. */
  @Command(
      name = "demo",
      description = "Draws the demo data set, laid out as DeepFashion-MultiModal is.")
  static final class Demo extends DataCommand {

    @Option(
        names = "--out",
        paramLabel = "DIR",
        description = "The folder to write; without it that of configs/demo.yaml.")
    private Path out;

    @Option(
        names = "--size",
        paramLabel = "N",
        description = "Number of pictures; without it that of configs/demo.yaml.")
    private Integer size;

    @Option(
        names = "--seed",
        paramLabel = "N",
        description = "Seeds everything drawn; without it that of configs/demo.yaml.")
    private Long seed;

    @Option(names = "--width", paramLabel = "N", description = "Width of a picture in pixels.")
    private Integer width;

    @Option(
        names = "--labels",
        paramLabel = "DIR",
        description = "Draws a picture for every line of the label files in this folder instead.")
    private Path labels;

    Demo(Supplier<Work> work) {
      super(work);
    }

    @Override
    public Integer call() {
      if (labels != null && !Files.isDirectory(labels)) {
        throw new UserError("--labels " + labels + ": no such folder");
      }
      DataConfig usual = ConfigLoader.load(ConfigOptions.demo(), List.of()).data();
      Path folder = out == null ? usual.root() : out.toAbsolutePath().normalize();
      work.get()
          .drawDemo(
              new DemoRequest(
                  folder,
                  size == null ? usual.size() : size,
                  seed == null ? usual.seed() : seed,
                  width == null ? OptionalInt.empty() : OptionalInt.of(width),
                  Optional.ofNullable(labels)));
      console().println("The demo data set is in " + folder);
      return 0;
    }
  }

  /** {@code data stats}. */
  @Command(
      name = "stats",
      description = "Counts by split, category and attribute, and caption lengths.")
  static final class Stats extends DataCommand {

    @Mixin private DataOptions options;

    Stats(Supplier<Work> work) {
      super(work);
    }

    @Override
    public Integer call() {
      return print(work.get().stats(options.load()));
    }
  }

  /** {@code data prepare}. */
  @Command(
      name = "prepare",
      description = "Decodes and reduces the training pictures once, so that epochs are faster.")
  static final class Prepare extends DataCommand {

    @Mixin private DataOptions options;

    Prepare(Supplier<Work> work) {
      super(work);
    }

    @Override
    public Integer call() {
      return print(work.get().prepare(options.load()));
    }
  }

  /** {@code data verify}. */
  @Command(
      name = "verify",
      description = "Reads every label, caption and picture and names what is wrong.")
  static final class Verify extends DataCommand {

    @Mixin private DataOptions options;

    @Option(
        names = "--all",
        description = "Names every single problem; else the first of each kind.")
    private boolean all;

    Verify(Supplier<Work> work) {
      super(work);
    }

    @Override
    public Integer call() {
      return print(work.get().verify(options.load(), all));
    }
  }

  int print(Findings report) {
    console().println(report.text());
    return report.broken() ? 1 : 0;
  }

  /** Which data set. */
  static final class DataOptions {

    @Mixin private ConfigOptions options;

    @Option(
        names = "--source",
        paramLabel = "NAME",
        description = "demo, deepfashion, csv or folder, instead of data.source.")
    private String source;

    @Option(
        names = "--root",
        paramLabel = "DIR",
        description = "Where the data set lies, instead of data.root.")
    private Path root;

    Config load() {
      List<String> sets = new ArrayList<>();
      if (source != null) {
        sets.add("data.source=" + source);
      }
      if (root != null) {
        sets.add("data.root=" + root.toAbsolutePath().normalize());
      }
      return options.load(ConfigOptions.demo(), sets);
    }
  }
}
