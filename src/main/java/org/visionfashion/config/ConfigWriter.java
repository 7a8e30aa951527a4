package org.visionfashion.config;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.visionfashion.base.AtomicFiles;
import org.visionfashion.base.ProjectFolder;
import org.visionfashion.config.DataConfig.CsvColumns;
import org.visionfashion.config.ModelConfig.ImageEncoderConfig;
import org.visionfashion.config.ModelConfig.TextEncoderConfig;

/** The way back: an experiment with every key stated, as {@link ConfigLoader} reads it. */
public final class ConfigWriter {

  private final Map<String, Object> values = new LinkedHashMap<>();

  private ConfigWriter() {}

  /** Every key under its full name ({@code contrastive.lr}) in the order of the records. */
  public static Map<String, Object> flat(Config config) {
    ConfigWriter writer = new ConfigWriter();
    writer.run(config.run());
    writer.data(config.data());
    writer.model(config.model());
    writer.contrastive(config.contrastive());
    writer.finetune(config.finetune());
    writer.put("eval.batch", config.eval().batch());
    writer.put("eval.bootstrap", config.eval().bootstrap());
    writer.put("eval.zero_shot.prompts", config.eval().zeroShot().prompts());
    writer.save(config.save());
    return writer.values;
  }

  /** The same as nested sections, fit for YAML and JSON. */
  public static Map<String, Object> tree(Config config) {
    Map<String, Object> root = new LinkedHashMap<>();
    flat(config).forEach((key, value) -> insert(root, key, value));
    return root;
  }

  /** The experiment as YAML. */
  public static String toYaml(Config config) {
    YAMLMapper mapper =
        YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();
    try {
      return mapper.writeValueAsString(tree(config));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("plain values are always writable", e);
    }
  }

  /** Writes the YAML beside the file, then puts it in its place. */
  public static void write(Config config, Path file) throws IOException {
    AtomicFiles.write(file, toYaml(config));
  }

  private void run(RunConfig run) {
    put("run.name", run.name());
    put("run.seed", run.seed());
    put("run.precision", run.precision());
    put("run.devices", run.devices());
    put("run.threads", run.threads());
    put("run.max_skipped", run.maxSkipped());
  }

  private void data(DataConfig data) {
    put("data.source", data.source());
    put("data.root", ProjectFolder.relativize(data.root()));
    put("data.size", data.size());
    put("data.seed", data.seed());
    put("data.split", data.split());
    put("data.validation", data.validation());
    put("data.test", data.test());
    put("data.labels", data.labels());
    put("data.workers", data.workers());
    put("data.prefetch", data.prefetch());
    put("data.max_broken", data.maxBroken());
    put("data.group_lengths", data.groupLengths());
    put("data.template", data.template());
    put("data.cache.side", data.cache().side());
    put("data.cache.prepare", data.cache().prepare());
    put("data.limits.pixels", data.limits().pixels());
    put("data.limits.image_bytes", data.limits().imageBytes());
    put("data.limits.text_bytes", data.limits().textBytes());
    put("data.limits.line", data.limits().line());
    put("data.limits.json_depth", data.limits().jsonDepth());
    put("data.limits.outside", data.limits().outside());
    CsvColumns csv = data.csv();
    put("data.csv.image", csv.image());
    put("data.csv.caption", csv.caption());
    put("data.csv.category", csv.category());
    put("data.csv.attributes", csv.attributes());
    put("data.csv.item", csv.item());
    put("data.csv.split", csv.split());
  }

  private void model(ModelConfig model) {
    put("model.image_size", model.imageSize());
    put("model.mean", model.mean());
    put("model.std", model.std());
    put("model.resampling", model.resampling());
    put("model.embedding_size", model.embeddingSize());
    put("model.init", model.init().whole());
    put("model.ignore", model.init().ignored());
    ImageEncoderConfig image = model.image();
    put("model.image.init", model.init().image());
    put("model.image.patch_size", image.patchSize());
    put("model.image.hidden_size", image.hiddenSize());
    put("model.image.layers", image.layers());
    put("model.image.heads", image.heads());
    put("model.image.intermediate_size", image.intermediateSize());
    put("model.image.activation", image.activation());
    put("model.image.pre_layernorm", image.preLayernorm());
    put("model.image.norm_epsilon", image.normEpsilon());
    put("model.image.dropout", image.dropout());
    put("model.image.pooling", image.pooling());
    TextEncoderConfig text = model.text();
    put("model.text.init", model.init().text());
    put("model.text.vocab_size", text.vocabSize());
    put("model.text.max_tokens", text.maxTokens());
    put("model.text.hidden_size", text.hiddenSize());
    put("model.text.layers", text.layers());
    put("model.text.heads", text.heads());
    put("model.text.intermediate_size", text.intermediateSize());
    put("model.text.dropout", text.dropout());
    put("model.text.pooling", text.pooling());
  }

