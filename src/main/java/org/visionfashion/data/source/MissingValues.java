package org.visionfashion.data.source;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Texts that mean that there is nothing, such as {@code nan}, in any case. */
final class MissingValues {

  private final Set<String> values;
  private final int longest;

  /** Those of {@code data.missing}. */
  MissingValues(List<String> values) {
    this.values =
        values.stream().map(each -> each.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    this.longest = values.stream().mapToInt(String::length).max().orElse(-1);
  }

  boolean has(String text) {
    return text.length() <= longest && values.contains(text.toLowerCase(Locale.ROOT));
  }
}
