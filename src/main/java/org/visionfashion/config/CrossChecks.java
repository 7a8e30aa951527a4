package org.visionfashion.config;

import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The rules between keys. */
final class CrossChecks {

  private final Binder values;

  CrossChecks(Binder values) {
    this.values = values;
  }

  void check(Config config) {
    devices(config.run().devices());
    data(config.data());
    weights("eval.protocol.weights", config.eval().protocol().weights());
    weights("eval.protocol.product_weights", config.eval().protocol().productWeights());
    imageSize(config.model());
    start(config.contrastive(), config.model().init());
    heads("model.image", config.model().image().hiddenSize(), config.model().image().heads());
    heads("model.text", config.model().text().hiddenSize(), config.model().text().heads());
  }

  void devices(List<String> devices) {
    boolean gpus = devices.stream().allMatch(name -> name.startsWith(RunConfig.GPU));
    // The CPU several times gains nothing, but shows how several devices work without having them.
    boolean cpus = devices.stream().allMatch(RunConfig.CPU::equals);
    boolean distinct = devices.stream().distinct().count() == devices.size();
    values.require(
        !devices.isEmpty() && (devices.size() == 1 || cpus || (gpus && distinct)),
        "run.devices",
        devices,
        "must be auto, all or cpu alone, or GPUs, each of them once");
  }

  private void weights(String key, List<Double> weights) {
    values.require(
        weights.stream().anyMatch(weight -> weight > 0), key, weights, "must not all be 0");
  }

  private void data(DataConfig data) {
    values.require(
        data.validation() + data.test() < 1,
        "data.validation",
        data.validation(),
        "and data.test = " + data.test() + " must leave something for training: sum below 1",
        "data.test");
    values.require(
        data.split() != DataConfig.SplitRule.GIVEN || !ofFashion(data.source()),
        "data.split",
        ConfigKey.label(data.split()),
        "needs a table with a split column or split folders (data.source: csv or folder); else item"
            + " or random",
        "data.source");
    values.require(
        data.source() == DataConfig.Source.AUTO
            || data.source() == DataConfig.Source.DEMO
            || values.isGiven("data.root"),
        "data.source",
        ConfigKey.label(data.source()),
        "needs data.root, the folder or table to read",
        "data.root");
    values.require(
        !data.root().isOnHub()
            || data.source() == DataConfig.Source.AUTO
            || data.source() == DataConfig.Source.PARQUET,
        "data.source",
        ConfigKey.label(data.source()),
        "cannot read %s: of the Hub's data sets the Parquet files are read, data.source: parquet"
            .formatted(data.root()),
        "data.root");
    String pattern = data.columns().itemPattern();
    values.require(
        isPattern(pattern),
        "data.columns.item_pattern",
        pattern,
        "must be a regular expression such as id_(\\d+)");
  }

  /** What is only of use where training begins with weights that somebody else has made. */
  private void start(ContrastiveConfig stage, InitConfig init) {
    String need = "needs weights to begin with: name model.init, or those of a tower";
    values.require(
        stage.epochs() > 0 || !init.isAllRandom(),
        "contrastive.epochs",
        stage.epochs(),
        need,
        "model.init");
    values.require(
        !stage.averageWithStart() || !init.isAllRandom(),
        "contrastive.average_with_start",
        true,
        need,
        "model.init");
  }

  private static boolean isPattern(String text) {
    try {
      Pattern.compile(text);
      return true;
    } catch (PatternSyntaxException e) {
      return false;
    }
  }

  private boolean ofFashion(DataConfig.Source source) {
    return source == DataConfig.Source.DEMO
        || source == DataConfig.Source.DEEPFASHION
        || (source == DataConfig.Source.AUTO && !values.isGiven("data.root"));
  }

  private void imageSize(ModelConfig model) {
    int patch = model.image().patchSize();
    values.require(
        model.imageSize().stream().allMatch(side -> side % patch == 0),
        "model.image_size",
        model.imageSize(),
        "must be a multiple of model.image.patch_size = " + patch,
        "model.image.patch_size");
  }

  private void heads(String tower, int hiddenSize, int heads) {
    values.require(
        hiddenSize % heads == 0,
        tower + ".hidden_size",
        hiddenSize,
        "must be a multiple of " + tower + ".heads = " + heads,
        tower + ".heads");
  }
}
