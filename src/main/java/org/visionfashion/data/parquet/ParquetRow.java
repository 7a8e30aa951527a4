package org.visionfashion.data.parquet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.visionfashion.data.Picture;
import org.visionfashion.data.table.Row;

/**
 * A row of a Parquet file.
 *
 * @param number from 1
 * @param places index into the cells of each column, -1 = the column is not read
 * @param cells values without white space at the ends, none of them empty
 * @param pictures by column
 */
record ParquetRow(
    int number, int[] places, List<List<String>> cells, Map<Integer, Picture> pictures)
    implements Row {

  @Override
  public String place() {
    return "row " + number;
  }

  @Override
  public String text(int column) {
    List<String> values = texts(column);
    return values.isEmpty() ? "" : values.get(0);
  }

  @Override
  public List<String> texts(int column) {
    return places[column] < 0 ? List.of() : cells.get(places[column]);
  }

  @Override
  public Optional<Picture> picture(int column) {
    return Optional.ofNullable(pictures.get(column));
  }

  /** The same with another picture. */
  ParquetRow with(int column, Picture picture) {
    Map<Integer, Picture> others = new HashMap<>(pictures);
    others.put(column, picture);
    return new ParquetRow(number, places, cells, others);
  }

  /** The same without the text of a column. */
  ParquetRow without(int column) {
    List<List<String>> others = new ArrayList<>(cells);
    others.set(places[column], List.of());
    return new ParquetRow(number, places, others, pictures);
  }
}
