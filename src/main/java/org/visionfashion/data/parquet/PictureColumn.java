package org.visionfashion.data.parquet;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.parquet.CorruptDeltaByteArrays;
import org.apache.parquet.VersionParser;
import org.apache.parquet.VersionParser.ParsedVersion;
import org.apache.parquet.VersionParser.VersionParseException;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.api.Binary;
import org.visionfashion.base.UserError;
import org.visionfashion.data.Container;

/**
 * The pictures in a column of a file, in any order and for any number of threads. A picture costs
 * the page that it lies in; pages that were used last are kept. The file is open only while it is
 * read, so thousands of files are no matter.
 */
public final class PictureColumn implements Container {

  public static final String KIND = "parquet";

  private final Path file;
  private final String name;
  private volatile Layout layout;

  /** A column whose file is opened when the first picture is read. */
  public PictureColumn(Path file, String name) {
    this.file = file;
    this.name = name;
  }

  PictureColumn(ParquetFile parquet, Column column) {
    this(parquet.path(), column.name());
    layout = Layout.of(parquet, column);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Path file() {
    return file;
  }

  /** The column's name. */
  @Override
  public String part() {
    return name;
  }

  /**
   * The picture of a row.
   *
   * @param row from 1
   */
  @Override
  public ParquetPicture picture(String member, long row, int length) {
    return picture(row);
  }

  /**
   * The picture of a row.
   *
   * @param row from 1
   */
  public ParquetPicture picture(long row) {
    return new ParquetPicture(this, row);
  }

  /**
   * The bytes of a row's picture.
   *
   * @param row from 1
   * @param most bytes that it may have
   * @return null where the row has none
   * @throws IOException where it cannot be read
   */
  byte[] read(long row, int most) throws IOException {
    Layout known = layout();
    int group = known.group(row);
    int inGroup = (int) (row - 1 - known.firstRows[group]);
    PageIndex index = index(known, group);
    int number = index.page(inGroup);
    Page page =
        PageCache.SHARED.get(
            new PageCache.Key(known, group, number), () -> load(known, group, index, number));
    int at = inGroup - index.rows()[number];
    Binary value = page.values()[at];
    if (value != null && value.length() > most) {
      throw new IOException(
          String.format(
              Locale.ROOT, "%,d bytes; data.limits.image_bytes allows %,d", value.length(), most));
    }
    return page.bytes(at);
  }

  /**
   * The rows without a picture, counted from 0. As a rule the footer says that there are none;
   * pages are read only of row groups that have some.
   *
   * @throws UserError where the file cannot be opened
   */
  public BitSet missing() {
    BitSet missing = new BitSet();
    try {
      Layout known = layout();
      for (int group = 0; group < known.chunks.length; group++) {
        if (known.nulls[group] == known.chunks[group].values()) {
          missing.set((int) known.firstRows[group], (int) known.firstRows[group + 1]);
        } else if (known.nulls[group] != 0) {
          addMissing(known, group, missing);
        }
      }
    } catch (IOException e) {
      throw new UserError(e.getMessage(), e);
    }
    return missing;
  }

  private void addMissing(Layout known, int group, BitSet missing) {
    try {
      PageIndex index = index(known, group);
      for (int number = 0; number < index.pages(); number++) {
        Binary[] values = load(known, group, index, number).values();
        for (int i = 0; i < values.length; i++) {
          if (values[i] == null) {
            missing.set((int) known.firstRows[group] + index.rows()[number] + i);
          }
        }
      }
    } catch (IOException e) {
      // Each picture of a damaged page is reported when it is read.
      return;
    }
  }

  /** The first bytes of the first picture; none where there is no picture that can be read. */
  byte[] start(int count) {
    try {
      Layout known = layout();
      for (int group = 0; group < known.chunks.length; group++) {
        PageIndex index =
            known.nulls[group] == known.chunks[group].values() ? null : index(known, group);
        for (int number = 0; index != null && number < index.pages(); number++) {
          Page page = load(known, group, index, number);
          for (int i = 0; i < page.values().length; i++) {
            if (page.values()[i] != null) {
              byte[] bytes = page.bytes(i);
              return Arrays.copyOf(bytes, Math.min(count, bytes.length));
            }
          }
        }
      }
    } catch (IOException e) {
      return new byte[0]; // reported when a picture is read
    }
    return new byte[0];
  }

  /** Bytes in the file of a page, on average of the first row group; 0 = not known. */
  public long pageSize() {
    try {
      Layout known = layout();
      if (known.rows() == 0) {
        return 0;
      }
      int group = known.group(1);
      PageIndex index = index(known, group);
      return (index.end() - known.chunks[group].start()) / index.pages();
    } catch (IOException e) {
      return 0; // reported when a picture is read
    }
  }

  private Layout layout() throws IOException {
    if (layout == null) {
      synchronized (this) {
        if (layout == null) {
          layout = open(file, name);
        }
      }
    }
    return layout;
  }

  private static Layout open(Path file, String name) throws IOException {
    try {
      ParquetFile parquet = ParquetFile.open(file);
      Column column =
          parquet
              .column(name)
              .orElseThrow(() -> new IOException("%s: no column '%s'".formatted(file, name)));
      return Layout.of(parquet, column);
    } catch (UserError e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private PageIndex index(Layout known, int group) throws IOException {
    PageIndex index = known.indices.get(group);
    if (index == null) { // two threads may read it at the same time, and find the same
      try (RandomAccessFile in = open(known)) {
        index = PageIndex.read(known.chunks[group], in);
      }
      known.indices.set(group, index);
    }
    return index;
  }

  private Page load(Layout known, int group, PageIndex index, int number) throws IOException {
    Chunk chunk = known.chunks[group];
    try (RandomAccessFile in = open(known)) {
      FileInput data = new FileInput(in, index.headers()[number]);
      PageHeader header = Chunk.header(data);
      int rows = index.rows()[number + 1] - index.rows()[number];
      if (Chunk.values(header) != rows) {
        throw new IOException("the file has changed");
      }
      FileInput first = null;
      PageHeader words = null;
      long cost = Page.cost(header, rows);
      if (index.dictionary() >= 0) {
        first = new FileInput(in, index.dictionary());
        words = Chunk.header(first);
        cost += Page.cost(words, 0);
      }
      int reserved = PageMemory.reserve(cost);
      try {
        DictionaryPage dictionary = words == null ? null : chunk.dictionary(words, first);
        DataPage page = chunk.data(header, data);
        return Page.decode(chunk, known.writer, dictionary, page);
      } finally {
        PageMemory.release(reserved);
      }
    }
  }

  private RandomAccessFile open(Layout known) throws IOException {
    RandomAccessFile in = new RandomAccessFile(file.toFile(), "r");
    if (in.length() != known.size) {
      in.close();
      throw new IOException("the file has changed");
    }
    return in;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PictureColumn column
        && file.equals(column.file)
        && name.equals(column.name);
  }

  @Override
  public int hashCode() {
    return 31 * file.hashCode() + name.hashCode();
  }

  @Override
  public String toString() {
    return file + ": " + name;
  }

  /** Where the pictures lie, as the footer says; equal to none but itself. */
  private static final class Layout {

    private final long size;
    private final ParsedVersion writer;
    private final Chunk[] chunks;
    private final long[] nulls;
    private final long[] firstRows;
    private final AtomicReferenceArray<PageIndex> indices;

    private Layout(long size, ParsedVersion writer, int groups) {
      this.size = size;
      this.writer = writer;
      chunks = new Chunk[groups];
      nulls = new long[groups];
      firstRows = new long[groups + 1];
      indices = new AtomicReferenceArray<>(groups);
    }

    static Layout of(ParquetFile parquet, Column column) {
      ColumnDescriptor bytes = parquet.schema().getColumnDescription(column.bytesPath());
      int groups = parquet.rowGroups().size();
      Layout layout = new Layout(parquet.size(), version(parquet.writer()), groups);
      for (int group = 0; group < groups; group++) {
        ColumnChunkMetaData meta = parquet.meta(group, bytes);
        layout.chunks[group] = parquet.chunk(group, bytes);
        long rows = parquet.rowGroups().get(group).getRowCount();
        if (meta.getValueCount() != rows || rows > Integer.MAX_VALUE) {
          throw parquet.damaged(group, bytes, "values and rows do not fit together", null);
        } else if (meta.getEncodings().contains(Encoding.DELTA_BYTE_ARRAY)
            && CorruptDeltaByteArrays.requiresSequentialReads(
                layout.writer, Encoding.DELTA_BYTE_ARRAY)) {
          String what =
              "its pages depend on each other, as %s wrote them; write the file again"
                  .formatted(parquet.writer());
          throw parquet.damaged(group, bytes, what, null);
        }
        Statistics<?> statistics = meta.getStatistics();
        boolean counted = statistics != null && statistics.isNumNullsSet();
        layout.nulls[group] = counted ? statistics.getNumNulls() : -1;
        layout.firstRows[group + 1] = layout.firstRows[group] + rows;
      }
      return layout;
    }

    private static ParsedVersion version(String writer) {
      try {
        return VersionParser.parse(writer);
      } catch (VersionParseException | RuntimeException e) {
        return new ParsedVersion(writer.isEmpty() ? "unknown" : writer, null, null);
      }
    }

    long rows() {
      return firstRows[chunks.length];
    }

    /** The row group of a row. */
    int group(long row) throws IOException {
      if (row < 1 || row > rows()) {
        throw new IOException("the file has %d rows".formatted(rows()));
      }
      int found = Arrays.binarySearch(firstRows, row);
      int group = found >= 0 ? found - 1 : -found - 2;
      while (chunks[group].values() == 0) {
        group--;
      }
      return group;
    }
  }
}
