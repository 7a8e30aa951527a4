package org.visionfashion.eval;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.visionfashion.data.Example;

/**
 * What a model says about every example of a split, in the order of the examples.
 *
 * @param examples N examples
 * @param image_NE image embeddings, compared by dot product as they stand
 * @param text_NE text embeddings, a row null where the example has no caption
 * @param category_NC logits of the categories; no rows where the model has no such head
 * @param attribute_NA logits of the attributes; no rows where the model has no such head
 */
public record EmbeddingTable(
    List<Example> examples,
    float[][] image_NE,
    float[][] text_NE,
    float[][] category_NC,
    float[][] attribute_NA) {

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException where a matrix has not a row for each example
   */
  public EmbeddingTable {
    examples = List.copyOf(examples);
    requireRows(image_NE, examples, "image_NE", false);
    requireRows(text_NE, examples, "text_NE", false);
    requireRows(category_NC, examples, "category_NC", true);
    requireRows(attribute_NA, examples, "attribute_NA", true);
  }

  private static void requireRows(
      float[][] rows, List<Example> examples, String name, boolean optional) {
    if (rows.length != examples.size() && !(optional && rows.length == 0)) {
      throw new IllegalArgumentException(
          "%s has %d rows for %d examples".formatted(name, rows.length, examples.size()));
    }
  }

  /** Labels of the categories, one an example. */
  int[] categories() {
    return examples.stream().mapToInt(Example::category).toArray();
  }

  /** Labels of the attributes, a row an example. */
  byte[][] attributes() {
    return examples.stream().map(Example::attributes).toArray(byte[][]::new);
  }

  /** The product each example shows; an example without one stands for itself. */
  List<String> items() {
    return examples.stream()
        .map(example -> example.item().isEmpty() ? example.id() : example.item())
        .toList();
  }

  /** The examples with caption and both embeddings. */
  Pairs pairs() {
    int[] kept =
        IntStream.range(0, text_NE.length)
            .filter(n -> text_NE[n] != null && examples.get(n).hasCaption())
            .toArray();
    List<String> items = items();
    return new Pairs(
        Arrays.stream(kept).mapToObj(n -> image_NE[n]).toArray(float[][]::new),
        Arrays.stream(kept).mapToObj(n -> text_NE[n]).toArray(float[][]::new),
        Arrays.stream(kept).mapToObj(examples::get).toList(),
        Arrays.stream(kept).mapToObj(items::get).toList());
  }

  /**
   * The examples of a table that have a caption: image i and text i belong together.
   *
   * @param image_PE image embeddings
   * @param text_PE text embeddings
   * @param examples the examples themselves
   * @param items the products they show
   */
  record Pairs(float[][] image_PE, float[][] text_PE, List<Example> examples, List<String> items) {

    List<String> captions() {
      return examples.stream().map(Example::caption).toList();
    }

    int size() {
      return examples.size();
    }
  }
}
