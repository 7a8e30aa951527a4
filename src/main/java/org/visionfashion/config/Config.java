package org.visionfashion.config;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/** One experiment, as a file under {@code configs/} states it: a record for each section. */
public record Config(
    RunConfig run,
    DataConfig data,
    ModelConfig model,
    ContrastiveConfig contrastive,
    FinetuneConfig finetune,
    EvalConfig eval,
    SaveConfig save) {

  /** What an empty file means. */
  public static final Config DEFAULT = Binder.of(Config.class);

  /** The same but for some keys, {@code "contrastive.epochs=2"}; see {@link Binder#with}. */
  public Config with(String... sets) {
    return Binder.with(this, sets);
  }

  /** The same but for the keys of a part, {@code with("model.", init)}. */
  public Config with(String prefix, Record part) {
    return Binder.with(this, prefix, part);
  }

  /** Every key under its full name in the order of the records. */
  public Map<String, Object> flat() {
    return Binder.flat(this);
  }

  /** Every key as YAML, which {@link ConfigLoader} reads. */
  public String toYaml() {
    Map<String, Object> root = new LinkedHashMap<>();
    flat().forEach((key, value) -> insert(root, key, value));
    YAMLMapper mapper =
        YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();
    try {
      return mapper.writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("plain values are always writable", e);
    }
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
