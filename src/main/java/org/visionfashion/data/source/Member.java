package org.visionfashion.data.source;

import java.io.IOException;
import java.util.Locale;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.Picture;

/**
 * A file of a sample, within an archive or on its own.
 *
 * @param name its path within the shard, separated by slashes
 * @param key the path without what follows the first dot of the file's name; empty = of no sample
 * @param kind what follows that dot, in lower case: {@code jpg}, {@code txt}
 * @param fault why it cannot be used, to follow its name; empty = it can
 * @param picture the member as a picture
 * @param bytes the member as it is
 */
record Member(String name, String key, String kind, String fault, Picture picture, Bytes bytes) {

  /** Reads a member. */
  @FunctionalInterface
  interface Bytes {

    /**
     * All bytes, within {@code data.limits.text_bytes}.
     *
     * @throws IOException where they cannot be read; the message does not name the member
     */
    byte[] read(LimitsConfig limits) throws IOException;
  }

  /**
   * A member with what its name says. As webdataset has it, {@code __name__} is about the shard.
   */
  static Member of(String name, String fault, Picture picture, Bytes bytes) {
    int start = name.lastIndexOf('/') + 1;
    int dot = name.indexOf('.', start);
    boolean meta = start == 0 && name.startsWith("__") && name.endsWith("__");
    String key = dot <= start || meta ? "" : name.substring(0, dot);
    String kind = name.substring(dot < 0 ? name.length() : dot + 1).toLowerCase(Locale.ROOT);
    return new Member(name, key, kind, fault, picture, bytes);
  }
}
