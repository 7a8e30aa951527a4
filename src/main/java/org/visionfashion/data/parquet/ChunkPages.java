package org.visionfashion.data.parquet;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;

/** The pages of a chunk for parquet-java, in order; each is read when it is asked for. */
final class ChunkPages implements PageReader {

  private final Chunk chunk;
  private final FileInput in;
  private PageHeader next;
  private long left;

  ChunkPages(Chunk chunk, RandomAccessFile file) {
    this.chunk = chunk;
    this.in = new FileInput(file, chunk.start());
    this.left = chunk.values();
  }

  @Override
  public DictionaryPage readDictionaryPage() {
    try {
      next = Chunk.header(in);
      if (next.type != PageType.DICTIONARY_PAGE) {
        return null;
      }
      DictionaryPage page = chunk.dictionary(next, in);
      next = null;
      return page;
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  @Override
  public long getTotalValueCount() {
    return chunk.values();
  }

  @Override
  public DataPage readPage() {
    try {
      while (left > 0) {
        PageHeader header = next == null ? Chunk.header(in) : next;
        next = null;
        int values = Chunk.values(header);
        if (values > 0) {
          left -= values;
          return chunk.data(header, in);
        }
        in.skip(header.compressed_page_size);
      }
      return null;
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  private UncheckedIOException damaged(IOException e) {
    String column = String.join(".", chunk.column().getPath());
    return new UncheckedIOException(
        new IOException("column %s: %s".formatted(column, e.getMessage()), e));
  }
}
