package org.visionfashion.config;

import java.util.List;

/**
 * Judging without the heads, by sentences that name a class.
 *
 * @param prompts the sentences, {@code {}} the place of the name; of several the mean embedding
 *     counts, none = no such scores
 */
public record ZeroShotConfig(List<String> prompts) {}
