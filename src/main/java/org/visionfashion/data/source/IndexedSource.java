package org.visionfashion.data.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.base.FileDigest;
import org.visionfashion.config.Binder;
import org.visionfashion.config.DataConfig;
import org.visionfashion.config.DataConfig.Index;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.index.ExampleIndex;

/** Reads a large data set once: from then on its index is opened, as long as it is up to date. */
final class IndexedSource implements DataSource {

  private static final Logger LOG = LoggerFactory.getLogger(IndexedSource.class);

  /** Of so many examples an index is kept, or where reading took long. */
  static final int LARGE = 200_000;

  private static final int KEY = 16;
  private static final long LONG_MILLISECONDS = 10_000;

  /** An index is no place for more. */
  private static final int MOST_PROBLEMS = 200_000;

  private final DataSource source;
  private final Path folder;
  private final int large;
  private final ExampleIndex index;

  IndexedSource(DataSource source, DataConfig config) {
    this(source, config, LARGE);
  }

  /**
   * With another limit.
   *
   * @param large of so many examples an index is kept
   */
  IndexedSource(DataSource source, DataConfig config, int large) {
    this.source = source;
    this.folder = existing(config.root().folder());
    this.large = large;
    this.index = new ExampleIndex(folder, key(config), Containers::open);
  }

  /** A pattern of files, and of folders too, begins somewhere. */
  private static Path existing(Path root) {
    Path folder = root;
    while (!Files.isDirectory(folder) && folder.getParent() != null) {
      folder = folder.getParent();
    }
    return folder;
  }

  /** What a source is where the configuration wants no index. */
  static DataSource of(DataSource source, DataConfig config) {
    return config.index() == Index.OFF ? source : new IndexedSource(source, config);
  }

  @Override
  public Dataset load() {
    long start = System.currentTimeMillis();
    Optional<Dataset> there = index.open();
    if (there.isPresent()) {
      LOG.info("Examples come from the index in {} ({})", place(), seconds(start));
      return there.get();
    }
    Dataset dataset = source.load();
    boolean slow = System.currentTimeMillis() - start >= LONG_MILLISECONDS;
    boolean wanted = dataset.examples().size() >= large || slow;
    if (!wanted || source.inputs().isEmpty()) {
      return dataset;
    }
    if (dataset.problems().size() > MOST_PROBLEMS) {
      LOG.info("No index is kept of data with {} problems", dataset.problems().size());
      return dataset;
    }
    try {
      index.write(dataset, source.inputs(), start);
    } catch (IOException e) {
      LOG.warn(
          "{}: no index can be kept, the data are read again next time: {}", place(), e.toString());
      return dataset;
    }
    LOG.info(
        "An index of {} examples is kept in {} ({}); data.index = off keeps none",
        String.format(Locale.ROOT, "%,d", dataset.examples().size()),
        place(),
        seconds(start));
    return index.open().orElse(dataset);
  }

  @Override
  public Set<Path> inputs() {
    return source.inputs();
  }

  private Path place() {
    return folder.resolve(ExampleIndex.FOLDER);
  }

  private static String seconds(long start) {
    return String.format(Locale.ROOT, "%.1f s", (System.currentTimeMillis() - start) / 1000.0);
  }

  /** The settings that may decide what is read: all but those that surely do not. */
  private static String key(DataConfig config) {
    DataConfig deciding =
        Binder.with(
            config,
            "workers=1",
            "prefetch=1",
            "max_broken=0",
            "group_lengths=false",
            "index=auto",
            "cache.prepare=false",
            "cache.side=256");
    MessageDigest digest = FileDigest.algorithm("SHA-256");
    String settings = deciding + config.root().parts().toString();
    digest.update(settings.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest.digest()).substring(0, KEY);
  }
}
