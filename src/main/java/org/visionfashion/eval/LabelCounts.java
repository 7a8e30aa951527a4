package org.visionfashion.eval;

import java.util.List;
import org.visionfashion.data.Example;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.metrics.ExclusiveGroups;

/**
 * How often every label occurs in training: what a constant predictor knows.
 *
 * @param category_C examples of each category
 * @param attribute_A examples with each attribute
 * @param exclusive_W examples with each value of the exclusive groups, NA included, in the order of
 *     {@link ExclusiveGroups#all}
 * @param texture_T the same of the texture groups alone, {@link ExclusiveGroups#textures}
 */
public record LabelCounts(
    long[] category_C, long[] attribute_A, long[] exclusive_W, long[] texture_T) {

  /** Counts the labels of training examples. */
  public static LabelCounts of(LabelScheme scheme, List<Example> examples) {
    ExclusiveGroups exclusive = ExclusiveGroups.all(scheme);
    ExclusiveGroups textures = ExclusiveGroups.textures(scheme);
    LabelCounts counts =
        new LabelCounts(
            new long[scheme.categories().size()],
            new long[scheme.attributeCount()],
            new long[exclusive.width()],
            new long[textures.width()]);
    for (Example example : examples) {
      if (example.category() != Example.UNKNOWN) {
        counts.category_C[example.category()]++;
      }
      add(counts.attribute_A, example.attributes());
      add(counts.exclusive_W, exclusive.labels(example.attributes()));
      add(counts.texture_T, textures.labels(example.attributes()));
    }
    return counts;
  }

  private static void add(long[] counts, byte[] labels) {
    for (int i = 0; i < labels.length; i++) {
      counts[i] += labels[i] == 1 ? 1 : 0;
    }
  }
}
