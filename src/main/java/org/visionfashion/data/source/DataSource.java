package org.visionfashion.data.source;

import java.nio.file.Path;
import java.util.Set;
import org.visionfashion.data.Dataset;

/** Reads one kind of data set. */
public interface DataSource {

  /**
   * Reads labels, captions and splits; opens no picture.
   *
   * @throws org.visionfashion.base.UserError where there is nothing to read
   */
  Dataset load();

  /**
   * Which files and folders decide what {@link #load} gives, to be asked for after it: a file by
   * its content, a folder by the names in it. None = the data set is never indexed.
   */
  default Set<Path> inputs() {
    return Set.of();
  }
}
