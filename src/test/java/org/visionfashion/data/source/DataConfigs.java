package org.visionfashion.data.source;

import java.nio.file.Path;
import org.visionfashion.config.CacheConfig;
import org.visionfashion.config.DataConfig;
import org.visionfashion.config.DataConfig.CsvColumns;
import org.visionfashion.config.DataConfig.Scheme;
import org.visionfashion.config.DataConfig.Source;
import org.visionfashion.config.DataConfig.SplitRule;
import org.visionfashion.config.Defaults;

/** Configurations for tests: seed 7, a fifth for validation, a fifth for the test. */
public final class DataConfigs {

  private DataConfigs() {}

  public static DataConfig split(SplitRule rule) {
    return of(Source.DEEPFASHION, Path.of("."), rule, Scheme.CARD, CsvColumns.DEFAULT);
  }

  public static DataConfig deepFashion(Path root, SplitRule rule, Scheme scheme) {
    return of(Source.DEEPFASHION, root, rule, scheme, CsvColumns.DEFAULT);
  }

  public static DataConfig csv(Path root, SplitRule rule) {
    return of(Source.CSV, root, rule, Scheme.CARD, CsvColumns.DEFAULT);
  }

  public static DataConfig csv(Path root, CsvColumns columns) {
    return of(Source.CSV, root, SplitRule.ITEM, Scheme.CARD, columns);
  }

  public static DataConfig folder(Path root) {
    return folder(root, SplitRule.RANDOM);
  }

  public static DataConfig folder(Path root, SplitRule rule) {
    return of(Source.FOLDER, root, rule, Scheme.CARD, CsvColumns.DEFAULT);
  }

  public static DataConfig auto(Path root) {
    return of(Source.AUTO, root, SplitRule.AUTO, Scheme.CARD, CsvColumns.DEFAULT);
  }

  private static DataConfig of(
      Source source, Path root, SplitRule rule, Scheme scheme, CsvColumns columns) {
    return new DataConfig(
        source,
        root,
        0,
        7,
        rule,
        0.2,
        0.2,
        scheme,
        1,
        1,
        0,
        false,
        "a photo of a {}",
        new CacheConfig(256, false),
        Defaults.LIMITS,
        columns);
  }
}
