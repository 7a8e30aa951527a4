package org.visionfashion.data.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.visionfashion.base.BoundedFile;
import org.visionfashion.base.UserError;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.Problem;
import org.visionfashion.data.Problem.Kind;
import org.visionfashion.data.parquet.ParquetTable;
import org.visionfashion.data.table.Row;

/**
 * What files beside the shards say of their sizes, compared with what is there: {@code sizes.json}
 * (samples by the shard's name) and {@code __len__} (samples of all), which open_clip reads, and
 * img2dataset's {@code 00000_stats.json}, or the rows of {@code 00000.parquet} where that is
 * missing, which also tell the downloads that failed.
 */
final class DeclaredCounts {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_BYTES = 1 << 26;
  private static final int NAMED = 3;
  private static final String SUCCESS = "success";

  private final Path base;
  private final Map<Path, Integer> counts;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, Long> failures = new TreeMap<>();
  private long tried;

  private DeclaredCounts(Path base, Map<Path, Integer> counts) {
    this.base = base;
    this.counts = counts;
  }

  /**
   * Compares.
   *
   * @param base the data set's folder
   * @param counts samples by shard, those that cannot be used included
   * @return the differences, and how many downloads failed
   */
  static List<Problem> compare(Path base, Map<Path, Integer> counts) {
    DeclaredCounts declared = new DeclaredCounts(base, counts);
    Set<Path> folders = counts.keySet().stream().map(Path::getParent).collect(Collectors.toSet());
    folders.stream().sorted().forEach(declared::compareFolder);
    counts.keySet().forEach(declared::compareStatistics);
    declared.noteFailures();
    return declared.problems;
  }

  private void compareFolder(Path folder) {
    Map<String, Integer> here = new LinkedHashMap<>();
    counts.forEach(
        (shard, count) -> {
          if (folder.equals(shard.getParent())) {
            here.put(shard.getFileName().toString(), count);
          }
        });
    Path sizes = folder.resolve("sizes.json");
    JsonNode bySize = json(sizes);
    here.forEach(
        (name, count) -> {
          if (bySize.path(name).canConvertToLong()) {
            compare(folder.resolve(name), sizes, bySize.path(name).asLong(), count);
          }
        });
    Path length = folder.resolve("__len__");
    JsonNode all = json(length);
    // A range of shards is no fault of the file that counts them all.
    if (all.canConvertToLong() && here.size() >= Shards.archives(folder).size()) {
      compare(folder, length, all.asLong(), here.values().stream().mapToLong(each -> each).sum());
    }
  }

  private void compareStatistics(Path shard) {
    String name = shard.getFileName().toString();
    String stem = Shards.isTar(shard) ? name.substring(0, name.length() - 4) : name;
    Path file = shard.resolveSibling(stem + "_stats.json");
    JsonNode statistics = json(file);
    if (statistics.path("successes").canConvertToLong()) {
      compare(shard, file, statistics.path("successes").asLong(), counts.get(shard));
      tried += statistics.path("count").asLong();
      for (Entry<String, JsonNode> each : statistics.path("status_dict").properties()) {
        if (!each.getKey().equals(SUCCESS)) {
          failures.merge(each.getKey(), each.getValue().asLong(), Long::sum);
        }
      }
    } else if (Files.isRegularFile(shard.resolveSibling(stem + ".parquet"))) {
      compareRows(shard, shard.resolveSibling(stem + ".parquet"));
    }
  }

  /** The Parquet file has a row for each picture that was tried. */
  private void compareRows(Path shard, Path file) {
    try {
      ParquetTable table = ParquetTable.open(file, LimitsConfig.DEFAULT);
      int status = table.columns().indexOf("status");
      int reason = table.columns().indexOf("error_message");
      if (status < 0) {
        return;
      }
      Set<Integer> read = reason < 0 ? Set.of(status) : Set.of(status, reason);
      long successes = 0;
      try (Stream<Row> rows = table.rows(read, problems::add)) {
        for (Row row : (Iterable<Row>) rows::iterator) {
          tried++;
          if (row.text(status).equals(SUCCESS)) {
            successes++;
          } else {
            String why = reason < 0 ? "" : row.text(reason);
            failures.merge(why.isEmpty() ? row.text(status) : why, 1L, Long::sum);
          }
        }
      }
      compare(shard, file, successes, counts.get(shard));
    } catch (UserError e) {
      problems.add(new Problem(file, 0, Kind.BAD_LINE, "cannot be read: " + e.getMessage()));
    }
  }

  private void compare(Path where, Path file, long declared, long there) {
    if (declared != there) {
      problems.add(
          new Problem(
              where,
              0,
              Kind.OTHER,
              String.format(
                  Locale.ROOT,
                  "%s says %,d samples, there are %,d",
                  file.getFileName(),
                  declared,
                  there)));
    }
  }

  private void noteFailures() {
    long failed = failures.values().stream().mapToLong(each -> each).sum();
    if (failed > 0) {
      String reasons =
          failures.entrySet().stream()
              .sorted(Entry.<String, Long>comparingByValue().reversed())
              .limit(NAMED)
              .map(each -> String.format(Locale.ROOT, "%s (%,d)", each.getKey(), each.getValue()))
              .collect(Collectors.joining(", "));
      problems.add(
          new Problem(
              base,
              0,
              Kind.UNUSED,
              String.format(
                  Locale.ROOT,
                  "%,d of %,d pictures could not be downloaded by img2dataset: %s%s",
                  failed,
                  tried,
                  reasons,
                  failures.size() > NAMED ? ", ..." : "")));
    }
  }

  /** A missing node where there is no such file, or it cannot be read, which is a problem. */
  private JsonNode json(Path file) {
    if (!Files.isRegularFile(file)) {
      return JSON.missingNode();
    }
    try {
      byte[] bytes = BoundedFile.read(file, MOST_BYTES, "the reader of " + file.getFileName());
      return JSON.readTree(new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      problems.add(new Problem(file, 0, Kind.BAD_LINE, "cannot be read: " + e.getMessage()));
      return JSON.missingNode();
    }
  }
}
