package org.visionfashion.config;

import java.util.List;
import org.visionfashion.config.DataConfig.CsvColumns;
import org.visionfashion.config.ModelConfig.Activation;
import org.visionfashion.config.ModelConfig.ImageEncoderConfig;
import org.visionfashion.config.ModelConfig.Pooling;
import org.visionfashion.config.ModelConfig.Resampling;
import org.visionfashion.config.ModelConfig.TextEncoderConfig;
import org.visionfashion.config.OptimizerConfig.ScheduleKind;

/** The values of keys that a file does not mention. No other place states a default. */
public final class Defaults {

  /** CLIP's loss at a fixed temperature. */
  public static final ObjectiveConfig INFONCE =
      new ObjectiveConfig(ObjectiveConfig.Loss.INFONCE, 0.07, false, 0, false);

  /** SigLIP's loss: the scale starts at 10. */
  public static final ObjectiveConfig SIGMOID =
      new ObjectiveConfig(ObjectiveConfig.Loss.SIGMOID, 0.1, true, 0, false);

  /** Room for a picture of 7,000 x 7,000 pixels and a table of ten million rows. */
  public static final LimitsConfig LIMITS =
      new LimitsConfig(50_000_000, 100_000_000, 500_000_000, 100_000, 64, false);

  /** The whole experiment; {@code data.root} is null: only the demo set has a usual place. */
  public static final Config CONFIG =
      new Config(
          new RunConfig("run", 1, Precision.FP32, List.of(RunConfig.AUTO), 0, 0),
          new DataConfig(
              DataConfig.Source.AUTO,
              null,
              8000,
              1,
              DataConfig.SplitRule.AUTO,
              0.1,
              0.1,
              DataConfig.Scheme.CARD,
              2,
              4,
              0.01,
              false,
              "A photo of {}.",
              new CacheConfig(256, false),
              LIMITS,
              CsvColumns.DEFAULT),
          new ModelConfig(
              List.of(96, 64),
              List.of(0.5, 0.5, 0.5),
              List.of(0.5, 0.5, 0.5),
              Resampling.BILINEAR,
              InitConfig.NONE,
              new ImageEncoderConfig(
                  8, 192, 6, 3, 768, Activation.GELU, false, 1e-6, 0.0, Pooling.CLS),
              new TextEncoderConfig(8192, 32, 192, 3, 3, 768, 0.1, Pooling.CLS),
              128),
          new ContrastiveConfig(
              12,
              64,
              MicroBatch.WHOLE,
              INFONCE,
              0,
              optimizer(1e-3),
              new AugmentConfig(0.8, 0.9, 0.5, 0.1, 0.1, 0.1, 0.05)),
          new FinetuneConfig(
              20,
              64,
              MicroBatch.WHOLE,
              FinetuneConfig.Encoders.FROZEN,
              1.0,
              1.0,
              1.0,
              0,
              optimizer(1e-3),
              new AugmentConfig(0.8, 0.9, 0.5, 0.1, 0.1, 0.1, 0.05)),
          new EvalConfig(256, 1000, new ZeroShotConfig(List.of("a photo of a {}"))),
          new SaveConfig(0, 5, 2, SaveConfig.OnFailure.STOP));

  /** Where the demo set lies unless {@code data.root} says otherwise; below the project folder. */
  static final String DEMO_ROOT = "data/demo";

  private Defaults() {}

  static ObjectiveConfig objective(ObjectiveConfig.Loss loss) {
    return switch (loss) {
      case INFONCE -> INFONCE;
      case SIGMOID -> SIGMOID;
    };
  }

  private static OptimizerConfig optimizer(double lr) {
    return new OptimizerConfig(lr, 0.01, 0.9, 0.999, 1e-8, 1.0, ScheduleKind.COSINE, 0.1, 0.2, 3);
  }
}
