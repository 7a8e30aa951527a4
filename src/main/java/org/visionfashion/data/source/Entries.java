package org.visionfashion.data.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.visionfashion.data.Problem;
import org.visionfashion.data.Problem.Kind;

/**
 * The entries of a data set in the order of their ids, one a picture: where several rows name one,
 * it has the captions of all and the labels of the first.
 */
final class Entries implements Consumer<Entry> {

  private final Map<String, Entry> byId = new TreeMap<>();
  private final List<Problem> problems;

  /**
   * None yet.
   *
   * @param problems takes a note on rows that say nothing new, and the contradictions
   */
  Entries(List<Problem> problems) {
    this.problems = problems;
  }

  @Override
  public void accept(Entry entry) {
    Entry earlier = byId.putIfAbsent(entry.id(), entry);
    if (earlier != null) {
      byId.put(entry.id(), merged(earlier, entry));
    }
  }

  Collection<Entry> all() {
    return Collections.unmodifiableCollection(byId.values());
  }

  private Entry merged(Entry first, Entry again) {
    List<String> contradictions = contradictions(first, again);
    Set<String> captions = new LinkedHashSet<>(first.captions());
    boolean more = captions.addAll(again.captions());
    String place = first.file().equals(again.file()) ? "" : first.file().getFileName() + ":";
    if (!contradictions.isEmpty()) {
      report(
          again,
          Kind.CONTRADICTION,
          "%s: another %s than in row %s%d, which counts"
              .formatted(again.id(), String.join(", ", contradictions), place, first.row()));
    } else if (!more) {
      report(
          again,
          Kind.REPETITION,
          "%s: says nothing that row %s%d does not".formatted(again.id(), place, first.row()));
    }
    return new Entry(
        first.id(),
        first.picture(),
        List.copyOf(captions),
        first.category().isEmpty() ? again.category() : first.category(),
        first.tags().isEmpty() ? again.tags() : first.tags(),
        first.hasItem() ? first.item() : again.item(),
        first.split(),
        first.file(),
        first.row());
  }

  private static List<String> contradictions(Entry first, Entry again) {
    List<String> names = new ArrayList<>();
    if (differ(first.category(), again.category())) {
      names.add("category");
    }
    if (!first.tags().isEmpty()
        && !again.tags().isEmpty()
        && !Set.copyOf(first.tags()).equals(Set.copyOf(again.tags()))) {
      names.add("attributes");
    }
    if (first.hasItem() && again.hasItem() && !first.item().equals(again.item())) {
      names.add("item");
    }
    if (first.split() != again.split()) {
      names.add("split");
    }
    return names;
  }

  private static boolean differ(String one, String other) {
    return !one.isEmpty() && !other.isEmpty() && !one.equals(other);
  }

  private void report(Entry entry, Kind kind, String message) {
    problems.add(new Problem(entry.file(), entry.row(), kind, message));
  }
}
