package org.visionfashion.config;

/** One experiment, as a file under {@code configs/} states it: a record a section. */
public record Config(
    RunConfig run,
    DataConfig data,
    ModelConfig model,
    ContrastiveConfig contrastive,
    FinetuneConfig finetune,
    EvalConfig eval,
    SaveConfig save) {}
