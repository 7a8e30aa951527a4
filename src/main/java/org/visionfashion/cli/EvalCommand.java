package org.visionfashion.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.visionfashion.base.AtomicFiles;
import org.visionfashion.base.UserError;
import org.visionfashion.config.Config;
import org.visionfashion.data.Split;
import org.visionfashion.run.RunFolder;
import org.visionfashion.run.RunFolders;
import org.visionfashion.weights.checkpoint.ModelFolder;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code eval}. */
@Command(
    name = "eval",
    description =
        "Evaluates a model: retrieval both ways, category, attributes. Prints a table and writes"
            + " SPLIT.json, SPLIT.html and SPLIT.resamples.safetensors.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Provider.class)
final class EvalCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions options;

  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      defaultValue = "test",
      converter = SplitName.class,
      description = "train, validation or test (default: test).")
  private Split split;

  @ArgGroup private Which which = new Which();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Evaluates on this data set instead of the run's own.")
  private Path data;

  @Option(
      names = "--robustness",
      description =
          "Judges spoilt pictures too: JPEG at quality 30, blurred, grey, at half resolution,"
              + " mirrored.")
  private boolean robustness;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the report goes; without it eval/ in the run or the model folder.")
  private Path out;

  private final Supplier<Work> work;

  EvalCommand(Supplier<Work> work) {
    this.work = work;
  }

  static final class SplitName extends EnumName<Split> {
    SplitName() {
      super(Split.values());
    }
  }

  /** The run, the model or several runs, not two of these. */
  static final class Which {
    @Option(
        names = "--run",
        paramLabel = "NAME",
        description = "The run whose model is evaluated; without it the newest.")
    private String run;

    @Option(names = "--model", paramLabel = "DIR", description = "A checkpoint folder.")
    private Path model;

    @Option(
        names = "--compare",
        paramLabel = "RUN",
        arity = "1..*",
        description =
            "Sets runs side by side, with paired intervals for their differences from the first;"
                + " runs that differ by their seed alone are averaged.")
    private List<String> compare;
  }

  @Override
  public Integer call() {
    if (which.compare != null) {
      spec.commandLine().getOut().println(work.get().compare(comparison()));
      return 0;
    }
    Evaluation evaluation = which.model == null ? ofRun() : ofModel();
    NativeThreads.set(evaluation.config().run().threads());
    work.get().prepareData(evaluation.config());
    PrintWriter console = spec.commandLine().getOut();
    console.println(work.get().evaluate(evaluation));
    console.println("Report: " + evaluation.output().resolve(split.label() + ".html"));
    return 0;
  }

  private ComparisonRequest comparison() {
    if (data != null || robustness) {
      throw new UserError(
          "--compare reads what ./eval --run NAME wrote: neither --data nor --robustness goes with"
              + " it");
    }
    List<String> names = which.compare.stream().distinct().toList();
    if (names.size() < 2) {
      throw new UserError("--compare needs two runs or more: --compare RUN RUN ...");
    }
    RunFolders runs = RunFolders.ofProject();
    return new ComparisonRequest(
        split,
        names.stream().map(runs::existing).toList(),
        Optional.ofNullable(out).map(Path::toAbsolutePath));
  }

  private Evaluation ofRun() {
    RunFolders runs = RunFolders.ofProject();
    RunFolder run =
        which.run == null
            ? runs.newest().orElseThrow(() -> new UserError(noRun(runs)))
            : runs.existing(which.run);
    if (!ModelFolder.exists(run.model())) {
      throw new UserError(
          "run " + run.name() + " has no model yet: ./train all --run " + run.name());
    }
    spec.commandLine().getOut().println("Run " + run.name() + ": " + run.model());
    return evaluation(run.model(), run.config(), run.eval());
  }

  private Evaluation ofModel() {
    Path model = which.model.toAbsolutePath().normalize();
    if (!Files.isRegularFile(AtomicFiles.existing(model).resolve(ModelFolder.CONFIG))) {
      throw new UserError(model + " is not a model folder: it has no config.json");
    }
    Path trainedWith = model.resolveSibling("config.yaml");
    boolean inRun = Files.isRegularFile(trainedWith);
    return evaluation(model, inRun ? trainedWith : ConfigOptions.demo(), model.resolve("eval"));
  }

  private Evaluation evaluation(Path model, Path trainedWith, Path usualOutput) {
    List<String> root =
        data == null ? List.of() : List.of("data.root=" + data.toAbsolutePath().normalize());
    Config config = options.load(trainedWith, root);
    Path output = out == null ? usualOutput : out.toAbsolutePath();
    return new Evaluation(split, model, config, output, robustness);
  }

  private static String noRun(RunFolders runs) {
    return "no run in " + runs.root() + ": ./train all first, or name a checkpoint by --model DIR";
  }
}
