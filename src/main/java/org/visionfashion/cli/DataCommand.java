package org.visionfashion.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.visionfashion.base.UserError;
import org.visionfashion.config.Config;
import org.visionfashion.config.ConfigLoader;
import org.visionfashion.config.DataConfig;
import org.visionfashion.config.ModelConfig;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.check.CleanedTable;
import org.visionfashion.data.check.DataStatistics;
import org.visionfashion.data.check.ReportJson;
import org.visionfashion.data.check.Verification;
import org.visionfashion.data.check.VerificationReport;
import org.visionfashion.data.text.Tokenizer;
import org.visionfashion.demo.DemoSpec;
import org.visionfashion.weights.pretrained.InitialWeights;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The commands below {@code data}. */
@Command(mixinStandardHelpOptions = true, versionProvider = VersionCommand.Provider.class)
abstract class DataCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  PrintWriter console() {
    return spec.commandLine().getOut();
  }

  /** {@code data demo}. */
  @Command(
      name = "demo",
      description = "Draws the demo data set, laid out as DeepFashion-MultiModal is.")
  static final class Demo extends DataCommand {

    private static final String DEFAULT = " (default: from configs/demo.yaml).";

    @Option(names = "--out", paramLabel = "DIR", description = "The folder to write" + DEFAULT)
    private Path out;

    @Option(names = "--size", paramLabel = "N", description = "Number of pictures" + DEFAULT)
    private Integer size;

    @Option(
        names = "--seed",
        paramLabel = "N",
        description = "Seed of everything that is drawn" + DEFAULT)
    private Long seed;

    @Option(
        names = "--width",
        paramLabel = "N",
        defaultValue = "" + DemoSpec.DEFAULT_WIDTH,
        description = "Width of a picture in pixels (default: ${DEFAULT-VALUE}).")
    private int width;

    @Option(
        names = "--labels",
        paramLabel = "DIR",
        description = "Draws a picture for every line of the label files in this folder instead.")
    private Path labels;

    @Override
    public Integer call() {
      if (labels != null && !Files.isDirectory(labels)) {
        throw new UserError("--labels " + labels + ": no such folder");
      }
      DataConfig usual = ConfigLoader.load(ConfigOptions.demo(), List.of()).data();
      Path folder = out == null ? usual.root().path() : out.toAbsolutePath().normalize();
      if (labels == null) {
        int pictures = size == null ? usual.size() : size;
        PrepareData.draw(folder, new DemoSpec(pictures, seed == null ? usual.seed() : seed, width));
      } else {
        PrepareData.drawLabels(labels, folder, width);
      }
      console().println("The demo data set is in " + folder);
      return 0;
    }
  }

  /** A command that reads a data set. */
  abstract static class Reading extends DataCommand {

    @Mixin private ConfigOptions options;

    @Option(
        names = "--source",
        paramLabel = "NAME",
        description = "demo, deepfashion, csv or folder (default: data.source).")
    private String source;

    @Option(
        names = "--root",
        paramLabel = "DIR",
        description =
            "The data set's folder or table, or hf:datasets/owner/name (default: data.root).")
    private String root;

    Config config() {
      List<String> sets = new ArrayList<>();
      if (source != null) {
        sets.add("data.source=" + source);
      }
      if (root != null) {
        sets.add(ConfigOptions.root(root));
      }
      return options.load(sets);
    }
  }

  /** {@code data stats}. */
  @Command(
      name = "stats",
      description = "Counts examples by split, category and attribute, and caption lengths.")
  static final class Stats extends Reading {

    @Override
    public Integer call() throws IOException {
      Config config = config();
      console().println(statistics(PrepareData.read(config), config.model()).text());
      return 0;
    }

    /** With the tokenizer that training would use. */
    private static DataStatistics statistics(Dataset dataset, ModelConfig model)
        throws IOException {
      int maxTokens = model.text().maxTokens();
      try (DownloadProgress downloads = new DownloadProgress();
          InitialWeights weights = InitialWeights.open(model.init(), downloads.hub());
          Tokenizer tokenizer = weights.tokenizer(maxTokens).orElse(null)) {
        return tokenizer == null
            ? DataStatistics.of(dataset, model.text().vocabSize(), maxTokens)
            : DataStatistics.of(dataset, tokenizer);
      }
    }
  }

  /** {@code data prepare}. */
  @Command(
      name = "prepare",
      description = "Decodes and reduces the training pictures once, so that epochs are faster.")
  static final class Prepare extends Reading {

    @Override
    public Integer call() {
      Config config = config();
      console().println(PrepareData.cache(config, PrepareData.load(config)));
      return 0;
    }
  }

  /** {@code data verify}. */
  @Command(
      name = "verify",
      description =
          "Reads every label, caption and picture and lists the problems. Exit code 1 where the"
              + " data have faults; suspicions alone are 0.")
  static final class Verify extends Reading {

    @Option(
        names = "--all",
        description = "List every case (default: the first three of each finding).")
    private boolean all;

    @Option(names = "--json", description = "Print one JSON document instead of the table.")
    private boolean json;

    @Option(
        names = "--fix",
        paramLabel = "FILE",
        description =
            "Also write a cleaned table to this new .csv file, and what was changed beside it.")
    private Path fix;

    @Override
    public Integer call() {
      if (!json) {
        return verify();
      }
      LogOnError log = new LogOnError();
      try {
        return verify();
      } finally {
        log.close();
      }
    }

    private int verify() {
      Config config = config();
      Dataset dataset = PrepareData.read(config);
      Optional<CleanedTable> table =
          Optional.ofNullable(fix)
              .map(place -> CleanedTable.at(place, dataset, config.data().root()));
      Verification verification = verify(dataset, config.data());
      VerificationReport report = verification.report(config.model().text().maxTokens());
      CleanedTable.Result cleaned = table.map(each -> each.write(verification)).orElse(null);
      if (json) {
        console().println(ReportJson.of(report, all, cleaned).text());
      } else {
        console().print(report.text(Terminal.columns(), all));
        if (cleaned != null) {
          console().println(cleaned.summary());
        }
        console().flush();
      }
      return report.broken() ? 1 : 0;
    }

    private static Verification verify(Dataset dataset, DataConfig data) {
      try (WorkProgress.Series progress = new WorkProgress.Series()) {
        return Verification.of(dataset, data.limits(), data.workers(), progress);
      }
    }
  }
}
