package org.visionfashion.data.source;

import java.io.IOException;
import java.util.Locale;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.Picture;

/**
 * A file of a sample, within an archive or on its own.
 *
 * @param name its path within the shard, separated by slashes
 * @param fault why it cannot be used, to follow its name; empty = it can
 * @param picture the member as a picture
 * @param bytes the member as it is
 */
record Member(String name, String fault, Picture picture, Bytes bytes) {

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
   * The path without what follows the first dot of the file's name; empty = of no sample. As
   * webdataset has it, {@code __name__} is about the shard.
   */
  String key() {
    int start = name.lastIndexOf('/') + 1;
    int dot = name.indexOf('.', start);
    boolean meta = start == 0 && name.startsWith("__") && name.endsWith("__");
    return dot <= start || meta ? "" : name.substring(0, dot);
  }

  /** What follows that dot, in lower case: {@code jpg}, {@code txt}. */
  String kind() {
    return name.substring(name.indexOf('.', name.lastIndexOf('/') + 1) + 1)
        .toLowerCase(Locale.ROOT);
  }
}
