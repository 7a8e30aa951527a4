package org.visionfashion.data;

/**
 * What takes a pass over all examples to know; an index keeps it.
 *
 * @param fingerprint see {@link Fingerprint}
 * @param items see {@link ItemCounts}
 * @param repeatedCaptions training examples whose caption another one has too
 */
public record DatasetFacts(String fingerprint, ItemCounts items, int repeatedCaptions) {}
