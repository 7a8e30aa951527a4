package org.visionfashion.data.table;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.visionfashion.data.Problem;

/**
 * A table of any format: named columns, and rows that are read one after the other, never all at
 * once. A format plugs in by this interface alone; its opening finds the columns and throws a
 * {@link org.visionfashion.base.UserError} where there are none.
 */
public interface Table {

  /** The file, for messages; relative paths in its cells start from the folder it lies in. */
  Path file();

  /** Line of the header for messages, from 1; 0 = the format has none. */
  int headerLine();

  /** Names of the columns in order; a name may be empty, or there twice. */
  List<String> columns();

  /** Whether a column's cells hold pictures, not paths of pictures. */
  default boolean holdsPictures(int column) {
    return false;
  }

  /**
   * Reads the rows from the first on. To be used by one thread and closed; may be asked for again.
   *
   * @param problems takes each row that cannot be read, as {@link Problem#skipping}; such a row is
   *     not in the stream
   * @return rows in the order of the file; reading them throws {@link
   *     org.visionfashion.base.UserError} where the file cannot be read any further
   */
  Stream<Row> rows(Consumer<Problem> problems);

  /**
   * The same, of which only some columns are asked for; a format that can reads no others.
   *
   * @param wanted indices of columns
   */
  default Stream<Row> rows(Set<Integer> wanted, Consumer<Problem> problems) {
    return rows(problems);
  }
}
