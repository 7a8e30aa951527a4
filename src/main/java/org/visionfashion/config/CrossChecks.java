package org.visionfashion.config;

/** The rules between keys. */
final class CrossChecks {

  private final Values values;

  CrossChecks(Values values) {
    this.values = values;
  }

  void check(Config config) {
    data(config.data());
    imageSize(config.model());
    heads("model.image", config.model().image().hiddenSize(), config.model().image().heads());
    heads("model.text", config.model().text().hiddenSize(), config.model().text().heads());
  }

  private void data(DataConfig data) {
    values.require(
        data.validation() + data.test() < 1,
        "data.validation",
        data.validation(),
        "and data.test = " + data.test() + " must leave something for training: sum below 1",
        "data.test");
    values.require(
        data.split() != DataConfig.SplitRule.GIVEN || data.source() == DataConfig.Source.CSV,
        "data.split",
        Values.label(data.split()),
        "needs data.source = csv: only a table says the split; else item or random",
        "data.source");
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
