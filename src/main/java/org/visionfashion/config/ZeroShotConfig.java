package org.visionfashion.config;

import java.util.List;

/** Evaluation without the heads, by sentences that name a class. */
public record ZeroShotConfig(
    @Key(
            usual = "['a photo of a {}']",
            pattern = "(?s).*\\{}.*",
            rule =
                "be a list [a, b, ...] of sentences that contain {}, the place of the class name",
            help =
                "sentences, {} the place of the class name; of several the mean embedding counts;"
                    + " [] = no such scores")
        List<String> prompts) {}
