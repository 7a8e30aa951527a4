package org.visionfashion.data.parquet;

import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** In place of Hadoop's codecs, which parquet-java looks for; a footer is not compressed. */
final class NoCodecs implements CompressionCodecFactory {

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName name) {
    throw new UnsupportedOperationException(name.name());
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
    throw new UnsupportedOperationException(name.name());
  }

  @Override
  public void release() {}
}
