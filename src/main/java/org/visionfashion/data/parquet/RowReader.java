package org.visionfashion.data.parquet;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.visionfashion.base.UserError;

/**
 * The text of some columns, row by row. In memory are one page of each column and its dictionary,
 * whatever the size of the row groups. For one thread.
 */
public final class RowReader implements AutoCloseable {

  private final ParquetFile file;
  private final MessageType projection;
  private final RandomAccessFile bytes;
  private final Cells cells;
  private int rowGroup = -1;
  private long left;
  private long row;
  private RecordReader<List<List<String>>> records;

  RowReader(ParquetFile file, List<Column> columns) {
    this.file = file;
    List<Type> types = columns.stream().map(column -> column.text(file.schema())).toList();
    this.projection = new MessageType(file.schema().getName(), types);
    this.cells = new Cells(projection, columns);
    try {
      this.bytes = new RandomAccessFile(file.path().toFile(), "r");
    } catch (FileNotFoundException e) {
      throw new UserError("%s: cannot be read: %s".formatted(file.path(), e.getMessage()), e);
    }
  }

  /**
   * Goes to the next row.
   *
   * @return false at the end
   * @throws UserError where the file is damaged; names it and the row group
   */
  public boolean next() {
    while (left == 0) {
      if (rowGroup + 1 == file.rowGroups().size()) {
        return false;
      }
      rowGroup++;
      left = file.rowGroups().get(rowGroup).getRowCount();
      if (left > 0) {
        records = reading(this::open);
      }
    }
    reading(records::read);
    left--;
    row++;
    return true;
  }

  /** Number of the row in the file, from 1. */
  public long row() {
    return row;
  }

  /**
   * The values in a cell of the row: one of text, any number of a list; of a picture its path. What
   * is null, and a number that is none, is left out.
   *
   * @param column index into the columns that are read
   */
  public List<String> values(int column) {
    return cells.getCurrentRecord().get(column);
  }

  private RecordReader<List<List<String>>> open() {
    List<PageReader> readers = new ArrayList<>();
    for (ColumnDescriptor column : projection.getColumns()) {
      Chunk chunk = file.chunk(rowGroup, column);
      if (chunk.values() < left
          || (column.getMaxRepetitionLevel() == 0 && chunk.values() != left)) {
        throw file.damaged(rowGroup, column, "values and rows do not fit together", null);
      }
      readers.add(new ChunkPages(chunk, bytes));
    }
    MessageColumnIO io = new ColumnIOFactory(file.writer()).getColumnIO(projection);
    return io.getRecordReader(new Pages(projection.getColumns(), readers, left), cells);
  }

  private <T> T reading(Supplier<T> step) {
    try {
      return step.get();
    } catch (UserError e) {
      throw e;
    } catch (RuntimeException e) { // parquet-java throws all kinds of them on damaged bytes
      String reason =
          e instanceof UncheckedIOException io ? io.getCause().getMessage() : "damaged pages";
      throw new UserError(
          "%s: row group %d: %s; fetch or write the file again"
              .formatted(file.path(), rowGroup + 1, reason),
          e);
    }
  }

  @Override
  public void close() {
    try {
      bytes.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A row group for parquet-java. */
  private record Pages(List<ColumnDescriptor> columns, List<PageReader> readers, long rows)
      implements PageReadStore {

    @Override
    public PageReader getPageReader(ColumnDescriptor column) {
      return readers.get(columns.indexOf(column));
    }

    @Override
    public long getRowCount() {
      return rows;
    }
  }
}
