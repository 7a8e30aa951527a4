package org.visionfashion.data.index;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.visionfashion.base.AtomicFiles;
import org.visionfashion.data.Container;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Examples;
import org.visionfashion.data.column.Bytes;

/**
 * A data set's columns in a folder {@code .examples/<key>-<fingerprint>} beside it: a file for each
 * column, {@code head.json} for all else, and {@code head.crc}. Opening maps the columns.
 *
 * <p>An index counts as absent where any of its files is not as it was written, by size and
 * CRC-32C, or where what the data set was read from has changed: tables and containers by size and
 * time, folders by the names in them.
 */
public final class ExampleIndex {

  /** The folder beside the data. */
  public static final String FOLDER = ".examples";

  private static final String HEAD = "head.json";
  private static final String HEAD_CRC = "head.crc";
  private static final int FINGERPRINT = 12;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path base;
  private final String key;
  private final Opener opener;

  /** Opens a container that an index names. */
  @FunctionalInterface
  public interface Opener {

    /**
     * The container with these properties.
     *
     * @throws IllegalArgumentException where there is no such kind
     */
    Container open(String kind, Path file, String part);
  }

  /**
   * The index of a data set, be it there or not.
   *
   * @param base the data set's folder
   * @param key names all settings that decide what is read; letters and digits
   */
  public ExampleIndex(Path base, String key, Opener opener) {
    this.base = base;
    this.key = key;
    this.opener = opener;
  }

  /** The data set, where its index is there, whole and up to date. */
  public Optional<Dataset> open() {
    for (Path folder : folders()) {
      try {
        Head head = head(folder);
        if (head.format() == Head.FORMAT
            && head.inputs().stream().allMatch(input -> input.isSame(base))) {
          return Optional.of(dataset(head, columns(folder, head)));
        }
      } catch (IOException | RuntimeException damaged) {
        // As if it were not there: it is made anew.
      }
    }
    return Optional.empty();
  }

  private static Head head(Path folder) throws IOException {
    byte[] json = Files.readAllBytes(folder.resolve(HEAD));
    if (!Files.readString(folder.resolve(HEAD_CRC)).equals(crc(json))) {
      throw new IOException(folder + ": damaged");
    }
    return JSON.readValue(json, Head.class);
  }

  private static String crc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return Long.toHexString(crc.getValue());
  }

  private static Map<String, Bytes> columns(Path folder, Head head) throws IOException {
    if (!head.columns().parallelStream().allMatch(column -> column.isWhole(folder))) {
      throw new IOException(folder + ": damaged");
    }
    Map<String, Bytes> columns = new HashMap<>();
    for (Head.Column column : head.columns()) {
      columns.put(column.name(), Bytes.map(folder.resolve(column.name())));
    }
    return columns;
  }

  private Dataset dataset(Head head, Map<String, Bytes> columns) {
    List<Container> containers =
        head.containers().stream()
            .map(each -> opener.open(each.kind(), base.resolve(each.file()), each.part()))
            .toList();
    return new Dataset(
        head.name(),
        base.resolve(head.root()),
        head.scheme(),
        Examples.of(columns, head.scheme(), containers, head.facts()),
        head.problems().stream().map(each -> each.problem(base)).toList(),
        head.itemsKnown(),
        head.splitsGiven());
  }

  /**
   * Writes the index; older ones of the same key go.
   *
   * @param inputs files and folders that the data set was read from
   * @param since when reading began, milliseconds since 1970
   * @throws IOException where it cannot be written, or an input has changed since then
   */
  public void write(Dataset dataset, Collection<Path> inputs, long since) throws IOException {
    List<Input> read = new ArrayList<>();
    for (Path input : inputs) {
      read.add(Input.of(base, input));
      if (read.get(read.size() - 1).modified() > since) {
        throw new IOException(input + " has changed while it was read");
      }
    }
    String fingerprint = dataset.fingerprint().substring(0, FINGERPRINT);
    Path folder = base.resolve(FOLDER).resolve(key + "-" + fingerprint);
    List<Path> older = folders();
    AtomicFiles.replaceFolder(folder, beside -> write(beside, dataset, read));
    for (Path each : older) {
      if (!each.equals(folder) && Files.exists(each)) {
        delete(each);
      }
    }
  }

  private void write(Path folder, Dataset dataset, List<Input> inputs) throws IOException {
    List<Head.Column> columns = new ArrayList<>();
    for (Map.Entry<String, Bytes> column : dataset.examples().columns().entrySet()) {
      Path file = folder.resolve(column.getKey());
      try (FileChannel out =
          FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        column.getValue().writeTo(out);
      }
      columns.add(Head.Column.of(file));
    }
    byte[] head = JSON.writeValueAsBytes(Head.of(base, dataset, inputs, columns));
    Files.write(folder.resolve(HEAD), head);
    Files.writeString(folder.resolve(HEAD_CRC), crc(head));
  }

  /** The indexes of this key, whole or not, and what others left behind that were cut off. */
  private List<Path> folders() {
    try (Stream<Path> files = Files.list(base.resolve(FOLDER))) {
      return files
          .filter(each -> each.getFileName().toString().startsWith(key + "-"))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
    Files.delete(folder);
  }
}
