package org.visionfashion.data.parquet;

import io.airlift.compress.Decompressor;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** The compressions of pages that are read. */
enum Codec {
  UNCOMPRESSED,
  SNAPPY,
  GZIP,
  ZSTD,
  LZ4_RAW;

  /**
   * The codec of a column.
   *
   * @throws IOException where it is none of these; names it
   */
  static Codec of(CompressionCodecName name) throws IOException {
    return Arrays.stream(values())
        .filter(codec -> codec.name().equals(name.name()))
        .findFirst()
        .orElseThrow(
            () ->
                new IOException(
                    "compressed with %s; write the file again with snappy, zstd, gzip or lz4_raw"
                        .formatted(name.name().toLowerCase(Locale.ROOT))));
  }

  /**
   * Decompresses the end of an array.
   *
   * @param from where it begins
   * @param size bytes that come out
   * @throws IOException where it is damaged, or something else comes out
   */
  byte[] decompress(byte[] bytes, int from, int size) throws IOException {
    try {
      return switch (this) {
        case UNCOMPRESSED -> Arrays.copyOfRange(bytes, from, bytes.length);
        case SNAPPY -> decompress(new SnappyDecompressor(), bytes, from, size);
        case ZSTD -> decompress(new ZstdDecompressor(), bytes, from, size);
        case LZ4_RAW -> decompress(new Lz4Decompressor(), bytes, from, size);
        case GZIP -> gunzip(bytes, from, size);
      };
    } catch (RuntimeException e) { // of damaged bytes
      throw new IOException("damaged %s data".formatted(name().toLowerCase(Locale.ROOT)), e);
    }
  }

  private static byte[] decompress(Decompressor codec, byte[] bytes, int from, int size)
      throws IOException {
    byte[] out = new byte[size];
    int written = codec.decompress(bytes, from, bytes.length - from, out, 0, size);
    return whole(out, written);
  }

  private static byte[] gunzip(byte[] bytes, int from, int size) throws IOException {
    try (GZIPInputStream in =
        new GZIPInputStream(new ByteArrayInputStream(bytes, from, bytes.length - from))) {
      byte[] out = new byte[size];
      return whole(out, in.readNBytes(out, 0, size));
    }
  }

  private static byte[] whole(byte[] out, int written) throws IOException {
    if (written != out.length) {
      throw new IOException("%d bytes in place of %d".formatted(written, out.length));
    }
    return out;
  }
}
