package org.visionfashion.eval;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.visionfashion.data.Example;

/**
 * What a model says about every example of a split, in the order of the examples.
 *
 * @param examples N examples with M captions
 * @param image_NE image embeddings, compared by dot product as they stand
 * @param text_ME embeddings of all captions of the first example, then of the second, ...; no rows
 *     where nobody asked
 * @param category_NC logits of the categories; no rows where the model has no such head
 * @param attribute_NA logits of the attributes; no rows where the model has no such head
 */
public record EmbeddingTable(
    List<Example> examples,
    float[][] image_NE,
    float[][] text_ME,
    float[][] category_NC,
    float[][] attribute_NA) {

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException where a matrix has not a row for each example or caption
   */
  public EmbeddingTable {
    examples = List.copyOf(examples);
    int captions = examples.stream().mapToInt(example -> example.captions().size()).sum();
    requireRows("image_NE", image_NE, examples.size(), "examples");
    if (text_ME.length > 0) {
      requireRows("text_ME", text_ME, captions, "captions");
    }
    if (category_NC.length > 0) {
      requireRows("category_NC", category_NC, examples.size(), "examples");
    }
    if (attribute_NA.length > 0) {
      requireRows("attribute_NA", attribute_NA, examples.size(), "examples");
    }
  }

  private static void requireRows(String name, float[][] rows, int expected, String of) {
    if (rows.length != expected) {
      throw new IllegalArgumentException(
          "%s has %d rows for %d %s".formatted(name, rows.length, expected, of));
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
  public List<String> items() {
    return examples.stream()
        .map(example -> example.item().isEmpty() ? example.id() : example.item())
        .toList();
  }

  /** The examples with captions, and these. */
  public Captioned captioned() {
    int[] kept =
        IntStream.range(0, text_ME.length == 0 ? 0 : examples.size())
            .filter(n -> examples.get(n).hasCaption())
            .toArray();
    List<String> items = items();
    List<Example> some = Arrays.stream(kept).mapToObj(examples::get).toList();
    return new Captioned(
        some,
        Arrays.stream(kept).mapToObj(items::get).toList(),
        Arrays.stream(kept).mapToObj(n -> image_NE[n]).toArray(float[][]::new),
        text_ME,
        IntStream.range(0, some.size())
            .flatMap(p -> some.get(p).captions().stream().mapToInt(caption -> p))
            .toArray());
  }

  /**
   * The examples of a table that have captions.
   *
   * @param examples P examples
   * @param items the products they show
   * @param image_PE image embeddings
   * @param text_ME text embeddings, all of an example together
   * @param owner_M the example that each caption describes
   */
  public record Captioned(
      List<Example> examples,
      List<String> items,
      float[][] image_PE,
      float[][] text_ME,
      int[] owner_M) {

    /** All captions, in the order of their embeddings. */
    public List<String> captions() {
      return examples.stream().flatMap(example -> example.captions().stream()).toList();
    }

    int size() {
      return examples.size();
    }
  }
}
