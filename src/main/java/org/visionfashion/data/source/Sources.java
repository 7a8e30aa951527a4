package org.visionfashion.data.source;

import java.nio.file.Path;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.config.DataConfig;
import org.visionfashion.config.DataConfig.Source;

/** Finds the reader of a configuration. */
public final class Sources {

  private static final Logger LOG = LoggerFactory.getLogger(Sources.class);

  private Sources() {}

  /**
   * The reader of {@code data.source}; {@code auto} is inferred from what lies at {@code
   * data.root}.
   *
   * @throws org.visionfashion.base.UserError where nothing can be inferred, and for a data set of
   *     the Hub that is not fetched
   */
  public static DataSource open(DataConfig config) {
    config.root().requireFetched();
    Source source =
        config.source() == Source.AUTO
            ? inferred(config.root().parts().get(0).path())
            : config.source();
    DataSource reader =
        switch (source) {
          case AUTO -> throw new IllegalStateException("inferred to be itself");
          case DEMO, DEEPFASHION -> new DeepFashionSource(config); // the demo set has its layout
          case CSV, JSONL -> TableSource.at(config, source);
          case FOLDER -> new FolderSource(config);
          case PARQUET -> new ParquetSource(config);
          case WEBDATASET -> new SampleSource(config);
        };
    return IndexedSource.of(reader, config);
  }

  private static Source inferred(Path root) {
    SourceInference inferred = SourceInference.of(root);
    String source = inferred.source().name().toLowerCase(Locale.ROOT);
    LOG.info("data.source: auto reads {} as {} ({})", root, source, inferred.reason());
    return inferred.source();
  }
}
