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
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.config.ModelConfig;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Picture;
import org.visionfashion.data.check.DataStatistics;
import org.visionfashion.data.check.DataVerifier;
import org.visionfashion.data.check.VerificationReport;
import org.visionfashion.data.image.ImageDecoder;
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
              + " data have faults.")
  static final class Verify extends Reading {

    private static final int PROBLEMS_A_KIND = 20;

    @Option(
        names = "--all",
        description =
            "List every problem (default: the first " + PROBLEMS_A_KIND + " of each kind).")
    private boolean all;

    @Override
    public Integer call() {
      Config config = config();
      VerificationReport report =
          DataVerifier.verify(
              PrepareData.read(config),
              image -> problem(image, config.data().limits()),
              config.data().workers());
      console().println(report.text(all ? Integer.MAX_VALUE : PROBLEMS_A_KIND));
      return report.broken() ? 1 : 0;
    }

    private static Optional<String> problem(Picture image, LimitsConfig limits) {
      try {
        ImageDecoder.decode(image, limits);
        return Optional.empty();
      } catch (IOException e) {
        return Optional.of(e.getMessage().replace(": " + image, "")); // the report names it already
      }
    }
  }
}
