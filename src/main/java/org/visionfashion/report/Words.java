package org.visionfashion.report;

import java.util.LinkedHashMap;
import java.util.Map;
import org.visionfashion.report.table.Cell;

/** What the pages call the scores. */
final class Words {

  private static final Map<String, String> NAMES =
      Map.of(
          "mrr", "mean reciprocal rank",
          "top1", "top-1",
          "top3", "top-3",
          "top5", "top-5",
          "macro_f1", "macro F1",
          "expected_calibration_error", "calibration error",
          "group_accuracy", "accuracy of groups",
          "group_accuracy_without_na", "accuracy without NA");

  private static final Map<String, String> TITLES = titles();

  private Words() {}

  private static Map<String, String> titles() {
    Map<String, String> titles = new LinkedHashMap<>();
    titles.put("retrieval.image_to_text.recall@10", "Image to text, recall@10");
    titles.put("retrieval.text_to_image.recall@10", "Text to image, recall@10");
    titles.put("category.top1", "Category, top-1");
    titles.put("category.macro_f1", "Category, macro F1");
    titles.put("attributes.texture48.recall@5", "Textures 48-way, recall@5");
    titles.put("attributes.recall@5", "Attributes, recall@5");
    titles.put("attributes.mean_average_precision", "Attributes, mean average precision");
    titles.put("image_to_image.recall@10", "Image to image, recall@10");
    return titles;
  }

  /** Of a score among all others, by its full name. */
  static String title(String key) {
    return TITLES.get(key);
  }

  /** Of a score in its section: in words to read, as the JSON file has it for machines. */
  static Cell name(String name) {
    String words = NAMES.getOrDefault(name, name.replace('_', ' '));
    return new Cell(words.replaceFirst("^per attribute (.*)", "$1 per attribute"), name);
  }
}
