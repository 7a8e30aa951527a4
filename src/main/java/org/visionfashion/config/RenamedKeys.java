package org.visionfashion.config;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keys that had another name before; the old one still works. */
final class RenamedKeys {

  private static final Logger LOG = LoggerFactory.getLogger(RenamedKeys.class);

  private static final String OLD_COLUMNS = "data.csv.";
  private static final String COLUMNS = "data.columns.";
  private static final String ENCODING = "encoding";

  private RenamedKeys() {}

  /**
   * The name that a key has today; an old name that sets something is logged.
   *
   * @param value what it is set to
   * @param place where, for the log
   */
  static String current(String key, String value, String place) {
    if (!key.startsWith(OLD_COLUMNS)) {
      return key;
    }
    String last = key.substring(OLD_COLUMNS.length());
    String current = last.equals(ENCODING) ? "data." + last : COLUMNS + last;
    if (!value.isEmpty()) {
      LOG.warn("{}: {} is called {} now; the old name still works", place, key, current);
    }
    return current;
  }
}
