package org.visionfashion.data.source;

import java.nio.file.Path;
import java.util.Locale;
import org.visionfashion.config.Binder;
import org.visionfashion.config.DataConfig;
import org.visionfashion.config.DataConfig.Scheme;
import org.visionfashion.config.DataConfig.Source;
import org.visionfashion.config.DataConfig.SplitRule;
import org.visionfashion.config.DataConfig.TableColumns;

/** Configurations for tests: seed 7, a fifth for validation, a fifth for the test. */
public final class DataConfigs {

  private DataConfigs() {}

  public static DataConfig split(SplitRule rule) {
    return of(Source.DEEPFASHION, Path.of("data"), rule, Scheme.CARD, TableColumns.DEFAULT);
  }

  public static DataConfig deepFashion(Path root, SplitRule rule, Scheme scheme) {
    return of(Source.DEEPFASHION, root, rule, scheme, TableColumns.DEFAULT);
  }

  public static DataConfig csv(Path root, SplitRule rule) {
    return of(Source.CSV, root, rule, Scheme.CARD, TableColumns.DEFAULT);
  }

  public static DataConfig csv(Path root, TableColumns columns) {
    return of(Source.CSV, root, SplitRule.ITEM, Scheme.CARD, columns);
  }

  public static DataConfig folder(Path root) {
    return folder(root, SplitRule.RANDOM);
  }

  public static DataConfig folder(Path root, SplitRule rule) {
    return of(Source.FOLDER, root, rule, Scheme.CARD, TableColumns.DEFAULT);
  }

  public static DataConfig samples(Path root, SplitRule rule) {
    return of(Source.WEBDATASET, root, rule, Scheme.CARD, TableColumns.DEFAULT);
  }

  public static DataConfig parquet(Path root, SplitRule rule, TableColumns columns) {
    return of(Source.PARQUET, root, rule, Scheme.CARD, columns);
  }

  public static DataConfig auto(Path root) {
    return of(Source.AUTO, root, SplitRule.AUTO, Scheme.CARD, TableColumns.DEFAULT);
  }

  private static DataConfig of(
      Source source, Path root, SplitRule rule, Scheme scheme, TableColumns columns) {
    DataConfig config =
        Binder.of(
            DataConfig.class,
            "source=" + label(source),
            "root=" + root.toAbsolutePath(),
            "seed=7",
            "split=" + label(rule),
            "validation=0.2",
            "test=0.2",
            "labels=" + label(scheme),
            "workers=1",
            "prefetch=1",
            "max_broken=0",
            "template=a photo of a {}");
    return Binder.with(config, "columns.", columns);
  }

  private static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
