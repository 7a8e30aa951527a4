package org.visionfashion.data.parquet;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.Picture;
import org.visionfashion.data.Seeds;
import org.visionfashion.data.table.Row;

/**
 * Which rows have the picture of an earlier one, as where each caption has a row of its own: those
 * that give it the same name, and whose bytes are the same.
 *
 * @param name column of the names; that of the pictures where their paths are the names
 * @param image column of the pictures
 * @param first the first picture of each name that is there more than once
 * @param differing names of more than one picture
 */
public record RepeatedPictures(
    String name, String image, Map<String, Picture> first, Set<String> differing) {

  /** Every picture is its own. */
  static final RepeatedPictures NONE = new RepeatedPictures("", "", Map.of(), Set.of());

  /**
   * Compares the names in a set of tables, and the pictures of those that are repeated.
   *
   * @param limits of pictures
   */
  public static RepeatedPictures in(
      List<ParquetTable> tables, String name, String image, LimitsConfig limits) {
    long[] repeated = repeated(tables, name, image);
    Map<String, Picture> first = new HashMap<>();
    Set<String> differing = new HashSet<>();
    if (repeated.length > 0) {
      each(
          tables,
          name,
          image,
          (called, own) -> {
            if (Arrays.binarySearch(repeated, hash(called)) >= 0 && !differing.contains(called)) {
              Picture earlier = first.putIfAbsent(called, own);
              if (earlier != null && !areSame(earlier, own, limits)) {
                differing.add(called);
                first.remove(called);
              }
            }
          });
    }
    return new RepeatedPictures(name, image, first, differing);
  }

  /** Hashes of the names that are there more than once, in order. */
  private static long[] repeated(List<ParquetTable> tables, String name, String image) {
    LongStream.Builder hashes = LongStream.builder();
    each(tables, name, image, (called, own) -> hashes.add(hash(called)));
    long[] sorted = hashes.build().sorted().toArray();
    LongStream.Builder repeated = LongStream.builder();
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i] == sorted[i - 1] && (i == 1 || sorted[i] != sorted[i - 2])) {
        repeated.add(sorted[i]);
      }
    }
    return repeated.build().toArray();
  }

  private static void each(
      List<ParquetTable> tables, String name, String image, BiConsumer<String, Picture> told) {
    for (ParquetTable table : tables) {
      int nameAt = table.columns().indexOf(name);
      int imageAt = table.columns().indexOf(image);
      Set<Integer> wanted = new HashSet<>(List.of(nameAt, imageAt));
      try (Stream<Row> rows = table.rows(wanted, problem -> {})) {
        rows.forEach(
            row -> {
              Optional<Picture> own = row.picture(imageAt);
              String called = row.text(nameAt);
              if (own.isPresent() && !called.isEmpty()) {
                told.accept(called, own.get());
              }
            });
      }
    }
  }

  private static long hash(String text) {
    long hash = text.length();
    for (int i = 0; i < text.length(); i++) {
      hash = Seeds.of(hash, text.charAt(i));
    }
    return hash;
  }

  /** What cannot be read is reported when it is needed. */
  private static boolean areSame(Picture one, Picture other, LimitsConfig limits) {
    try {
      return Arrays.equals(one.read(limits), other.read(limits));
    } catch (IOException e) {
      return true;
    }
  }

  /** Whether the paths of pictures cannot be their names. */
  public boolean pathsAreNoNames() {
    return name.equals(image) && !differing.isEmpty();
  }

  /** A row with the picture of the first that has it; a path that is no name is left out. */
  ParquetRow joined(ParquetRow row, int nameAt, int imageAt) {
    if (!row.pictures().containsKey(imageAt)) {
      return row;
    }
    if (pathsAreNoNames()) {
      return row.without(imageAt);
    }
    Picture earlier = first.get(row.text(nameAt));
    return earlier == null ? row : row.with(imageAt, earlier);
  }
}
