package org.visionfashion.eval;

import java.util.Arrays;
import java.util.List;
import org.visionfashion.data.Example;

/**
 * The examples of a table that have a caption: image i and text i belong together.
 *
 * @param image_PE image embeddings
 * @param text_PE text embeddings
 * @param examples the examples themselves
 * @param items the products they show
 */
record Pairs(float[][] image_PE, float[][] text_PE, List<Example> examples, List<String> items) {

  static Pairs of(EmbeddingTable table, int[] rows) {
    List<String> items = table.items();
    return new Pairs(
        Arrays.stream(rows).mapToObj(n -> table.image_NE()[n]).toArray(float[][]::new),
        Arrays.stream(rows).mapToObj(n -> table.text_NE()[n]).toArray(float[][]::new),
        Arrays.stream(rows).mapToObj(table.examples()::get).toList(),
        Arrays.stream(rows).mapToObj(items::get).toList());
  }

  List<String> captions() {
    return examples.stream().map(Example::caption).toList();
  }

  int size() {
    return examples.size();
  }
}
