package org.visionfashion.data.cache;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Some pictures and where each lies.
 *
 * @param pixels the file with the pictures
 * @param entries one a picture
 */
record Shard(Path pixels, List<Entry> entries) {

  /**
   * Raise it when entries or stored pictures would come out otherwise: older shards then count for
   * nothing.
   */
  private static final int FORMAT = 3;

  private static final String PREFIX = "pixels-";
  private static final String PIXELS = ".bin";
  private static final String INDEX = ".json";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The JSON file. */
  private record Index(int format, int side, List<Entry> entries) {}

  /** The indices of a folder in order of their numbers. */
  static List<Path> indices(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches(PREFIX + "\\d+\\" + INDEX))
          .sorted()
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  /**
   * The shard of an index where it holds pictures of this side. What cannot be read is as if it
   * were not there: a cache can always be made again.
   */
  static Stream<Shard> read(Path index, int side) {
    try {
      Index read = JSON.readValue(index.toFile(), Index.class);
      Path pixels = sibling(index, PIXELS);
      boolean usable = read.format() == FORMAT && read.side() == side && Files.exists(pixels);
      return usable ? Stream.of(new Shard(pixels, List.copyOf(read.entries()))) : Stream.empty();
    } catch (IOException | RuntimeException e) {
      return Stream.empty();
    }
  }

  /** The entries whose pictures are there whole. */
  List<Entry> whole() throws IOException {
    long length = Files.size(pixels);
    return entries.stream().filter(entry -> entry.liesIn(length)).toList();
  }

  /** The bytes of a shard's pictures. */
  static ByteBuffer map(Path pixels) throws IOException {
    try (FileChannel channel = FileChannel.open(pixels)) {
      return channel.map(MapMode.READ_ONLY, 0, channel.size());
    }
  }

  /** Where shard {@code number} has its pictures. */
  static Path pixels(Path folder, int number) {
    return folder.resolve(PREFIX + "%05d".formatted(number) + PIXELS);
  }

  /** A number above those of all shards there, complete or not. */
  static int nextNumber(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches(PREFIX + "\\d+\\..*"))
          .mapToInt(name -> Integer.parseInt(name.replaceAll("\\D", "")) + 1)
          .max()
          .orElse(0);
    }
  }

  /** Makes the shard exist. */
  void publish(int side) throws IOException {
    Path index = sibling(pixels, INDEX);
    Path beside = sibling(pixels, ".writing");
    Files.write(beside, JSON.writeValueAsBytes(new Index(FORMAT, side, entries)));
    Files.move(beside, index, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Removes what writers left behind that were cut off. */
  static void deleteIncomplete(Path folder) throws IOException {
    List<Path> left;
    try (Stream<Path> files = Files.list(folder)) {
      left =
          files
              .filter(file -> file.getFileName().toString().matches(PREFIX + "\\d+\\..*"))
              .filter(file -> !Files.exists(sibling(file, INDEX)))
              .toList();
    }
    for (Path file : left) {
      Files.delete(file);
    }
  }

  /** The index goes first. */
  void delete() throws IOException {
    Files.deleteIfExists(sibling(pixels, INDEX));
    Files.deleteIfExists(pixels);
  }

  private static Path sibling(Path file, String ending) {
    String name = file.getFileName().toString();
    return file.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ending);
  }
}
