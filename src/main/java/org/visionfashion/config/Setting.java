package org.visionfashion.config;

import java.io.IOException;
import java.util.List;

/**
 * One key as somebody wrote it.
 *
 * @param key full name, {@code section.key}
 * @param values the texts written: one of a plain value, any number of a list, none of an empty
 *     place
 * @param list whether it was written as a list
 * @param place where it is written: {@code file:line} or {@code --set}; empty for a default
 */
record Setting(String key, List<String> values, boolean list, String place) {

  /** A text as in a file, the empty one too; in brackets it is a list. */
  static Setting of(String key, String text, String place) {
    try {
      return text.isEmpty()
          ? new Setting(key, List.of(""), false, place)
          : SettingsReader.readOverride(key, text, place).get(0);
    } catch (IOException e) {
      throw new IllegalArgumentException(key + " = " + text, e);
    }
  }

  /** As written, for messages. */
  String text() {
    return list ? values.toString() : String.join("", values);
  }

  /** The place, to stand before a message. */
  String at() {
    return place.isEmpty() ? "" : place + ": ";
  }
}
