package org.visionfashion.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.base.UserError;
import org.visionfashion.config.Config;
import org.visionfashion.config.DataConfig;
import org.visionfashion.config.DataRoot;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Problem;
import org.visionfashion.data.SkipLimit;
import org.visionfashion.data.Split;
import org.visionfashion.data.cache.CacheBuilder;
import org.visionfashion.data.cache.PixelCache;
import org.visionfashion.data.source.Sources;
import org.visionfashion.demo.DemoGenerator;
import org.visionfashion.demo.DemoSpec;
import org.visionfashion.eval.Count;

/** Makes a configuration's data ready: draws the demo set, reads the data set, fills the cache. */
final class PrepareData {

  private static final Logger LOG = LoggerFactory.getLogger(PrepareData.class);

  /** More of what is not used is for {@code data verify} to list. */
  private static final int UNUSED = 3;

  private PrepareData() {}

  /**
   * Reads a data set to work with.
   *
   * @throws UserError where too much of it would be skipped
   */
  static Dataset load(Config config) {
    Dataset dataset = open(config);
    dataset.requireWithin(config.data().maxBroken());
    return logged(dataset);
  }

  /** Reads the data set, however much of it would be skipped. */
  static Dataset read(Config config) {
    return logged(open(config));
  }

  /** Draws it first where it is the demo set and not there yet. */
  private static Dataset open(Config config) {
    DataConfig data = located(fetched(config.data()));
    if (data.source() == DataConfig.Source.DEMO) {
      draw(data.root().path(), new DemoSpec(data.size(), data.seed()));
    }
    Dataset dataset = Sources.open(data).load();
    LOG.info("Data: {}", dataset.summary());
    return dataset;
  }

  /** The configuration with the place where the data set lies, once it is fetched. */
  private static DataConfig fetched(DataConfig data) {
    try (DownloadProgress downloads = new DownloadProgress()) {
      return data.withRoot(downloads.fetched(data.root()));
    }
  }

  /** Says what of the data is not used, and how many faults they have. */
  private static Dataset logged(Dataset dataset) {
    dataset.problems().stream()
        .filter(problem -> problem.kind() == Problem.Kind.UNUSED)
        .limit(UNUSED)
        .forEach(problem -> LOG.info("Not used: {}", problem));
    dataset.problems().stream()
        .filter(problem -> problem.kind() == Problem.Kind.SUSPICIOUS)
        .forEach(problem -> LOG.warn("{}", problem));
    List<String> skipped = dataset.skipped().stream().map(Problem::toString).toList();
    if (!skipped.isEmpty()) {
      LOG.warn(SkipLimit.summary(skipped, dataset.examples().size() + skipped.size()));
    }
    long faults = dataset.problems().stream().filter(Problem::fault).count();
    if (faults > 0) {
      LOG.warn(
          "{}: {}; list with ./visionfashion data verify --root {}",
          dataset.root(),
          Count.of(faults, "fault"),
          dataset.root());
    }
    return dataset;
  }

  /**
   * The configuration with the folder that holds, or will hold, the drawing it means: {@code
   * data.root}, or beside it {@code root-size-seed} where another drawing lies there.
   */
  private static DataConfig located(DataConfig config) {
    if (config.source() != DataConfig.Source.DEMO) {
      return config;
    }
    Path root = config.root().path();
    DemoSpec spec = new DemoSpec(config.size(), config.seed());
    Optional<DemoSpec> there = DemoGenerator.manifest(root);
    if (there.isEmpty() || there.get().equals(spec)) {
      return config;
    }
    String name = root.getFileName() + "-" + spec.size() + "-" + spec.seed();
    return config.withRoot(DataRoot.at(root.resolveSibling(name)));
  }

  /** Draws a demo set unless it is there. */
  static void draw(Path folder, DemoSpec spec) {
    if (DemoGenerator.isComplete(folder, spec)) {
      return;
    }
    LOG.info("Drawing {} demo pictures in {}", String.format("%,d", spec.size()), folder);
    try (WorkProgress progress = new WorkProgress("drawing")) {
      DemoGenerator.draw(folder, spec, threads(), progress);
    }
  }

  /** Draws a picture for every line of existing label files. */
  static void drawLabels(Path labels, Path folder, int width) {
    LOG.info("Drawing a picture for every line of {} in {}", labels, folder);
    try (WorkProgress progress = new WorkProgress("drawing")) {
      DemoGenerator.drawLabels(labels, folder, width, threads(), progress);
    }
  }

  /** Decodes the training pictures that are not in the cache; one line about it. */
  static String cache(Config config, Dataset dataset) {
    int side = config.data().cache().side();
    Path folder = PixelCache.folder(dataset.folder(), side);
    try (WorkProgress progress = new WorkProgress("preparing")) {
      CacheBuilder.Result result =
          new CacheBuilder(dataset.folder(), side, config.data().limits(), threads(), progress)
              .prepare(dataset.split(Split.TRAIN).pictures());
      return "%s: %,d pictures prepared, %,d were there already, %,d cannot be read"
          .formatted(folder, result.stored(), result.kept(), result.unreadable());
    } catch (IOException e) {
      throw new UncheckedIOException(folder + ": cannot be written: " + e.getMessage(), e);
    }
  }

  /** Shared data may be read-only: without the cache, training is slower but possible. */
  static void cacheIfPossible(Config config, Dataset dataset) {
    try {
      LOG.info("{}", cache(config, dataset));
    } catch (UncheckedIOException e) {
      LOG.warn("{}; every epoch decodes the pictures again", e.getMessage());
    }
  }

  private static int threads() {
    return Runtime.getRuntime().availableProcessors();
  }
}
