package org.visionfashion.data.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.visionfashion.data.Picture;
import org.visionfashion.data.image.Pixels;

/**
 * Where a picture lies in a shard, and the file it was made from.
 *
 * @param file the picture's file, relative to the data set where it lies below it
 * @param member its name within that file, where the file is a container; else empty
 * @param bytes size of that file
 * @param modified its time of modification, milliseconds since 1970
 * @param content CRC-32C of the encoded picture
 * @param width of the stored picture
 * @param height of the stored picture
 * @param offset of its first byte in the shard
 * @param crc32c of its bytes
 */
record Entry(
    String file,
    String member,
    long bytes,
    long modified,
    long content,
    int width,
    int height,
    long offset,
    long crc32c) {

  /** What tells this picture from all others. */
  String key() {
    return key(file, member);
  }

  /** The key of a picture that is stored, or would be. */
  static String key(Path root, Picture picture) {
    return key(name(root, picture.file()), picture.member());
  }

  private static String key(String file, String member) {
    return member.isEmpty() ? file : file + '\0' + member;
  }

  /** The file that a key names. */
  static String file(String key) {
    int end = key.indexOf('\0');
    return end < 0 ? key : key.substring(0, end);
  }

  /** The member that a key names; empty = the file is the picture. */
  static String member(String key) {
    int end = key.indexOf('\0');
    return end < 0 ? "" : key.substring(end + 1);
  }

  /** Bytes of the stored picture. */
  long size() {
    return (long) Pixels.CHANNELS * width * height;
  }

  /**
   * Whether the file is still what the picture was made from. A picture's own file of another time,
   * a copy say, is looked into; a container of another time counts as changed.
   */
  boolean isFresh(Path root, FileStates states) {
    Path path = root.resolve(file);
    FileStates.State now = member.isEmpty() ? FileStates.State.of(path) : states.container(path);
    try {
      return now.bytes() == bytes
          && (now.modified() == modified
              || (member.isEmpty() && Checksum.of(Files.readAllBytes(path)) == content));
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether the picture lies within a shard of this length. */
  boolean liesIn(long length) {
    return width > 0 && height > 0 && offset >= 0 && offset + size() <= length;
  }

  static long modified(Path file) throws IOException {
    return Files.getLastModifiedTime(file).toMillis();
  }

  /** What a file is called in an index. */
  static String name(Path root, Path file) {
    return file.startsWith(root)
        ? root.relativize(file).toString()
        : file.toAbsolutePath().toString();
  }
}
