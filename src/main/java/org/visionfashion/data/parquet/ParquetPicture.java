package org.visionfashion.data.parquet;

import java.io.IOException;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.PackedPicture;

/**
 * A picture within a Parquet file.
 *
 * @param row from 1
 */
public record ParquetPicture(PictureColumn column, long row) implements PackedPicture {

  @Override
  public PictureColumn container() {
    return column;
  }

  @Override
  public long position() {
    return row;
  }

  @Override
  public int length() {
    return 0;
  }

  @Override
  public String member() {
    return "%s of row %d".formatted(column.part(), row);
  }

  @Override
  public byte[] read(LimitsConfig limits) throws IOException {
    byte[] bytes;
    try {
      bytes = column.read(row, limits.imageBytes());
    } catch (IOException e) {
      throw new IOException("cannot read image (%s): %s".formatted(e.getMessage(), name()), e);
    }
    if (bytes == null) {
      throw new IOException("no image: " + name());
    }
    return bytes;
  }
}
