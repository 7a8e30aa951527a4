package org.visionfashion.data.source;

import org.visionfashion.config.DataConfig;

/** Finds the reader of a configuration. */
public final class Sources {

  private Sources() {}

  /** The reader of {@code data.source}. The demo set has the layout of the real one. */
  public static DataSource open(DataConfig config) {
    return switch (config.source()) {
      case AUTO, DEMO, DEEPFASHION -> new DeepFashionSource(config);
      case CSV -> new CsvSource(config);
      case FOLDER -> new FolderSource(config);
    };
  }
}
