package org.visionfashion.data.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.VersionParser.ParsedVersion;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.impl.ColumnReaderImpl;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;

/**
 * A page that has been read.
 *
 * @param values one a row, null = missing; most lie within the page's bytes
 * @param memory bytes that it takes, about
 */
record Page(Binary[] values, long memory) {

  private static final int REFERENCE = 64; // a Binary and what it points with

  /**
   * A copy of a value's bytes, null where it is missing. For any number of threads, unlike {@link
   * Binary#getBytes}, which moves the position of the buffer that all values of a page share.
   */
  byte[] bytes(int index) {
    if (values[index] == null) {
      return null;
    }
    ByteBuffer own = values[index].toByteBuffer();
    byte[] bytes = new byte[own.remaining()];
    own.get(bytes);
    return bytes;
  }

  /** What reading a page takes at most: compressed, decompressed, and its rows. */
  static long cost(PageHeader header, int rows) {
    return (long) header.compressed_page_size
        + header.uncompressed_page_size
        + (long) REFERENCE * rows;
  }

  /**
   * Lets parquet-java decode one page as if its chunk had no other.
   *
   * @param dictionary null = none
   */
  static Page decode(Chunk chunk, ParsedVersion writer, DictionaryPage dictionary, DataPage data)
      throws IOException {
    try {
      ColumnReader reader =
          new ColumnReaderImpl(
              chunk.column(), new Alone(dictionary, data), new PrimitiveConverter() {}, writer);
      boolean repeating = encoding(data) == Encoding.DELTA_BYTE_ARRAY;
      int present = chunk.column().getMaxDefinitionLevel();
      Binary[] values = new Binary[data.getValueCount()];
      long memory = data.getUncompressedSize() + (long) REFERENCE * values.length;
      memory += dictionary == null ? 0 : dictionary.getUncompressedSize();
      for (int i = 0; i < values.length; i++) {
        if (reader.getCurrentDefinitionLevel() == present) {
          values[i] = reader.getBinary();
          // Such a value repeats the start of the one before it: a small page may hold much.
          memory += repeating ? values[i].length() : 0;
          PageMemory.check(memory);
        }
        reader.consume();
      }
      return new Page(values, memory);
    } catch (RuntimeException e) { // parquet-java throws all kinds of them on damaged bytes
      throw new IOException("damaged page", e);
    }
  }

  private static Encoding encoding(DataPage page) {
    return page instanceof DataPageV1 first
        ? first.getValueEncoding()
        : ((DataPageV2) page).getDataEncoding();
  }

  private record Alone(DictionaryPage dictionary, DataPage page) implements PageReader {

    @Override
    public DictionaryPage readDictionaryPage() {
      return dictionary;
    }

    @Override
    public long getTotalValueCount() {
      return page.getValueCount();
    }

    @Override
    public DataPage readPage() {
      return page;
    }
  }
}
