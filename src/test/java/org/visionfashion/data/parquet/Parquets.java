package org.visionfashion.data.parquet;

import io.airlift.compress.Compressor;
import io.airlift.compress.lz4.Lz4Compressor;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyCompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdCompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Writes Parquet files with parquet-java, and reads them with nothing but parquet-java. */
public final class Parquets {

  /** As Hugging Face writes pictures, with text beside them. */
  public static final String PICTURES =
      "optional group image { optional binary bytes; optional binary path (STRING); }";

  private Parquets() {}

  public static MessageType schema(String fields) {
    return MessageTypeParser.parseMessageType("message m { %s }".formatted(fields));
  }

  /** Writes rows as they are. */
  public static Path write(Path file, String fields, List<Consumer<Group>> rows) {
    return write(file, fields, rows, builder -> {});
  }

  public static Path write(
      Path file,
      String fields,
      List<Consumer<Group>> rows,
      Consumer<ExampleParquetWriter.Builder> settings) {
    MessageType schema = schema(fields);
    SimpleGroupFactory groups = new SimpleGroupFactory(schema);
    ExampleParquetWriter.Builder builder =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withConf(new PlainParquetConfiguration())
            .withCodecFactory(new Codecs())
            .withType(schema);
    settings.accept(builder);
    try {
      Files.deleteIfExists(file);
      try (ParquetWriter<Group> writer = builder.build()) {
        for (Consumer<Group> row : rows) {
          Group group = groups.newGroup();
          row.accept(group);
          writer.write(group);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  public static Consumer<ExampleParquetWriter.Builder> metadata(String key, String value) {
    return builder -> builder.withExtraMetaData(Map.of(key, value));
  }

  /** The slow and simple way: whole row groups, every column. */
  static List<Group> read(Path file) {
    List<Group> rows = new ArrayList<>();
    ParquetReadOptions options =
        ParquetReadOptions.builder(new PlainParquetConfiguration())
            .withCodecFactory(new Codecs())
            .build();
    try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file), options)) {
      MessageType schema = reader.getFileMetaData().getSchema();
      PageReadStore pages;
      while ((pages = reader.readNextRowGroup()) != null) {
        RecordReader<Group> records =
            new ColumnIOFactory()
                .getColumnIO(schema)
                .getRecordReader(pages, new GroupRecordConverter(schema));
        for (long i = 0; i < pages.getRowCount(); i++) {
          rows.add(records.read());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  private static byte[] array(BytesInput input) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    input.writeAllTo(bytes);
    return bytes.toByteArray();
  }

  /** All codecs that are read. */
  private static final class Codecs implements CompressionCodecFactory {

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName name) {
      return new BytesInputCompressor() {
        @Override
        public BytesInput compress(BytesInput bytes) throws IOException {
          byte[] in = array(bytes);
          return BytesInput.from(
              switch (name) {
                case UNCOMPRESSED -> in;
                case SNAPPY -> compress(new SnappyCompressor(), in);
                case ZSTD -> compress(new ZstdCompressor(), in);
                case LZ4_RAW -> compress(new Lz4Compressor(), in);
                case GZIP -> {
                  ByteArrayOutputStream out = new ByteArrayOutputStream();
                  try (OutputStream gzip = new GZIPOutputStream(out)) {
                    gzip.write(in);
                  }
                  yield out.toByteArray();
                }
                default -> throw new IOException(name.name());
              });
        }

        private static byte[] compress(Compressor codec, byte[] in) {
          byte[] out = new byte[codec.maxCompressedLength(in.length)];
          return Arrays.copyOf(out, codec.compress(in, 0, in.length, out, 0, out.length));
        }

        @Override
        public CompressionCodecName getCodecName() {
          return name;
        }

        @Override
        public void release() {}
      };
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
      return new BytesInputDecompressor() {
        @Override
        public BytesInput decompress(BytesInput bytes, int size) throws IOException {
          byte[] in = array(bytes);
          byte[] out = new byte[size];
          switch (name) {
            case UNCOMPRESSED -> out = in;
            case SNAPPY -> new SnappyDecompressor().decompress(in, 0, in.length, out, 0, size);
            case ZSTD -> new ZstdDecompressor().decompress(in, 0, in.length, out, 0, size);
            case LZ4_RAW -> new Lz4Decompressor().decompress(in, 0, in.length, out, 0, size);
            case GZIP -> out = new GZIPInputStream(new ByteArrayInputStream(in)).readAllBytes();
            default -> throw new IOException(name.name());
          }
          return BytesInput.from(out);
        }

        @Override
        public void decompress(ByteBuffer in, int compressed, ByteBuffer out, int size)
            throws IOException {
          byte[] bytes = new byte[compressed];
          in.get(bytes);
          out.put(array(decompress(BytesInput.from(bytes), size)));
        }

        @Override
        public void release() {}
      };
    }

    @Override
    public void release() {}
  }
}
