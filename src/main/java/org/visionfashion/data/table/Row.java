package org.visionfashion.data.table;

import java.util.List;
import java.util.Optional;
import org.visionfashion.data.Picture;

/** A row of a table. Columns count from 0, in the order of {@link Table#columns}. */
public interface Row {

  /** The line it begins in, or its number in the file where the format has no lines; from 1. */
  int number();

  /** How a sentence calls the place, for example {@code line 17} or {@code row 17}. */
  String place();

  /**
   * A cell as text, numbers as the file writes them, without white space at the ends; empty = no
   * value. Of a list the first element, of a picture its path.
   */
  String text(int column);

  /** The elements of a list, empty ones left out; a text by itself; none = no value. */
  default List<String> texts(int column) {
    String text = text(column);
    return text.isEmpty() ? List.of() : List.of(text);
  }

  /** The picture that a cell holds; empty = none, though the cell may name one by its path. */
  default Optional<Picture> picture(int column) {
    return Optional.empty();
  }
}
