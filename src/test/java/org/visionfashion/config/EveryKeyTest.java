package org.visionfashion.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every key reaches its own place in the records and comes back: no two are ever swapped. */
class EveryKeyTest {

  /** A value other than the default for every key, as ConfigWriter writes it. */
  private static final Map<String, String> OTHERS =
      Stream.of(
              "run.name=other",
              "run.seed=-9007199254740993",
              "run.precision=fp16",
              "run.devices=[gpu0, gpu1]",
              "run.threads=3",
              "run.max_skipped=4",
              "data.source=csv",
              "data.root=/elsewhere/table.csv",
              "data.size=123",
              "data.seed=77",
              "data.split=random",
              "data.validation=0.21",
              "data.test=0.22",
              "data.labels=paper",
              "data.workers=5",
              "data.prefetch=6",
              "data.max_broken=0.33",
              "data.group_lengths=true",
              "data.template=Eine {}: 'schön'",
              "data.cache.side=99",
              "data.cache.prepare=true",
              "data.limits.pixels=1001",
              "data.limits.image_bytes=1002",
              "data.limits.text_bytes=1003",
              "data.limits.line=1004",
              "data.limits.json_depth=15",
              "data.limits.outside=true",
              "data.csv.image=file name",
              "data.csv.caption=123",
              "data.csv.category=true",
              "data.csv.attributes=tags",
              "data.csv.item=null",
              "data.csv.split=part",
              "model.image_size=[72, 48]",
              "model.mean=[0.11, 0.12, 0.13]",
              "model.std=[0.21, 0.22, 0.23]",
              "model.resampling=bicubic",
              "model.embedding_size=91",
              "model.init=checkpoints/other/model",
              "model.ignore=[a.*, b]",
              "model.image.init=hf:google/vit-base-patch32-224-in21k",
              "model.text.init=/weights/bert.safetensors",
              "model.image.patch_size=12",
              "model.image.hidden_size=110",
              "model.image.layers=7",
              "model.image.heads=11",
              "model.image.intermediate_size=301",
              "model.image.activation=quick_gelu",
              "model.image.pre_layernorm=true",
              "model.image.norm_epsilon=0.00002",
              "model.image.dropout=0.31",
              "model.image.pooling=pooler",
              "model.text.vocab_size=999",
              "model.text.max_tokens=77",
              "model.text.hidden_size=104",
              "model.text.layers=9",
              "model.text.heads=13",
              "model.text.intermediate_size=302",
              "model.text.dropout=0.32",
              "model.text.pooling=pooler",
              "contrastive.epochs=41",
              "contrastive.batch=42",
              "contrastive.micro_batch=7",
              "contrastive.loss=sigmoid",
              "contrastive.temperature=0.43",
              "contrastive.learnable_temperature=false",
              "contrastive.label_smoothing=0.44",
              "contrastive.multi_positive=true",
              "contrastive.patience=44",
              "contrastive.lr=0.00045",
              "contrastive.weight_decay=0.46",
              "contrastive.beta1=0.47",
              "contrastive.beta2=0.48",
              "contrastive.eps=0.00000049",
              "contrastive.clip=50",
              "contrastive.schedule=plateau",
              "contrastive.warmup=0.51",
              "contrastive.plateau_factor=0.52",
              "contrastive.plateau_patience=53",
              "contrastive.augment.min_scale=0.54",
              "contrastive.augment.min_ratio=0.55",
              "contrastive.augment.flip=0.56",
              "contrastive.augment.brightness=0.57",
              "contrastive.augment.contrast=0.58",
              "contrastive.augment.saturation=0.59",
              "contrastive.augment.hue=0.001",
              "finetune.epochs=61",
              "finetune.batch=62",
              "finetune.micro_batch=auto",
              "finetune.encoders=trainable",
              "finetune.attribute_weight=0.62",
              "finetune.positive_weight=2.5",
              "finetune.contrastive_weight=0.63",
              "finetune.patience=64",
              "finetune.lr=0.00065",
              "finetune.weight_decay=0.66",
              "finetune.beta1=0.67",
              "finetune.beta2=0.68",
              "finetune.eps=0.00000069",
              "finetune.clip=70",
              "finetune.schedule=constant",
              "finetune.warmup=0.71",
              "finetune.plateau_factor=0.72",
              "finetune.plateau_patience=73",
              "finetune.augment.min_scale=0.74",
              "finetune.augment.min_ratio=0.75",
              "finetune.augment.flip=0.76",
              "finetune.augment.brightness=0.77",
              "finetune.augment.contrast=0.78",
              "finetune.augment.saturation=0.79",
              "finetune.augment.hue=0.002",
              "eval.batch=81",
              "eval.bootstrap=82",
              "eval.zero_shot.prompts=[\"a picture of {}\", \"{} in a shop\"]",
              "save.every_steps=83",
              "save.every_minutes=0.84",
              "save.keep=85",
              "save.on_failure=retry")
          .collect(Collectors.toMap(set -> set.split("=", 2)[0], set -> set.split("=", 2)[1]));

  @TempDir private Path folder;

  @Test
  void theTableHasEveryKey() throws IOException {
    assertThat(OTHERS.keySet()).isEqualTo(ConfigWriter.flat(load("")).keySet());
  }

  @Test
  void everyKeyIsReadIntoItsPlace() throws IOException {
    Map<String, String> defaults = texts(load(""));
    Map<String, String> others = texts(load("", sets()));
    Map<String, String> unquoted = new HashMap<>(OTHERS);
    unquoted.replaceAll((key, value) -> value.replace("\"", ""));
    assertThat(others).isEqualTo(unquoted);
    // What the loss is decides the defaults of its other keys.
    String loss = "contrastive.loss";
    assertThat(others.get(loss)).isNotEqualTo(defaults.get(loss));
    Map<String, String> ofTheLoss = texts(load("", loss + "=" + others.get(loss)));
    ofTheLoss.remove(loss);
    ofTheLoss.forEach((key, value) -> assertThat(others.get(key)).as(key).isNotEqualTo(value));
  }

  @Test
  void everyKeyComesBackFromYaml() throws IOException {
    Config others = load("", sets());
    assertThat(load(ConfigWriter.toYaml(others))).isEqualTo(others);
    Config defaults = load("");
    assertThat(load(ConfigWriter.toYaml(defaults))).isEqualTo(defaults);
  }

  @Test
  void theYamlIsPlainToRead() throws IOException {
    assertThat(ConfigWriter.toYaml(load("")))
        .startsWith("run:\n  name: run\n  seed: 1\n  precision: fp32\n")
        .contains("\n  root: data/demo\n")
        .contains("\n  lr: 0.001\n")
        .contains("\n  eps: 0.00000001\n")
        .contains("\n  image:\n    init: random\n    patch_size: 8\n");
  }

  private static Map<String, String> texts(Config config) {
    return ConfigWriter.flat(config).entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> text(entry.getValue())));
  }

  private static String text(Object value) {
    return value instanceof java.math.BigDecimal number ? number.toPlainString() : value.toString();
  }

  private static String[] sets() {
    return OTHERS.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .toArray(String[]::new);
  }

  private Config load(String yaml, String... sets) throws IOException {
    Path file = Files.writeString(folder.resolve("x.yaml"), yaml);
    return ConfigLoader.load(file, List.of(sets));
  }
}
