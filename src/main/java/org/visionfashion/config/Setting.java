package org.visionfashion.config;

import java.util.List;

/**
 * One key as somebody wrote it.
 *
 * @param key full name, {@code section.key}
 * @param values the texts written: one of a plain value, any number of a list, none of an empty
 *     place
 * @param list whether it was written as a list
 * @param place where it stands: {@code file:line} or {@code --set}
 */
record Setting(String key, List<String> values, boolean list, String place) {

  /** As written, for messages. */
  String text() {
    return list ? values.toString() : String.join("", values);
  }
}
