package org.visionfashion.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.visionfashion.base.ProjectFolder;
import org.visionfashion.base.UserError;
import org.visionfashion.config.Config;
import org.visionfashion.engine.Machine;
import org.visionfashion.eval.Part;
import org.visionfashion.hub.HubReference;
import org.visionfashion.run.RunFolder;
import org.visionfashion.run.RunFolders;
import org.visionfashion.weights.checkpoint.ModelFolder;
import org.visionfashion.weights.file.WeightsFiles;
import org.visionfashion.weights.pretrained.Models;
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
      description =
          "train, validation, test or all (default: test; of --data that name no test split and"
              + " are not the run's own, all).")
  private Part part;

  @ArgGroup private Which which = new Which();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Another data set to evaluate on, a folder or table or hf:datasets/owner/name; its"
              + " layout is recognised (default: the run's own). The report is named after it.")
  private String data;

  @Option(
      names = "--robustness",
      description =
          "Also evaluate degraded images: JPEG at quality 30, blurred, grey, at half resolution,"
              + " mirrored.")
  private boolean robustness;

  @Option(
      names = "--protocol",
      arity = "0..1",
      paramLabel = "TASK,...",
      fallbackValue = "",
      description =
          "Retrieval judged by ground truth instead, as BEIR and published leaderboards do it: one"
              + " or more of text-to-image, category-to-product, attribute-to-product, qrels"
              + " (default: eval.protocol.tasks). The pictures of --split ask, all are searched;"
              + " eval.protocol.models are judged beside the model. Writes SPLIT.protocol.json and"
              + " SPLIT.protocol.html.")
  private String protocol;

  @Option(
      names = "--qrels",
      paramLabel = "FILE",
      description =
          "Judgements for --protocol qrels: TREC's four columns or BEIR's table (default:"
              + " eval.protocol.qrels).")
  private Path qrels;

  @Option(
      names = "--queries",
      paramLabel = "FILE",
      description =
          "Texts of their queries: JSON lines with _id and text, or ID TAB TEXT (default:"
              + " eval.protocol.queries).")
  private Path queries;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for the report (default: eval/ of the run, or of the model folder).")
  private Path out;

  /** The run, the model or several runs, not two of these. */
  static final class Which {
    @Option(
        names = "--run",
        paramLabel = "NAME",
        description = "The run whose model is evaluated (default: the newest run).")
    private String run;

    @Option(
        names = "--model",
        paramLabel = "DIR",
        description =
            "A checkpoint folder instead, or a published CLIP or SigLIP: a folder, a file or"
                + " hf:owner/name[@revision].")
    private String model;

    @Option(
        names = "--compare",
        paramLabel = "RUN",
        arity = "1..*",
        description =
            "Compares runs, with paired intervals for their differences from the first; runs that"
                + " differ only by their seed are averaged.")
    private List<String> compare;
  }

  @Override
  public Integer call() throws IOException {
    if (which.compare != null) {
      comparison().run().forEach(spec.commandLine().getOut()::println);
      return 0;
    }
    if (protocol != null || qrels != null || queries != null) {
      return protocol();
    }
    Evaluate evaluate = which.model == null ? ofRun() : ofModel(which.model);
    Machine.start(evaluate.config().run().threads());
    return show(evaluate.run(PrepareData.load(evaluate.config())));
  }

  private Compare comparison() {
    if (data != null || robustness || protocol != null || qrels != null || queries != null) {
      throw new UserError(
          "--compare reads what ./eval --run NAME wrote; it cannot be combined with --data,"
              + " --robustness, --protocol, --qrels or --queries");
    }
    List<String> names = which.compare.stream().distinct().toList();
    if (names.size() < 2) {
      throw new UserError("--compare needs two runs or more: --compare RUN RUN ...");
    }
    RunFolders runs = RunFolders.ofProject();
    return new Compare(
        part == null ? Part.TEST : part,
        names.stream().map(runs::existing).toList(),
        Optional.ofNullable(out).map(Path::toAbsolutePath));
  }

  /** The run or model, then {@code eval.protocol.models}; these alone of a --config. */
  private int protocol() throws IOException {
    if (robustness) {
      throw new UserError("--protocol cannot be combined with --robustness");
    }
    boolean named = options.file == null || which.run != null || which.model != null;
    List<String> alone = named ? List.of() : options.load(List.of()).eval().protocol().models();
    String subject = alone.isEmpty() ? which.model : onDisk(alone.get(0));
    Evaluate first = subject == null ? ofRun() : ofModel(subject);
    Map<String, Path> models = new LinkedHashMap<>();
    models.put(
        !alone.isEmpty() ? alone.get(0) : subject == null ? first.name() : subject, first.model());
    for (String name : first.config().eval().protocol().models()) {
      if (!models.containsKey(name)) {
        models.put(name, located(onDisk(name)));
        Models.require(models.get(name), first.config().model().init().activation());
      }
    }
    Machine.start(first.config().run().threads());
    return show(
        new EvaluateProtocol(models, first.config(), first.part(), first.output())
            .run(PrepareData.load(first.config())));
  }

  /** A model that a configuration names, as the command line would. */
  private static String onDisk(String model) {
    return HubReference.isReference(model) ? model : ProjectFolder.resolve(model).toString();
  }

  private int show(Evaluate.Result result) {
    PrintWriter console = spec.commandLine().getOut();
    console.println(result.table());
    console.println("Report: " + result.report());
    return 0;
  }

  private Evaluate ofRun() {
    RunFolders runs = RunFolders.ofProject();
    RunFolder run = which.run == null ? newest(runs) : runs.existing(which.run);
    Path model = model(run);
    spec.commandLine().getOut().println("Run " + run.name() + ": " + model);
    return evaluate(model, run.config(), run.eval());
  }

  /**
   * A run's model.
   *
   * @throws UserError where it has none yet
   */
  static Path model(RunFolder run) {
    if (!ModelFolder.exists(run.model())) {
      throw new UserError(
          "run %s has no model yet: run ./train all --run %s first"
              .formatted(run.name(), run.name()));
    }
    return run.model();
  }

  private Evaluate ofModel(String named) throws IOException {
    Path model = located(named).toAbsolutePath().normalize();
    Path trainedWith = model.resolveSibling("config.yaml");
    boolean inRun = Files.isRegularFile(trainedWith);
    Evaluate evaluate =
        evaluate(model, inRun ? trainedWith : ConfigOptions.demo(), usualOutput(named, model));
    // Or a UserError, before any data are read.
    Models.require(model, evaluate.config().model().init().activation());
    return evaluate;
  }

  /** Where the model lies; it is fetched first where it is one of the Hub's. */
  private static Path located(String model) throws IOException {
    if (!HubReference.isReference(model)) {
      return Path.of(model);
    }
    try (DownloadProgress downloads = new DownloadProgress()) {
      return downloads.hub().locate(model);
    }
  }

  /** Beside the model; of one on the Hub, whose cache is not ours, a folder beside the runs. */
  private static Path usualOutput(String named, Path model) {
    return HubReference.isReference(named)
        ? RunFolders.ofProject()
            .root()
            .resolve(named.substring(named.indexOf(':') + 1).replaceAll("[^\\w.-]+", "--"))
            .resolve("eval")
        : WeightsFiles.folder(model).resolve("eval");
  }

  private Evaluate evaluate(Path model, Path trainedWith, Path usualOutput) {
    List<String> sets = new ArrayList<>();
    if (data != null) {
      sets.add(ConfigOptions.root(data));
      // How the model's own data are laid out says nothing about these.
      Stream.of("data.source", "data.split")
          .filter(key -> !options.sets(key))
          .forEach(key -> sets.add(key + "=auto"));
    }
    sets.addAll(protocolSets());
    Config config = options.load(trainedWith, sets);
    boolean chosen = data == null || options.sets("data.split");
    return new Evaluate(
        model,
        config,
        Optional.ofNullable(part == null && chosen ? Part.TEST : part),
        out == null ? usualOutput : out.toAbsolutePath(),
        robustness);
  }

  /** What {@code --protocol} and its files say, as settings; files alone name their task. */
  private List<String> protocolSets() {
    List<String> sets = new ArrayList<>();
    if (protocol != null && !protocol.isEmpty()) {
      sets.add("eval.protocol.tasks=[" + protocol.replace('-', '_') + "]");
    } else if (qrels != null && protocol == null) {
      sets.add("eval.protocol.tasks=[qrels]");
    }
    if (qrels != null) {
      sets.add("eval.protocol.qrels=" + qrels.toAbsolutePath());
    }
    if (queries != null) {
      sets.add("eval.protocol.queries=" + queries.toAbsolutePath());
    }
    return sets;
  }

  static RunFolder newest(RunFolders runs) {
    return runs.newest()
        .orElseThrow(
            () ->
                new UserError(
                    "no run in %s: run ./train all first, or name a checkpoint folder with --model DIR"
                        .formatted(runs.root())));
  }
}
