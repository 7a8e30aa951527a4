package org.visionfashion.data.parquet;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.Arrays;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;

/**
 * Where the pages of a chunk lie whose rows have one value each.
 *
 * @param dictionary where the dictionary's header begins; -1 = none
 * @param headers where the headers of the pages of data begin
 * @param rows the first row of each page within the row group, at the end their number
 * @param end where the last page ends
 */
record PageIndex(long dictionary, long[] headers, int[] rows, long end) {

  /** Goes from header to header; the pages themselves are not read. */
  static PageIndex read(Chunk chunk, RandomAccessFile file) throws IOException {
    long dictionary = -1;
    long[] headers = new long[8];
    int[] rows = new int[8];
    int pages = 0;
    long row = 0;
    FileInput in = new FileInput(file, chunk.start());
    while (row < chunk.values()) {
      long at = in.position();
      PageHeader header = Chunk.header(in);
      int values = Chunk.values(header);
      if (header.type == PageType.DICTIONARY_PAGE) {
        dictionary = at;
      } else if (values > 0) {
        if (pages == headers.length) {
          headers = Arrays.copyOf(headers, 2 * pages);
          rows = Arrays.copyOf(rows, 2 * pages);
        }
        headers[pages] = at;
        rows[pages++] = (int) row;
        row += values;
      }
      in.skip(header.compressed_page_size);
    }
    if (row != chunk.values() || in.position() > file.length()) {
      throw new IOException("pages and rows do not fit together");
    }
    rows = Arrays.copyOf(rows, pages + 1);
    rows[pages] = Math.toIntExact(row);
    return new PageIndex(dictionary, Arrays.copyOf(headers, pages), rows, in.position());
  }

  int pages() {
    return headers.length;
  }

  /** The page that a row of the row group lies in. */
  int page(int row) {
    int found = Arrays.binarySearch(rows, row);
    return found >= 0 ? found : -found - 2;
  }
}
