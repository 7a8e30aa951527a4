package org.visionfashion.data.source;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.visionfashion.data.Problem;
import org.visionfashion.data.Problem.Kind;

/** How the labels of a data set are written. */
final class Spellings {

  private static final int NAMED = 3;

  private final String what;
  private final boolean fold;
  private final Map<String, String> counted = new HashMap<>();
  private final Map<String, TreeSet<String>> byFolded = new TreeMap<>();
  private int labelled;

  /**
   * None yet.
   *
   * @param what for messages, for example {@code categories}
   * @param fold {@code data.fold_case}
   */
  Spellings(String what, boolean fold) {
    this.what = what;
    this.fold = fold;
  }

  /** A label as it counts: as it is written, or in small letters. */
  String of(String label) {
    if (label.isEmpty()) {
      return label;
    }
    labelled++;
    return counted.computeIfAbsent(label, this::first);
  }

  /** A label that comes for the first time. */
  private String first(String label) {
    String folded = label.toLowerCase(Locale.ROOT);
    byFolded.computeIfAbsent(folded, each -> new TreeSet<>()).add(label);
    return fold ? folded : label;
  }

  /** Notes labels that differ only in case, unless they count as one. */
  void noteCase(Path file, List<Problem> problems) {
    List<TreeSet<String>> several =
        byFolded.values().stream().filter(spellings -> spellings.size() > 1).toList();
    if (fold || several.isEmpty()) {
      return;
    }
    String message =
        "%s differ only in case: %s%s; data.fold_case: true makes them one"
            .formatted(
                what,
                several.stream()
                    .limit(NAMED)
                    .map(spellings -> String.join("/", spellings))
                    .collect(Collectors.joining(", ")),
                several.size() > NAMED ? " and " + (several.size() - NAMED) + " more" : "");
    problems.add(new Problem(file, 0, Kind.SUSPICIOUS, message));
  }

  /** Notes that several pictures have the same label, all of them. */
  void noteOne(Path file, List<Problem> problems) {
    if (labelled > 1 && counted.values().stream().distinct().count() == 1) {
      String message =
          "all %s are '%s': there is nothing to tell apart"
              .formatted(what, counted.values().iterator().next());
      problems.add(new Problem(file, 0, Kind.SUSPICIOUS, message));
    }
  }
}
