package org.visionfashion.data.index;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;
import org.visionfashion.data.Container;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.DatasetFacts;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.data.Problem;

/**
 * All of an index but the columns: {@code head.json}.
 *
 * @param format raise it when columns would be read otherwise: older indexes are then made anew
 * @param name of the data set
 * @param root of the data set, see {@link Relative}
 * @param inputs what the data set was read from
 * @param columns the files of the columns
 */
record Head(
    int format,
    String name,
    String root,
    LabelScheme scheme,
    boolean itemsKnown,
    boolean splitsGiven,
    DatasetFacts facts,
    List<Place> containers,
    List<Note> problems,
    List<Input> inputs,
    List<Column> columns) {

  static final int FORMAT = 1;

  /** A container. */
  record Place(String kind, String file, String part) {

    static Place of(Path base, Container container) {
      return new Place(container.kind(), Relative.name(base, container.file()), container.part());
    }
  }

  /** A problem. */
  record Note(String file, int line, Problem.Kind kind, String message, boolean skipped) {

    static Note of(Path base, Problem problem) {
      return new Note(
          Relative.name(base, problem.file()),
          problem.line(),
          problem.kind(),
          problem.message(),
          problem.skipped());
    }

    Problem problem(Path base) {
      return new Problem(base.resolve(file), line, kind, message, skipped);
    }
  }

  /** A file with a column. */
  record Column(String name, long bytes, long crc32c) {

    private static final int CHUNK = 1 << 20;

    /** As the file is now. Reading is faster than mapping where it has to come from the disk. */
    static Column of(Path file) throws IOException {
      CRC32C crc = new CRC32C();
      long bytes = 0;
      byte[] chunk = new byte[CHUNK];
      try (InputStream in = Files.newInputStream(file)) {
        for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
          crc.update(chunk, 0, count);
          bytes += count;
        }
      }
      return new Column(file.getFileName().toString(), bytes, crc.getValue());
    }

    /** Whether the file is as it was written. */
    boolean isWhole(Path folder) {
      try {
        Path file = folder.resolve(name);
        return Files.size(file) == bytes && equals(of(file));
      } catch (IOException e) {
        return false;
      }
    }
  }

  static Head of(Path base, Dataset dataset, List<Input> inputs, List<Column> columns) {
    return new Head(
        FORMAT,
        dataset.name(),
        Relative.name(base, dataset.root()),
        dataset.scheme(),
        dataset.itemsKnown(),
        dataset.splitsGiven(),
        dataset.examples().facts(dataset.scheme()),
        dataset.examples().containers().stream().map(each -> Place.of(base, each)).toList(),
        dataset.problems().stream().map(each -> Note.of(base, each)).toList(),
        inputs,
        columns);
  }
}
