package org.visionfashion.data.parquet;

import java.io.IOException;
import java.util.zip.CRC32;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;

/**
 * One column in one row group: pages one behind the other, a dictionary first where there is one.
 *
 * @param start where in the file the first page begins
 * @param values how many values the pages hold, missing ones included
 */
record Chunk(ColumnDescriptor column, Codec codec, long start, long values) {

  /**
   * What the footer says of a column.
   *
   * @throws IOException where it cannot be read: another codec, encrypted, out of the file
   */
  static Chunk of(ColumnDescriptor column, ColumnChunkMetaData meta, long fileSize)
      throws IOException {
    if (meta.isEncrypted()) {
      throw new IOException("encrypted; decrypt it first");
    }
    long start = meta.getStartingPos();
    boolean within =
        start >= 4 && meta.getTotalSize() >= 0 && start <= fileSize - meta.getTotalSize();
    if (!within && meta.getValueCount() > 0) {
      throw new IOException("lies outside the file; it is damaged or not complete");
    }
    return new Chunk(column, Codec.of(meta.getCodec()), start, meta.getValueCount());
  }

  /**
   * The header of the next page.
   *
   * @throws IOException where there is none
   */
  static PageHeader header(FileInput in) throws IOException {
    PageHeader header;
    try {
      header = Util.readPageHeader(in);
    } catch (RuntimeException e) { // of damaged bytes
      throw new IOException("damaged page header", e);
    }
    boolean complete =
        header.type != null
            && header.compressed_page_size >= 0
            && header.uncompressed_page_size >= 0
            && switch (header.type) {
              case DATA_PAGE -> header.data_page_header != null;
              case DATA_PAGE_V2 -> header.data_page_header_v2 != null;
              case DICTIONARY_PAGE -> header.dictionary_page_header != null;
              case INDEX_PAGE -> true;
            };
    if (!complete) {
      throw new IOException("damaged page header");
    }
    return header;
  }

  /** How many values a page holds; 0 where it is no page of data. */
  static int values(PageHeader header) throws IOException {
    int values =
        switch (header.type) {
          case DATA_PAGE -> header.data_page_header.num_values;
          case DATA_PAGE_V2 -> header.data_page_header_v2.num_values;
          case DICTIONARY_PAGE, INDEX_PAGE -> 0;
        };
    if (values < 0) {
      throw new IOException("damaged page header");
    }
    return values;
  }

  /** Reads and decompresses the dictionary behind a header. */
  DictionaryPage dictionary(PageHeader header, FileInput in) throws IOException {
    byte[] bytes = body(header, in);
    return new DictionaryPage(
        BytesInput.from(codec.decompress(bytes, 0, header.uncompressed_page_size)),
        header.dictionary_page_header.num_values,
        encoding(header.dictionary_page_header.encoding));
  }

  /** Reads and decompresses the page of data behind a header. */
  DataPage data(PageHeader header, FileInput in) throws IOException {
    byte[] bytes = body(header, in);
    return header.type == PageType.DATA_PAGE
        ? first(header, bytes)
        : second(header, header.data_page_header_v2, bytes);
  }

  private DataPage first(PageHeader header, byte[] bytes) throws IOException {
    DataPageHeader data = header.data_page_header;
    return new DataPageV1(
        BytesInput.from(codec.decompress(bytes, 0, header.uncompressed_page_size)),
        data.num_values,
        header.uncompressed_page_size,
        Statistics.noopStats(column.getPrimitiveType()),
        encoding(data.repetition_level_encoding),
        encoding(data.definition_level_encoding),
        encoding(data.encoding));
  }

  /** The second form compresses the values only, and not always. */
  private DataPage second(PageHeader header, DataPageHeaderV2 data, byte[] bytes)
      throws IOException {
    int repetition = data.repetition_levels_byte_length;
    int definition = data.definition_levels_byte_length;
    long levels = (long) repetition + definition;
    if (repetition < 0
        || definition < 0
        || levels > bytes.length
        || levels > header.uncompressed_page_size) {
      throw new IOException("damaged page header");
    }
    boolean compressed = !data.isSetIs_compressed() || data.is_compressed;
    int size = header.uncompressed_page_size - (int) levels;
    byte[] values =
        (compressed && size > 0 ? codec : Codec.UNCOMPRESSED).decompress(bytes, (int) levels, size);
    return DataPageV2.uncompressed(
        data.num_rows,
        data.num_nulls,
        data.num_values,
        BytesInput.from(bytes, 0, repetition),
        BytesInput.from(bytes, repetition, definition),
        encoding(data.encoding),
        BytesInput.from(values),
        Statistics.noopStats(column.getPrimitiveType()));
  }

  /** The bytes behind a header, as they are in the file. */
  private static byte[] body(PageHeader header, FileInput in) throws IOException {
    PageMemory.check(Math.max(header.compressed_page_size, header.uncompressed_page_size));
    byte[] bytes = in.bytes(header.compressed_page_size);
    if (header.isSetCrc()) {
      CRC32 crc = new CRC32();
      crc.update(bytes);
      if ((int) crc.getValue() != header.crc) {
        throw new IOException("damaged: the checksum of a page does not fit");
      }
    }
    return bytes;
  }

  private static Encoding encoding(org.apache.parquet.format.Encoding encoding) throws IOException {
    if (encoding == null) {
      throw new IOException("an encoding of pages that is not known");
    }
    return Encoding.valueOf(encoding.name());
  }
}
