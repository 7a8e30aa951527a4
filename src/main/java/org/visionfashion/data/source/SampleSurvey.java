package org.visionfashion.data.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.Problem;
import org.visionfashion.data.Problem.Kind;
import org.visionfashion.data.Seeds;

/** What is to be known of all shards before the first sample is read; keeps 8 bytes a sample. */
final class SampleSurvey {

  private static final int NAMED = 3;

  private final Path base;
  private final LimitsConfig limits;
  private final SampleFields json;
  private final Set<String> fields = new LinkedHashSet<>();
  private final Map<String, Long> unread = new TreeMap<>();
  private final Map<Path, Integer> counts = new LinkedHashMap<>();
  private final List<String> strangers = new ArrayList<>();
  private final List<String> scattered = new ArrayList<>();
  private long[] names = new long[1 << 10];
  private int samples;
  private int strange;
  private boolean txt;
  private boolean cls;

  SampleSurvey(Path base, LimitsConfig limits) {
    this.base = base;
    this.limits = limits;
    this.json = new SampleFields(limits);
  }

  /** Goes over a shard; what is wrong with it is told when its samples are read. */
  void add(Shard shard) {
    try (ShardReader reader = new ShardReader(shard, base, limits, problem -> {})) {
      Sample.Grouping grouping = reader.samples();
      counts.put(shard.path(), grouping.all().size());
      grouping.all().stream().filter(sample -> sample.fault().isEmpty()).forEach(this::add);
      strange += grouping.strangers().size();
      grouping.strangers().stream()
          .limit(Math.max(0, NAMED - strangers.size()))
          .map(name -> shard.name() + ": " + name)
          .forEach(strangers::add);
      if (!grouping.scattered().isEmpty()) {
        scattered.add(shard.path() + ": " + grouping.scattered());
      }
    }
  }

  private void add(Sample sample) {
    if (samples == names.length) {
      names = Arrays.copyOf(names, 2 * samples);
    }
    names[samples++] = hash(sample.picture().name());
    txt |= sample.of(Sample.CAPTIONS) != null;
    cls |= sample.of(Sample.CLASS) != null;
    sample.unread(kind -> unread.merge(kind, 1L, Long::sum));
    Member own = sample.of(Sample.FIELDS);
    if (own != null) {
      try {
        fields.addAll(json.read(own.bytes().read(limits)).keySet());
      } catch (IOException brokenAndTold) {
        return;
      }
    }
  }

  /** FNV-1a over the characters, then a finalizer: a pair of 10 million agrees by one in 10^5. */
  private static long hash(String name) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
    }
    return Seeds.of(hash);
  }

  /** Whether two shards have a picture of the same name. */
  boolean namesRepeat() {
    long[] sorted = Arrays.copyOf(names, samples);
    Arrays.sort(sorted);
    for (int i = 1; i < samples; i++) {
      if (sorted[i] == sorted[i - 1]) {
        return true;
      }
    }
    return false;
  }

  /** The columns that all shards have together. */
  SampleColumns columns() {
    return SampleColumns.of(txt, cls, fields);
  }

  /** Samples that can be used, as far as names tell. */
  int samples() {
    return samples;
  }

  /** Samples of each shard, those that cannot be used included. */
  Map<Path, Integer> counts() {
    return counts;
  }

  /** What of the shards is not used. */
  List<Problem> notes() {
    List<Problem> notes = new ArrayList<>();
    if (!unread.isEmpty()) {
      String kinds =
          unread.entrySet().stream()
              .map(each -> String.format(Locale.ROOT, "%s (%,d)", each.getKey(), each.getValue()))
              .collect(Collectors.joining(", "));
      notes.add(note("kinds of members not used: " + kinds));
    }
    if (strange > 0) {
      notes.add(note(some("members of no sample", strange, strangers)));
    }
    return notes;
  }

  /**
   * Shards where the members of a sample do not follow each other, with the first; empty = none.
   */
  String scattered() {
    return scattered.isEmpty()
        ? ""
        : some("shards where members of a sample are apart", scattered.size(), scattered);
  }

  private Problem note(String message) {
    return new Problem(base, 0, Kind.UNUSED, message);
  }

  private static String some(String what, int count, List<String> names) {
    return String.format(
        Locale.ROOT,
        "%s: %,d (%s%s)",
        what,
        count,
        names.stream().limit(NAMED).collect(Collectors.joining(", ")),
        count > NAMED ? ", ..." : "");
  }
}