  private void contrastive(ContrastiveConfig stage) {
    put("contrastive.epochs", stage.epochs());
    put("contrastive.batch", stage.batch());
    put("contrastive.micro_batch", stage.microBatch().written());
    ObjectiveConfig objective = stage.objective();
    put("contrastive.loss", objective.loss());
    put("contrastive.temperature", objective.temperature());
    put("contrastive.learnable_temperature", objective.learnableTemperature());
    put("contrastive.label_smoothing", objective.labelSmoothing());
    put("contrastive.multi_positive", objective.multiPositive());
    put("contrastive.patience", stage.patience());
    optimizer("contrastive.", stage.optimizer());
    augment("contrastive.augment.", stage.augment());
  }

  private void finetune(FinetuneConfig stage) {
    put("finetune.epochs", stage.epochs());
    put("finetune.batch", stage.batch());
    put("finetune.micro_batch", stage.microBatch().written());
    put("finetune.encoders", stage.encoders());
    put("finetune.attribute_weight", stage.attributeWeight());
    put("finetune.positive_weight", stage.positiveWeight());
    put("finetune.contrastive_weight", stage.contrastiveWeight());
    put("finetune.patience", stage.patience());
    optimizer("finetune.", stage.optimizer());
    augment("finetune.augment.", stage.augment());
  }

  private void save(SaveConfig save) {
    put("save.every_steps", save.everySteps());
    put("save.every_minutes", save.everyMinutes());
    put("save.keep", save.keep());
    put("save.on_failure", save.onFailure());
  }

  private void optimizer(String stage, OptimizerConfig optimizer) {
    put(stage + "lr", optimizer.lr());
    put(stage + "weight_decay", optimizer.weightDecay());
    put(stage + "beta1", optimizer.beta1());
    put(stage + "beta2", optimizer.beta2());
    put(stage + "eps", optimizer.eps());
    put(stage + "clip", optimizer.clip());
    put(stage + "schedule", optimizer.schedule());
    put(stage + "warmup", optimizer.warmup());
    put(stage + "plateau_factor", optimizer.plateauFactor());
    put(stage + "plateau_patience", optimizer.plateauPatience());
  }

  private void augment(String section, AugmentConfig augment) {
    put(section + "min_scale", augment.minScale());
    put(section + "min_ratio", augment.minRatio());
    put(section + "flip", augment.flip());
    put(section + "brightness", augment.brightness());
    put(section + "contrast", augment.contrast());
    put(section + "saturation", augment.saturation());
    put(section + "hue", augment.hue());
  }

  private void put(String key, Object value) {
    values.put(key, plain(value));
  }

  /** As a person would write it: 0.0001 rather than 1.0E-4, lower-case names. */
  private static Object plain(Object value) {
    if (value instanceof Double number) {
      BigDecimal exact = BigDecimal.valueOf(number);
      return exact.signum() == 0 ? BigDecimal.ZERO : exact.stripTrailingZeros();
    }
    if (value instanceof Enum<?> constant) {
      return Values.label(constant);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(ConfigWriter::plain).toList();
    }
    return value;
  }

  @SuppressWarnings("unchecked") // the inner maps are made here
  private static void insert(Map<String, Object> section, String key, Object value) {
    int dot = key.indexOf('.');
    if (dot < 0) {
      section.put(key, value);
      return;
    }
    Object inner = section.computeIfAbsent(key.substring(0, dot), name -> new LinkedHashMap<>());
    insert((Map<String, Object>) inner, key.substring(dot + 1), value);
  }
}
