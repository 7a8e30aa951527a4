package org.visionfashion.data.source;

import java.nio.file.Path;
import java.util.List;
import org.visionfashion.data.Picture;
import org.visionfashion.data.Split;

/**
 * A row of a table that can be used.
 *
 * @param id the picture's path from the data set's folder, or its name within a container
 * @param captions normalised, all different; none = none
 * @param category empty = not labelled
 * @param tags none = not labelled
 * @param item the id where the table names none
 * @param split null where the data do not say the split, or it does not count
 * @param file the table, for messages
 * @param row the row's number in it
 */
record Entry(
    String id,
    Picture picture,
    List<String> captions,
    String category,
    List<String> tags,
    String item,
    Split split,
    Path file,
    int row) {

  /** Whether the table names an item. */
  boolean hasItem() {
    return !item.equals(id);
  }
}
