package org.visionfashion.eval;

import java.util.List;

/** The few scores that stand for all where there is no room. */
final class Headlines {

  static final List<String> KEYS =
      List.of(
          "retrieval.image_to_text.recall@10",
          "retrieval.text_to_image.recall@10",
          "category.top1",
          "attributes.mean_average_precision",
          "attributes.texture48.recall@5");

  private Headlines() {}
}
