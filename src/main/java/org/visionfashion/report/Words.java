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
          "group_accuracy", "group accuracy",
          "group_accuracy_without_na", "group accuracy without NA");

  private static final Map<String, String> TITLES = titles();

  private Words() {}

  private static Map<String, String> titles() {
    Map<String, String> titles = new LinkedHashMap<>();
    for (int k : new int[] {1, 3, 5, 10}) {
      titles.put("retrieval.image_to_text.recall@" + k, "Image to text, recall@" + k);
      titles.put("retrieval.text_to_image.recall@" + k, "Text to image, recall@" + k);
      titles.put("image_to_image.recall@" + k, "Image to image, recall@" + k);
      titles.put("attributes.texture48.recall@" + k, "Textures 48-way, recall@" + k);
      titles.put("attributes.recall@" + k, "Attributes, recall@" + k);
      titles.put("category.top" + k, "Category, top-" + k);
    }
    titles.put("category.macro_f1", "Category, macro F1");
    titles.put("attributes.mean_average_precision", "Attributes, mean average precision");
    return titles;
  }

  /** Of a score among all others, by its full name. */
  static String title(String key) {
    return TITLES.getOrDefault(key, key);
  }

  /** Of a score in its section: in words to read, as the JSON file has it for machines. */
  static Cell name(String name) {
    String words = NAMES.getOrDefault(name, name.replace('_', ' ').replace(".", ", "));
    return new Cell(words.replaceFirst("^per attribute (.*)", "$1 per attribute"), name);
  }
}
