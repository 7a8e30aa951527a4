package org.visionfashion.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.visionfashion.base.BoundedFile;
import org.visionfashion.base.Nearest;
import org.visionfashion.base.ProjectFolder;
import org.visionfashion.base.UserError;
import org.visionfashion.config.DataConfig.CsvColumns;
import org.visionfashion.config.ModelConfig.ImageEncoderConfig;
import org.visionfashion.config.ModelConfig.TextEncoderConfig;

/** Reads an experiment: a YAML file, then {@code key=value} settings on top of it. */
public final class ConfigLoader {

  private static final int MANY = 1_000_000_000;

  /** Java's arrays end at 2^31 elements: three bytes a pixel, and the bytes of a file. */
  private static final int MOST_PIXELS = 700_000_000;

  private static final int MOST_BYTES = 2_000_000_000;

  private static final int MOST_YAML = 1_000_000;
  private static final Range SHARE = Range.closed(0, 1);
  private static final Range SHARE_ABOVE_ZERO = Range.above(0, 1);
  private static final Range MINUTES = Range.closed(0, 1_000_000);
  private static final Range SHARE_BELOW_ONE = Range.below(0, 1);

  private final Values values;

  private ConfigLoader(Values values) {
    this.values = values;
  }

  /**
   * Reads and checks an experiment.
   *
   * @param yaml the file; keys that it leaves out have their {@link Defaults}
   * @param sets {@code section.key=value}, the later one wins
   * @throws UserError with all problems at once: unknown, duplicate and missing keys, values of the
   *     wrong kind or out of range, values that do not go together
   */
  public static Config load(Path yaml, List<String> sets) {
    List<String> problems = new ArrayList<>();
    Map<String, Setting> settings = SettingsReader.read(text(yaml), yaml.toString(), problems);
    sets.forEach(set -> override(settings, set, problems));
    Values values = new Values(settings, problems);
    Config config = new ConfigLoader(values).read(Defaults.CONFIG);
    values.rejectUnknown();
    new CrossChecks(values).check(config);
    if (!problems.isEmpty()) {
      throw new UserError(problems);
    }
    return config;
  }

  /**
   * Devices by themselves, by the rules of {@code run.devices}.
   *
   * @param place where they were written, for messages
   * @throws UserError where they break one
   */
  public static List<String> devices(String place, String text) {
    String key = "run.devices";
    List<String> problems = new ArrayList<>();
    try {
      Setting written = SettingsReader.readOverride(key, text, place);
      Values values = new Values(Map.of(key, written), problems);
      List<String> devices = new ConfigLoader(values).run(Defaults.CONFIG.run()).devices();
      new CrossChecks(values).devices(devices);
      if (problems.isEmpty()) {
        return devices;
      }
    } catch (IOException e) {
      problems.add(place + " " + text + ": no list of plain values, write [a, b]");
    }
    throw new UserError(problems);
  }

  /** A file's text, or one line that says why not. */
  static String text(Path yaml) {
    if (!Files.isRegularFile(yaml)) {
      throw new UserError(yaml + ": no such file" + neighbours(yaml));
    }
    try {
      byte[] bytes = BoundedFile.read(yaml, MOST_YAML, "a configuration");
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new UserError(yaml + ": not UTF-8 text");
    } catch (IOException e) {
      throw new UserError(yaml + ": cannot be read: " + e.getMessage());
    }
  }

