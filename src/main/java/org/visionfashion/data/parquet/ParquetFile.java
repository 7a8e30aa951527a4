package org.visionfashion.data.parquet;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.schema.MessageType;
import org.visionfashion.base.UserError;

/**
 * A Parquet file, of which the footer has been read: schema, row groups, where each column lies.
 */
public final class ParquetFile {

  /** The magic number at both ends, and the length of the footer. */
  private static final int FRAME = 12;

  private static final int TAIL = 8;

  private final Path path;
  private final long size;
  private final FileMetaData metadata;
  private final List<BlockMetaData> rowGroups;
  private final List<Column> columns;

  private ParquetFile(Path path, long size, ParquetMetadata footer) {
    this.path = path;
    this.size = size;
    this.metadata = footer.getFileMetaData();
    this.rowGroups = footer.getBlocks();
    HuggingFaceFeatures features = HuggingFaceFeatures.of(metadata.getKeyValueMetaData());
    requireRows();
    this.columns = schema().getFields().stream().map(type -> Column.of(type, features)).toList();
  }

  /**
   * Reads the footer; the file is closed again.
   *
   * @throws UserError where the file is missing, encrypted, damaged or not Parquet
   */
  public static ParquetFile open(Path path) {
    try {
      if (!Files.isRegularFile(path)) {
        throw new UserError(path + ": no such file");
      }
      long size = Files.size(path);
      checkFrame(path, size);
      return new ParquetFile(path, size, footer(path));
    } catch (IOException e) {
      throw new UserError("%s: cannot be read: %s".formatted(path, e.getMessage()), e);
    }
  }

  private void requireRows() {
    long rows = 0;
    for (BlockMetaData group : rowGroups) {
      rows += group.getRowCount();
      if (group.getRowCount() < 0 || rows > Integer.MAX_VALUE) {
        throw new UserError(
            path + ": its footer promises more rows than 2,147,483,647; write several files");
      }
    }
  }

  private static void checkFrame(Path path, long size) throws IOException {
    if (size < FRAME) {
      throw new UserError("%s: not a Parquet file, %d bytes".formatted(path, size));
    }
    byte[] head = new byte[4];
    byte[] tail = new byte[TAIL];
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      file.readFully(head);
      file.seek(size - TAIL);
      file.readFully(tail);
    }
    String begins = new String(head, StandardCharsets.ISO_8859_1);
    String ends = new String(tail, 4, 4, StandardCharsets.ISO_8859_1);
    if (begins.equals("PARE") || ends.equals("PARE")) {
      throw new UserError(path + ": an encrypted Parquet file; decrypt it first");
    } else if (!begins.equals("PAR1")) {
      throw new UserError(path + ": not a Parquet file, it does not begin with PAR1");
    } else if (!ends.equals("PAR1")) {
      throw new UserError(
          path + ": a Parquet file without its end: it is not complete; fetch or write it again");
    }
    long footer =
        (tail[0] & 0xFF) | (tail[1] & 0xFF) << 8 | (tail[2] & 0xFF) << 16 | (long) tail[3] << 24;
    if (footer <= 0 || footer > size - FRAME) {
      throw new UserError(path + ": its footer is damaged; fetch or write the file again");
    }
  }

  private static ParquetMetadata footer(Path path) throws IOException {
    ParquetReadOptions options =
        ParquetReadOptions.builder(new PlainParquetConfiguration())
            .withCodecFactory(new NoCodecs())
            .build();
    LocalInputFile file = new LocalInputFile(path);
    try (SeekableInputStream in = file.newStream()) {
      return ParquetFileReader.readFooter(file, options, in);
    } catch (RuntimeException e) { // of damaged bytes
      throw new IOException("its footer is damaged; fetch or write the file again", e);
    }
  }

  public Path path() {
    return path;
  }

  /** In the order of the schema. */
  public List<Column> columns() {
    return columns;
  }

  /** A column by its exact name. */
  public Optional<Column> column(String name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst();
  }

  /** How many rows the footer promises. */
  public long rows() {
    return rowGroups.stream().mapToLong(BlockMetaData::getRowCount).sum();
  }

  /**
   * Reads the text of some columns.
   *
   * @throws UserError where one of them cannot be read; names file, column and row group
   */
  public RowReader read(List<Column> wanted) {
    return new RowReader(this, wanted);
  }

  /**
   * The pictures of a column.
   *
   * @param column of kind {@code BYTES} or {@code PICTURE}
   * @throws UserError where they cannot be read; names file, column and row group
   */
  public PictureColumn pictures(Column column) {
    return new PictureColumn(this, column);
  }

  long size() {
    return size;
  }

  MessageType schema() {
    return metadata.getSchema();
  }

  String writer() {
    return Objects.toString(metadata.getCreatedBy(), "");
  }

  List<BlockMetaData> rowGroups() {
    return rowGroups;
  }

  ColumnChunkMetaData meta(int rowGroup, ColumnDescriptor column) {
    ColumnPath wanted = ColumnPath.get(column.getPath());
    return rowGroups.get(rowGroup).getColumns().stream()
        .filter(chunk -> chunk.getPath().equals(wanted))
        .findFirst()
        .orElseThrow(() -> damaged(rowGroup, column, "not in the footer", null));
  }

  Chunk chunk(int rowGroup, ColumnDescriptor column) {
    try {
      return Chunk.of(column, meta(rowGroup, column), size);
    } catch (IOException e) {
      throw damaged(rowGroup, column, e.getMessage(), e);
    }
  }

  /** One line about a place in the file. */
  UserError damaged(int rowGroup, ColumnDescriptor column, String what, Throwable cause) {
    return new UserError(
        "%s: row group %d, column %s: %s"
            .formatted(path, rowGroup + 1, String.join(".", column.getPath()), what),
        cause);
  }
}
