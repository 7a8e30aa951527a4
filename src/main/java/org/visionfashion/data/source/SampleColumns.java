package org.visionfashion.data.source;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The columns of samples: the picture, then those of {@code txt}, called caption, and of {@code
 * cls}, called category, where samples have these; then the fields of {@code json}, with {@code
 * json.} in front of one that is called as a column before it.
 *
 * @param names in their order
 * @param captions index of the column of {@code txt}, -1 = none
 * @param category index of the column of {@code cls}, -1 = none
 * @param fields index by the name of the field
 */
record SampleColumns(List<String> names, int captions, int category, Map<String, Integer> fields) {

  /** The column of the picture. */
  static final int PICTURE = 0;

  static SampleColumns of(boolean txt, boolean cls, Set<String> fields) {
    List<String> names = new ArrayList<>(List.of("image"));
    int captions = txt ? add(names, "caption") : -1;
    int category = cls ? add(names, "category") : -1;
    Set<String> taken = new HashSet<>(names);
    taken.add("id"); // a picture is called as its member is, unless somebody names another field
    Map<String, Integer> places = new HashMap<>();
    for (String field : fields) {
      places.put(field, add(names, taken.contains(field) ? "json." + field : field));
    }
    return new SampleColumns(List.copyOf(names), captions, category, places);
  }

  private static int add(List<String> names, String name) {
    names.add(name);
    return names.size() - 1;
  }

  /** The cells of a sample, one a column, that of the picture empty. */
  List<List<String>> cells(List<String> txt, List<String> cls, Map<String, List<String>> values) {
    List<List<String>> cells = new ArrayList<>(Collections.nCopies(names.size(), List.of()));
    if (captions >= 0) {
      cells.set(captions, txt);
    }
    if (category >= 0) {
      cells.set(category, cls);
    }
    values.forEach(
        (field, texts) -> {
          if (fields.containsKey(field)) {
            cells.set(fields.get(field), texts);
          }
        });
    return cells;
  }
}
