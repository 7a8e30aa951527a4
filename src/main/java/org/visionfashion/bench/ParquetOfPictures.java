package org.visionfashion.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.Picture;
import org.visionfashion.data.parquet.PictureColumn;

/** Pictures in a Parquet file, in uncompressed pages of about 1 MB as Hugging Face writes them. */
final class ParquetOfPictures {

  private static final String COLUMN = "image";
  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          "message pictures { optional group image { optional binary bytes; optional binary path"
              + " (STRING); } }");

  private ParquetOfPictures() {}

  /** The pictures in a file, which is written if it is not there. */
  static List<Picture> of(List<Picture> files, Path parquet) throws IOException {
    if (!Files.exists(parquet)) {
      write(files, parquet);
    }
    PictureColumn column = new PictureColumn(parquet, COLUMN);
    return IntStream.rangeClosed(1, files.size())
        .<Picture>mapToObj(row -> column.picture(row))
        .toList();
  }

  private static void write(List<Picture> files, Path parquet) throws IOException {
    SimpleGroupFactory rows = new SimpleGroupFactory(SCHEMA);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(parquet))
            .withConf(new PlainParquetConfiguration())
            .withCodecFactory(new Uncompressed())
            .withType(SCHEMA)
            .withDictionaryEncoding(false)
            .withMinRowCountForPageSizeCheck(1)
            .withMaxRowCountForPageSizeCheck(1)
            .build()) {
      for (Picture file : files) {
        Group row = rows.newGroup();
        row.addGroup(COLUMN)
            .append("bytes", Binary.fromConstantByteArray(file.read(LimitsConfig.DEFAULT)))
            .append("path", file.file().getFileName().toString());
        writer.write(row);
      }
    }
  }

  /** In place of Hadoop's codecs. */
  private static final class Uncompressed implements CompressionCodecFactory {

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName name) {
      return new BytesInputCompressor() {
        @Override
        public BytesInput compress(BytesInput bytes) {
          return bytes;
        }

        @Override
        public CompressionCodecName getCodecName() {
          return CompressionCodecName.UNCOMPRESSED;
        }

        @Override
        public void release() {}
      };
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
      throw new UnsupportedOperationException(name.name());
    }

    @Override
    public void release() {}
  }
}
