package org.visionfashion.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.config.Config;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.config.ModelConfig;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Example;
import org.visionfashion.data.Problem;
import org.visionfashion.data.SkipLimit;
import org.visionfashion.data.Split;
import org.visionfashion.data.cache.CacheBuilder;
import org.visionfashion.data.cache.PixelCache;
import org.visionfashion.data.check.DataStatistics;
import org.visionfashion.data.check.DataVerifier;
import org.visionfashion.data.check.VerificationReport;
import org.visionfashion.data.image.ImageDecoder;
import org.visionfashion.data.source.Sources;
import org.visionfashion.demo.DemoSpec;

/** Reads, draws, counts and verifies data sets. */
final class DataWork {

  private static final Logger LOG = LoggerFactory.getLogger(DataWork.class);
  private static final int PROBLEMS_A_KIND = 20;

  void draw(DemoRequest request) {
    int width = request.width().orElse(DemoSpec.DEFAULT_WIDTH);
    if (request.labels().isPresent()) {
      DemoData.drawLabels(request.labels().get(), request.out(), width);
    } else {
      DemoData.draw(request.out(), new DemoSpec(request.size(), request.seed(), width));
    }
  }

  /** Reads a data set to work with: not too much of it may be unusable. */
  Dataset load(Config config) {
    Dataset dataset = read(config);
    dataset.requireWithin(config.data().maxBroken());
    return dataset;
  }

  private static Dataset read(Config config) {
    Dataset dataset = Sources.open(DemoData.located(config.data())).load();
    LOG.info("Data: {}", dataset.summary());
    List<String> skipped = dataset.skipped().stream().map(Problem::toString).toList();
    if (!skipped.isEmpty()) {
      LOG.warn(SkipLimit.summary(skipped, dataset.examples().size() + skipped.size()));
    }
    long faults = dataset.problems().stream().filter(Problem::fault).count();
    if (faults > 0) {
      LOG.warn("{} faults in {}; visionfashion data verify lists them", faults, dataset.root());
    }
    return dataset;
  }

  Findings stats(Config config) {
    ModelConfig.TextEncoderConfig text = config.model().text();
    Dataset dataset = read(config);
    return new Findings(
        DataStatistics.of(dataset, text.vocabSize(), text.maxTokens()).text(), false);
  }

  Findings verify(Config config, boolean all) {
    VerificationReport report =
        DataVerifier.verify(
            read(config),
            image -> imageProblem(image, config.data().limits()),
            config.data().workers());
    return new Findings(report.text(all ? Integer.MAX_VALUE : PROBLEMS_A_KIND), report.broken());
  }

  Findings prepare(Config config) {
    Dataset dataset = load(config);
    CacheBuilder.Result result = prepare(config, dataset);
    String text =
        "%,d pictures prepared, %,d were ready, %,d cannot be read; all in %s"
            .formatted(
                result.stored(), result.kept(), result.unreadable(), cacheFolder(config, dataset));
    return new Findings(text, false);
  }

  /** Decodes the training pictures that are not in the cache. */
  CacheBuilder.Result prepare(Config config, Dataset dataset) {
    Path folder = cacheFolder(config, dataset);
    List<Path> pictures = dataset.split(Split.TRAIN).stream().map(Example::image).toList();
    try (WorkProgress progress = new WorkProgress("preparing")) {
      int side = config.data().cache().side();
      CacheBuilder.Result result =
          new CacheBuilder(
                  dataset.folder(), side, config.data().limits(), DemoData.threads(), progress)
              .prepare(pictures);
      if (result.stored() > 0) {
        LOG.info("Prepared {} pictures in {}", String.format("%,d", result.stored()), folder);
      }
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(folder + ": cannot be written (" + e.getMessage() + ")", e);
    }
  }

  /** Data that somebody shares may be read-only: training is slower without the cache, not over. */
  void prepareIfPossible(Config config, Dataset dataset) {
    try {
      prepare(config, dataset);
    } catch (UncheckedIOException e) {
      LOG.warn("{}; the pictures are decoded anew in every epoch", e.getMessage());
    }
  }

  private static Path cacheFolder(Config config, Dataset dataset) {
    return PixelCache.folder(dataset.folder(), config.data().cache().side());
  }

  private static Optional<String> imageProblem(Path file, LimitsConfig limits) {
    try {
      ImageDecoder.decode(file, limits);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e.getMessage().replace(": " + file, "")); // the report names it already
    }
  }
}