  private static String neighbours(Path yaml) {
    Path folder = yaml.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return "";
    }
    try (var files = Files.list(folder)) {
      List<String> names = files.map(file -> file.getFileName().toString()).sorted().toList();
      return Nearest.hint(yaml.getFileName().toString(), names);
    } catch (IOException e) {
      return "";
    }
  }

  private static void override(Map<String, Setting> settings, String set, List<String> problems) {
    int equals = set.indexOf('=');
    if (equals < 1) {
      problems.add("--set " + set + ": write --set section.key=value");
      return;
    }
    String key = set.substring(0, equals).strip();
    String value = set.substring(equals + 1).strip();
    try {
      settings.put(key, SettingsReader.readOverride(key, value, "--set"));
    } catch (IOException e) {
      problems.add("--set " + set + ": no list of plain values, write [a, b]");
    }
  }

  private Config read(Config defaults) {
    return new Config(
        run(defaults.run()),
        data(defaults.data()),
        model(defaults.model()),
        contrastive(defaults.contrastive()),
        finetune(defaults.finetune()),
        new EvalConfig(
            values.integer("eval.batch", defaults.eval().batch(), 1, 1_000_000),
            values.integer("eval.bootstrap", defaults.eval().bootstrap(), 0, 1_000_000),
            new ZeroShotConfig(
                values.texts(
                    "eval.zero_shot.prompts",
                    defaults.eval().zeroShot().prompts(),
                    "(?s).*\\{}.*",
                    "must be a list [a, b, ...] of sentences that contain {}, the place of the"
                        + " class name"))),
        save(defaults.save()));
  }

  private SaveConfig save(SaveConfig defaults) {
    return new SaveConfig(
        values.integer("save.every_steps", defaults.everySteps(), 0, MANY),
        values.number("save.every_minutes", defaults.everyMinutes(), MINUTES),
        values.integer("save.keep", defaults.keep(), 1, 1_000_000),
        values.choice("save.on_failure", defaults.onFailure()));
  }

  private RunConfig run(RunConfig defaults) {
    return new RunConfig(
        values.text(
            "run.name", defaults.name(), RunConfig.NAME_PATTERN, "must be " + RunConfig.NAME_RULE),
        values.seed("run.seed", defaults.seed()),
        values.choice("run.precision", defaults.precision()),
        values.texts(
            "run.devices",
            defaults.devices(),
            "auto|all|cpu|gpu\\d{1,3}",
            "must be auto, all, cpu or a list of GPUs [gpu0, gpu1, ...]"),
        values.integer("run.threads", defaults.threads(), 0, 1024),
        values.integer("run.max_skipped", defaults.maxSkipped(), 0, MANY));
  }

  private DataConfig data(DataConfig defaults) {
    DataConfig.Source written = values.choice("data.source", defaults.source());
    boolean demo = written == DataConfig.Source.AUTO && !values.isGiven("data.root");
    DataConfig.Source source = demo ? DataConfig.Source.DEMO : written;
    return new DataConfig(
        source,
        root(source),
        values.integer("data.size", defaults.size(), 1, 1_000_000),
        values.seed("data.seed", defaults.seed()),
        values.choice("data.split", defaults.split()),
        values.number("data.validation", defaults.validation(), SHARE_BELOW_ONE),
        values.number("data.test", defaults.test(), SHARE_BELOW_ONE),
        values.choice("data.labels", defaults.labels()),
        values.integer("data.workers", defaults.workers(), 1, 256),
        values.integer("data.prefetch", defaults.prefetch(), 1, 1024),
        values.number("data.max_broken", defaults.maxBroken(), SHARE),
        values.flag("data.group_lengths", defaults.groupLengths()),
        values.text(
            "data.template",
            defaults.template(),
            "(?s).*\\{}.*",
            "must contain {}, the place of the class name"),
        new CacheConfig(
            values.integer("data.cache.side", defaults.cache().side(), 8, 8192),
            values.flag("data.cache.prepare", defaults.cache().prepare())),
        limits(defaults.limits()),
        csv(defaults.csv()));
  }

  private LimitsConfig limits(LimitsConfig defaults) {
    return new LimitsConfig(
        values.integer("data.limits.pixels", defaults.pixels(), 1, MOST_PIXELS),
        values.integer("data.limits.image_bytes", defaults.imageBytes(), 1, MOST_BYTES),
        values.integer("data.limits.text_bytes", defaults.textBytes(), 1, MOST_BYTES),
        values.integer("data.limits.line", defaults.line(), 100, MANY),
        values.integer("data.limits.json_depth", defaults.jsonDepth(), 2, 1000),
        values.flag("data.limits.outside", defaults.outside()));
  }

  private Path root(DataConfig.Source source) {
    String root = values.text("data.root", null, "(?s).*\\S.*", "must be a folder or a table");
    if (root != null) {
      return ProjectFolder.resolve(root);
    }
    boolean demo = source == DataConfig.Source.DEMO;
    if (!values.isGiven("data.root")) {
      String rule = "needs data.root, the folder or table to read";
      values.require(demo, "data.source", Values.label(source), rule);
    }
    return demo ? ProjectFolder.resolve(Defaults.DEMO_ROOT) : null;
  }

  private CsvColumns csv(CsvColumns defaults) {
    return new CsvColumns(
        column("image", defaults.image()),
        column("caption", defaults.caption()),
        column("category", defaults.category()),
        column("attributes", defaults.attributes()),
        column("item", defaults.item()),
        column("split", defaults.split()));
  }

  private String column(String key, String fallback) {
    return values.text("data.csv." + key, fallback, "(?s).*", "must be a column's name");
  }

  private ModelConfig model(ModelConfig defaults) {
    return new ModelConfig(
        values.integers("model.image_size", defaults.imageSize(), 1, 2, 8, 4096),
        values.numbers("model.mean", defaults.mean(), 3, SHARE),
        values.numbers("model.std", defaults.std(), 3, SHARE_ABOVE_ZERO),
        values.choice("model.resampling", defaults.resampling()),
        init(defaults.init()),
        image(defaults.image()),
        text(defaults.text()),
        values.integer("model.embedding_size", defaults.embeddingSize(), 1, 65_536));
  }

  private InitConfig init(InitConfig defaults) {
    return new InitConfig(
        init("model.init", defaults.whole()),
        init("model.image.init", defaults.image()),
        init("model.text.init", defaults.text()),
        values.texts("model.ignore", defaults.ignored(), "(?s).*", "must be a list [a, b, ...]"));
  }

  private String init(String key, String usual) {
    return values.text(
        key, usual, "(?s).*\\S.*", "must be random, a file, a folder or hf:owner/name[@revision]");
  }

  private ImageEncoderConfig image(ImageEncoderConfig defaults) {
    return new ImageEncoderConfig(
        values.integer("model.image.patch_size", defaults.patchSize(), 1, 1024),
        values.integer("model.image.hidden_size", defaults.hiddenSize(), 1, 65_536),
        values.integer("model.image.layers", defaults.layers(), 1, 1000),
        values.integer("model.image.heads", defaults.heads(), 1, 1024),
        values.integer("model.image.intermediate_size", defaults.intermediateSize(), 1, 262_144),
        values.choice("model.image.activation", defaults.activation()),
        values.flag("model.image.pre_layernorm", defaults.preLayernorm()),
        values.number("model.image.norm_epsilon", defaults.normEpsilon(), Range.closed(0, 1)),
        values.number("model.image.dropout", defaults.dropout(), SHARE_BELOW_ONE),
        values.choice("model.image.pooling", defaults.pooling()));
  }

  private TextEncoderConfig text(TextEncoderConfig defaults) {
    return new TextEncoderConfig(
        values.integer("model.text.vocab_size", defaults.vocabSize(), 16, 1_000_000),
        values.integer("model.text.max_tokens", defaults.maxTokens(), 3, 4096),
        values.integer("model.text.hidden_size", defaults.hiddenSize(), 1, 65_536),
        values.integer("model.text.layers", defaults.layers(), 1, 1000),
        values.integer("model.text.heads", defaults.heads(), 1, 1024),
        values.integer("model.text.intermediate_size", defaults.intermediateSize(), 1, 262_144),
        values.number("model.text.dropout", defaults.dropout(), SHARE_BELOW_ONE),
        values.choice("model.text.pooling", defaults.pooling()));
  }

  private ContrastiveConfig contrastive(ContrastiveConfig defaults) {
    return new ContrastiveConfig(
        values.integer("contrastive.epochs", defaults.epochs(), 1, 1_000_000),
        values.integer("contrastive.batch", defaults.batch(), 2, 1_000_000),
        microBatch("contrastive.micro_batch", defaults.microBatch()),
        objective(defaults.objective().loss()),
        values.integer("contrastive.patience", defaults.patience(), 0, 1_000_000),
        optimizer("contrastive.", defaults.optimizer()),
        augment("contrastive.augment.", defaults.augment()));
  }

  private ObjectiveConfig objective(ObjectiveConfig.Loss usual) {
    ObjectiveConfig.Loss loss = values.choice("contrastive.loss", usual);
    ObjectiveConfig defaults = Defaults.objective(loss);
    return new ObjectiveConfig(
        loss,
        values.number("contrastive.temperature", defaults.temperature(), Range.closed(0.01, 100)),
        values.flag("contrastive.learnable_temperature", defaults.learnableTemperature()),
        values.number("contrastive.label_smoothing", defaults.labelSmoothing(), SHARE_BELOW_ONE),
        values.flag("contrastive.multi_positive", defaults.multiPositive()));
  }

  private FinetuneConfig finetune(FinetuneConfig defaults) {
    return new FinetuneConfig(
        values.integer("finetune.epochs", defaults.epochs(), 1, 1_000_000),
        values.integer("finetune.batch", defaults.batch(), 1, 1_000_000),
        microBatch("finetune.micro_batch", defaults.microBatch()),
        values.choice("finetune.encoders", defaults.encoders()),
        values.number(
            "finetune.attribute_weight", defaults.attributeWeight(), Range.closed(0, 1000)),
        values.number("finetune.positive_weight", defaults.positiveWeight(), Range.closed(0, 1000)),
        values.number(
            "finetune.contrastive_weight", defaults.contrastiveWeight(), Range.closed(0, 1000)),
        values.integer("finetune.patience", defaults.patience(), 0, 1_000_000),
        optimizer("finetune.", defaults.optimizer()),
        augment("finetune.augment.", defaults.augment()));
  }

  private MicroBatch microBatch(String key, MicroBatch usual) {
    return values.parsed(key, usual, "must be " + MicroBatch.RULE, MicroBatch::parse);
  }

  private OptimizerConfig optimizer(String stage, OptimizerConfig defaults) {
    return new OptimizerConfig(
        values.number(stage + "lr", defaults.lr(), Range.above(0, 10)),
        values.number(stage + "weight_decay", defaults.weightDecay(), Range.closed(0, 10)),
        values.number(stage + "beta1", defaults.beta1(), SHARE_BELOW_ONE),
        values.number(stage + "beta2", defaults.beta2(), SHARE_BELOW_ONE),
        values.number(stage + "eps", defaults.eps(), Range.above(0, 1)),
        values.number(stage + "clip", defaults.clip(), Range.closed(0, 1_000_000)),
        values.choice(stage + "schedule", defaults.schedule()),
        values.number(stage + "warmup", defaults.warmup(), SHARE_BELOW_ONE),
        values.number(stage + "plateau_factor", defaults.plateauFactor(), SHARE_ABOVE_ZERO),
        values.integer(stage + "plateau_patience", defaults.plateauPatience(), 0, 1_000_000));
  }

  private AugmentConfig augment(String section, AugmentConfig defaults) {
    return new AugmentConfig(
        values.number(section + "min_scale", defaults.minScale(), SHARE_ABOVE_ZERO),
        values.number(section + "min_ratio", defaults.minRatio(), SHARE_ABOVE_ZERO),
        values.number(section + "flip", defaults.flip(), SHARE),
        values.number(section + "brightness", defaults.brightness(), SHARE),
        values.number(section + "contrast", defaults.contrast(), SHARE),
        values.number(section + "saturation", defaults.saturation(), SHARE),
        values.number(section + "hue", defaults.hue(), Range.closed(0, 0.5)));
  }
}
