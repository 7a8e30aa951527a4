package org.visionfashion.data.parquet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Spliterators.AbstractSpliterator;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.visionfashion.base.OneLine;
import org.visionfashion.base.UserError;
import org.visionfashion.data.Picture;
import org.visionfashion.data.Problem;
import org.visionfashion.data.parquet.Column.Kind;
import org.visionfashion.data.table.Row;

/** The rows of a table, with the text of some columns and where their pictures lie. */
final class TableRows extends AbstractSpliterator<Row> implements AutoCloseable {

  private static final String STATUS = "status";
  private static final String SUCCESS = "success";

  private final ParquetTable table;
  private final RepeatedPictures repeated;
  private final Consumer<Problem> problems;
  private final int[] places;
  private final List<Column> read = new ArrayList<>();
  private final Map<Integer, Held> held = new HashMap<>();
  private final RowReader reader;
  private final int status;
  private final int nameAt;
  private final int imageAt;
  private int notFetched;
  private ParquetRow firstNotFetched;

  /**
   * Opens the file.
   *
   * @param wanted indices of columns
   * @throws UserError where a column holds nothing that can be read
   */
  TableRows(
      ParquetTable table,
      ParquetFile parquet,
      Set<Integer> wanted,
      RepeatedPictures repeated,
      Consumer<Problem> problems) {
    super(parquet.rows(), ORDERED | NONNULL);
    this.table = table;
    this.repeated = repeated;
    this.problems = problems;
    places = new int[parquet.columns().size()];
    Arrays.fill(places, -1);
    for (int index : new TreeSet<>(wanted)) {
      Column column = table.column(index);
      if (column.kind() == Kind.OTHER) {
        throw new UserError(
            "%s: column '%s' holds groups of values; only text, numbers, lists of these and pictures can be read"
                .formatted(table.file(), column.name()));
      }
      if (table.holdsPictures(index)) {
        PictureColumn pictures = parquet.pictures(column);
        held.put(index, new Held(pictures, pictures.missing()));
      }
      if (column.kind() != Kind.BYTES || !table.holdsPictures(index)) {
        readAlso(index);
      }
    }
    nameAt = table.columns().indexOf(repeated.name());
    imageAt = table.columns().indexOf(repeated.image());
    int named = table.columns().indexOf(STATUS);
    boolean tells = named >= 0 && !held.isEmpty() && table.column(named).kind() == Kind.TEXT;
    status = tells ? named : -1;
    if (tells && places[named] < 0) {
      readAlso(named);
    }
    reader = parquet.read(read);
  }

  /**
   * Pictures of a column.
   *
   * @param missing rows without one, from 0
   */
  private record Held(PictureColumn pictures, BitSet missing) {}

  private void readAlso(int column) {
    places[column] = read.size();
    read.add(table.column(column));
  }

  @Override
  public boolean tryAdvance(Consumer<? super Row> action) {
    while (reader.next()) {
      ParquetRow row = row(Math.toIntExact(reader.row()));
      if (isShort(row) && isFetched(row)) {
        action.accept(row);
        return true;
      }
    }
    if (notFetched > 0) {
      String message =
          "%d of %d rows have no picture: they were not fetched; of this one, the first, the status is '%s'"
              .formatted(notFetched, reader.row(), OneLine.word(firstNotFetched.text(status)));
      problems.accept(
          new Problem(table.file(), firstNotFetched.number(), Problem.Kind.UNUSED, message));
      notFetched = 0;
    }
    return false;
  }

  private ParquetRow row(int number) {
    List<List<String>> cells = new ArrayList<>(read.size());
    for (int i = 0; i < read.size(); i++) {
      cells.add(clean(reader.values(i)));
    }
    Map<Integer, Picture> pictures = new HashMap<>(2);
    held.forEach(
        (column, own) -> {
          if (!own.missing().get(number - 1)) {
            pictures.put(column, own.pictures().picture(number));
          }
        });
    ParquetRow row = new ParquetRow(number, places, cells, pictures);
    return imageAt < 0 ? row : repeated.joined(row, nameAt, imageAt);
  }

  private static List<String> clean(List<String> values) {
    return values.stream().map(String::strip).filter(value -> !value.isEmpty()).toList();
  }

  /** Whether all text is within the limit; reports a row where it is not. */
  private boolean isShort(ParquetRow row) {
    int longest =
        row.cells().stream().flatMap(List::stream).mapToInt(String::length).max().orElse(0);
    if (longest > table.longest()) {
      String message =
          "%d characters; data.limits.line allows %d".formatted(longest, table.longest());
      problems.accept(
          new Problem(table.file(), row.number(), Problem.Kind.BAD_LINE, message).skipping());
    }
    return longest <= table.longest();
  }

  /** Whether a row is one that img2dataset fetched, or of another table; counts the others. */
  private boolean isFetched(ParquetRow row) {
    boolean fetched =
        status < 0
            || row.text(status).equals(SUCCESS)
            || held.keySet().stream()
                .anyMatch(at -> row.picture(at).isPresent() || !row.text(at).isEmpty());
    if (!fetched && notFetched++ == 0) {
      firstNotFetched = row;
    }
    return fetched;
  }

  @Override
  public void close() {
    reader.close();
  }
}
