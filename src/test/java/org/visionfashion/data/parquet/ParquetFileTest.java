package org.visionfashion.data.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.visionfashion.base.UserError;
import org.visionfashion.config.LimitsConfig;

/** Against parquet-java's own way of reading, on files of many forms. */
class ParquetFileTest {

  private static final List<CompressionCodecName> CODECS =
      List.of(
          CompressionCodecName.UNCOMPRESSED,
          CompressionCodecName.SNAPPY,
          CompressionCodecName.GZIP,
          CompressionCodecName.ZSTD,
          CompressionCodecName.LZ4_RAW);

  private static final String FIELDS =
      Parquets.PICTURES
          + " optional binary text (STRING); optional int64 number;"
          + " optional group tags (LIST) { repeated group list { optional binary element"
          + " (STRING); } } repeated int32 legacy;";

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("a.parquet");
  }

  /** Random content in a random form. */
  private Random random(long seed) {
    Random random = new Random(seed);
    CompressionCodecName codec = CODECS.get(random.nextInt(CODECS.size()));
    int rows = random.nextInt(200);
    int size = 1 + random.nextInt(3000);
    double none = random.nextInt(3) * 0.3;
    boolean alike = random.nextBoolean();
    WriterVersion version =
        random.nextBoolean() ? WriterVersion.PARQUET_1_0 : WriterVersion.PARQUET_2_0;
    boolean dictionary = random.nextBoolean();
    int page = 200 + random.nextInt(50_000);
    int group = 1000 + random.nextInt(500_000);
    System.out.printf(
        "seed %d: %s, %d rows of up to %d bytes, %s, dictionary %s, pages of %d, groups of %d%n",
        seed, codec, rows, size, version, dictionary, page, group);
    List<Consumer<Group>> written = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      written.add(row(new Random(seed * 1000 + (alike ? i % 7 : i)), size, none));
    }
    Parquets.write(
        file,
        FIELDS,
        written,
        builder ->
            builder
                .withCompressionCodec(codec)
                .withWriterVersion(version)
                .withDictionaryEncoding(dictionary)
                .withPageSize(page)
                .withPageRowCountLimit(1 + random.nextInt(60))
                .withRowGroupSize((long) group)
                .withMinRowCountForPageSizeCheck(1)
                .withMaxRowCountForPageSizeCheck(5)
                .withPageWriteChecksumEnabled(random.nextBoolean()));
    return random;
  }

  private static Consumer<Group> row(Random random, int size, double none) {
    return group -> {
      if (random.nextDouble() >= none) {
        Group image = group.addGroup("image");
        if (random.nextDouble() >= none) {
          byte[] bytes = new byte[random.nextInt(size)];
          random.nextBytes(bytes);
          image.append("bytes", Binary.fromConstantByteArray(bytes));
        }
        if (random.nextDouble() >= none) {
          image.append("path", "p/" + random.nextInt(1000) + ".jpg");
        }
      }
      if (random.nextDouble() >= none) {
        group.append("text", "text é " + random.nextInt(9));
      }
      if (random.nextDouble() >= none) {
        group.append("number", random.nextLong());
      }
      if (random.nextDouble() >= none) {
        Group tags = group.addGroup("tags");
        for (int i = random.nextInt(4); i > 0; i--) {
          Group element = tags.addGroup("list");
          if (random.nextDouble() >= none) {
            element.append("element", "tag " + i);
          }
        }
      }
      for (int i = random.nextInt(3); i > 0; i--) {
        group.append("legacy", i);
      }
    };
  }

  private static byte[] bytes(Group row) {
    if (row.getFieldRepetitionCount("image") == 0) {
      return null;
    }
    Group image = row.getGroup("image", 0);
    return image.getFieldRepetitionCount("bytes") == 0
        ? null
        : image.getBinary("bytes", 0).getBytes();
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24
      })
  void picturesInAnyOrderAreThoseOfTheRecordReader(long seed) throws IOException {
    Random random = random(seed);
    List<Group> rows = Parquets.read(file);
    PictureColumn pictures = pictures(file);
    List<Integer> order = new ArrayList<>(IntStream.range(0, rows.size()).boxed().toList());
    Collections.shuffle(order, random);
    BitSet missing = new BitSet();
    for (int row : order) {
      byte[] expected = bytes(rows.get(row));
      missing.set(row, expected == null);
      assertThat(pictures.read(row + 1, Integer.MAX_VALUE)).isEqualTo(expected);
    }
    assertThat(pictures.missing()).isEqualTo(missing);
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42})
  void textIsThatOfTheRecordReader(long seed) {
    random(seed);
    List<Group> rows = Parquets.read(file);
    ParquetFile parquet = ParquetFile.open(file);
    assertThat(parquet.rows()).isEqualTo(rows.size());
    List<Column> columns = new ArrayList<>(parquet.columns());
    Collections.shuffle(columns, new Random(seed));
    try (RowReader reader = parquet.read(columns)) {
      for (Group row : rows) {
        assertThat(reader.next()).isTrue();
        for (int i = 0; i < columns.size(); i++) {
          assertThat(reader.values(i)).isEqualTo(texts(row, columns.get(i).name()));
        }
      }
      assertThat(reader.next()).isFalse();
      assertThat(reader.row()).isEqualTo(rows.size());
    }
  }

  private static List<String> texts(Group row, String name) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < row.getFieldRepetitionCount(name); i++) {
      switch (name) {
        case "image" -> add(texts, row.getGroup(name, i), "path");
        case "tags" -> {
          Group list = row.getGroup(name, i);
          for (int j = 0; j < list.getFieldRepetitionCount("list"); j++) {
            add(texts, list.getGroup("list", j), "element");
          }
        }
        default -> texts.add(row.getValueToString(row.getType().getFieldIndex(name), i));
      }
    }
    return texts;
  }

  private static void add(List<String> texts, Group group, String name) {
    if (group.getFieldRepetitionCount(name) > 0) {
      texts.add(group.getString(name, 0));
    }
  }

  private static PictureColumn pictures(Path file) {
    ParquetFile parquet = ParquetFile.open(file);
    return parquet.pictures(parquet.column("image").orElseThrow());
  }

  /** Rows with a picture of random bytes each. */
  private static List<Consumer<Group>> pictures(int count, int size) {
    List<Consumer<Group>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] bytes = new byte[size];
      new Random(i).nextBytes(bytes);
      String path = i + ".jpg";
      rows.add(
          row ->
              row.addGroup("image")
                  .append("bytes", Binary.fromConstantByteArray(bytes))
                  .append("path", path));
    }
    return rows;
  }

  @Test
  void manyThreadsReadAtTheSameTime() throws Exception {
    int count = 300;
    Parquets.write(
        file,
        Parquets.PICTURES,
        pictures(count, 2000),
        builder -> builder.withPageSize(100_000).withRowGroupSize(400_000L));
    // Copied before: parquet-java's own values are not for several threads.
    List<byte[]> expected = Parquets.read(file).stream().map(ParquetFileTest::bytes).toList();
    PictureColumn pictures = new PictureColumn(file, "image");
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Integer>> readers = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        Random random = new Random(thread);
        readers.add(
            () -> {
              int right = 0;
              for (int i = 0; i < 20 * count; i++) {
                int row = random.nextInt(count);
                byte[] read = pictures.picture(row + 1).read(LimitsConfig.DEFAULT);
                right += Arrays.equals(read, expected.get(row)) ? 1 : 0;
              }
              return right;
            });
      }
      for (Future<Integer> right : pool.invokeAll(readers)) {
        assertThat(right.get()).isEqualTo(20 * count);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void aPictureKnowsItsPlace() throws IOException {
    Parquets.write(file, Parquets.PICTURES, pictures(3, 50));
    ParquetPicture picture = pictures(file).picture(2);
    assertThat(picture.file()).isEqualTo(file);
    assertThat(picture.name()).isEqualTo(file + ": image of row 2");
    assertThat(picture).isEqualTo(new PictureColumn(file, "image").picture(2));
    assertThat(picture.container().picture(picture.member(), picture.position(), picture.length()))
        .isEqualTo(picture)
        .isNotEqualTo(picture.container().picture(3));
  }

  @Test
  void aPictureBeyondTheLimitOrTheFileIsRefused() {
    Parquets.write(file, Parquets.PICTURES, pictures(3, 50));
    PictureColumn pictures = pictures(file);
    assertThatThrownBy(() -> pictures.read(1, 49))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("50 bytes", "data.limits.image_bytes", "49");
    assertThatThrownBy(() -> pictures.picture(4).read(LimitsConfig.DEFAULT))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("row 4", "3 rows");
  }

  @Test
  void aFileThatHasChangedIsNotReadOn() {
    Parquets.write(file, Parquets.PICTURES, pictures(3, 50));
    PictureColumn pictures = pictures(file);
    Parquets.write(file, Parquets.PICTURES, pictures(4, 50));
    assertThatThrownBy(() -> pictures.read(1, 100)).hasMessageContaining("changed");
  }

  @Test
  void pagesOfAReplacedFileAreNotMixedUp() throws IOException {
    for (String name : List.of("one", "two")) {
      Parquets.write(
          file,
          Parquets.PICTURES,
          List.of(row -> row.addGroup("image").append("bytes", Binary.fromString(name))));
      assertThat(new String(pictures(file).read(1, 9), StandardCharsets.UTF_8)).isEqualTo(name);
    }
  }

  @Test
  void kindsOfColumnsAreKnownByTheirShape() {
    Parquets.write(
        file,
        Parquets.PICTURES
            + " optional binary jpg; optional binary text (STRING); optional int64 id;"
            + " optional group two { optional binary a; optional binary b; }"
            + " optional group map (MAP) { repeated group key_value { required binary key (STRING);"
            + " optional binary value (STRING); } }"
            + " repeated group pictures { optional binary bytes; optional binary path (STRING); }"
            + " optional group old (LIST) { repeated binary array (STRING); }"
            + " optional group nested (LIST) { repeated group list { optional group element"
            + " { optional binary x; optional binary y; } } }",
        List.of());
    assertThat(ParquetFile.open(file).columns().stream().map(Column::kind))
        .containsExactly(
            Column.Kind.PICTURE,
            Column.Kind.BYTES,
            Column.Kind.TEXT,
            Column.Kind.TEXT,
            Column.Kind.OTHER,
            Column.Kind.OTHER,
            Column.Kind.OTHER,
            Column.Kind.LIST,
            Column.Kind.OTHER);
  }

  @Test
  void valuesBecomeTheTextOfATable() {
    Parquets.write(
        file,
        "optional double id; optional float year; optional boolean yes; optional int32 day (DATE);"
            + " optional int32 price (DECIMAL(9,2)); optional int64 at (TIMESTAMP(MILLIS,true));"
            + " optional binary plain; optional binary size (ENUM); optional int32 small (INT_8);"
            + " optional int64 big (UINT_64);",
        List.of(
            row ->
                row.append("id", 123.0)
                    .append("year", Float.NaN)
                    .append("yes", true)
                    .append("day", 19_000)
                    .append("price", 1999)
                    .append("at", 0L)
                    .append("plain", "é")
                    .append("size", "XL")
                    .append("small", -3)
                    .append("big", -1L),
            row -> row.append("id", 1.5).append("year", 2011.5f),
            row -> row.append("id", 12_345_678_901.0)));
    ParquetFile parquet = ParquetFile.open(file);
    try (RowReader rows = parquet.read(parquet.columns())) {
      rows.next();
      assertThat(IntStream.range(0, 10).mapToObj(i -> String.join(",", rows.values(i))))
          .containsExactly(
              "123",
              "",
              "true",
              "2022-01-08",
              "19.99",
              "1970-01-01T00:00:00.000+0000",
              "é",
              "XL",
              "-3",
              "18446744073709551615");
      rows.next();
      assertThat(rows.values(0)).containsExactly("1.5");
      assertThat(rows.values(1)).containsExactly("2011.5");
      rows.next();
      assertThat(rows.values(0)).containsExactly("12345678901");
    }
  }

  @Test
  void classesHaveTheNamesOfTheMetadata() {
    String features =
        "{\"info\": {\"features\": {\"label\": {\"_type\": \"ClassLabel\", \"names\": [\"Coat\","
            + " \"Bag\"]}, \"all\": {\"_type\": \"Sequence\", \"feature\": {\"_type\":"
            + " \"ClassLabel\", \"names\": [\"x\"]}}}}}";
    Parquets.write(
        file,
        "optional int64 label; repeated int64 all;",
        LongStream.of(1, 0, -1).<Consumer<Group>>mapToObj(i -> r -> r.append("label", i)).toList(),
        Parquets.metadata("huggingface", features));
    ParquetFile parquet = ParquetFile.open(file);
    assertThat(parquet.columns().get(1).classes()).containsExactly("x");
    try (RowReader rows = parquet.read(parquet.columns())) {
      List<String> labels = new ArrayList<>();
      while (rows.next()) {
        labels.add(String.join(",", rows.values(0)));
      }
      assertThat(labels).containsExactly("Bag", "Coat", "");
    }
  }

  @Test
  void aClassWithoutANameIsAnError() {
    String features =
        "{\"info\": {\"features\": {\"label\": {\"_type\": \"ClassLabel\", \"names\": [\"a\"]}}}}";
    Parquets.write(
        file,
        "optional int64 label;",
        List.of(row -> row.append("label", 7L)),
        Parquets.metadata("huggingface", features));
    ParquetFile parquet = ParquetFile.open(file);
    try (RowReader rows = parquet.read(parquet.columns())) {
      assertThatThrownBy(rows::next)
          .isInstanceOf(UserError.class)
          .hasMessageContainingAll(file.toString(), "class 7");
    }
  }

  @Test
  void otherFilesAreNamed() throws IOException {
    Files.writeString(file, "id,text\n1,a dress\n");
    refused("not a Parquet file");
    Files.writeString(file, "PAR1");
    refused("not a Parquet file");
    Files.writeString(file, "PARE............PARE");
    refused("encrypted");
    Files.writeString(file, "PAR1............PAR1");
    refused("footer");
    Files.delete(file);
    refused("no such file");
  }

  private void refused(String why) {
    assertThatThrownBy(() -> ParquetFile.open(file))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll(file.toString(), why)
        .hasMessageNotContaining("\n");
  }

  /** Of a file cut short anywhere, what is missing is said. */
  @Test
  void aFileCutShortIsRefused() throws IOException {
    Parquets.write(file, Parquets.PICTURES, pictures(5, 40));
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      refused("");
    }
  }

  /** Any byte may be wrong: an error of one line, or the pictures that were there. */
  @ParameterizedTest
  @EnumSource(WriterVersion.class)
  void aFlippedByteIsFoundOrHarmless(WriterVersion version) throws IOException {
    Parquets.write(
        file,
        FIELDS,
        IntStream.range(0, 4).mapToObj(i -> row(new Random(i), 20, 0.1)).toList(),
        builder ->
            builder
                .withWriterVersion(version)
                .withCompressionCodec(CompressionCodecName.SNAPPY)
                .withPageRowCountLimit(2));
    byte[] whole = Files.readAllBytes(file);
    int found = 0;
    for (int i = 0; i < whole.length; i++) {
      byte[] damaged = whole.clone();
      damaged[i] ^= (byte) (1 << i % 8);
      Path copy = folder.resolve("copy-" + i);
      Files.write(copy, damaged);
      found += problems(copy);
      Files.delete(copy);
    }
    assertThat(found).isGreaterThan(whole.length / 3);
  }

  /** Reads all that there is; counts what is refused. */
  private static int problems(Path file) {
    int problems = 0;
    try {
      ParquetFile parquet = ParquetFile.open(file);
      for (Column column : parquet.columns()) {
        if (column.kind() == Column.Kind.PICTURE) {
          PictureColumn pictures = parquet.pictures(column);
          pictures.missing();
          pictures.pageSize();
          for (long row = 1; row <= Math.min(20, parquet.rows()); row++) {
            try {
              pictures.read(row, Integer.MAX_VALUE);
            } catch (IOException e) {
              assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
              problems = 1;
            }
          }
        }
      }
      List<Column> text =
          parquet.columns().stream().filter(c -> c.kind() != Column.Kind.OTHER).toList();
      try (RowReader rows = parquet.read(text)) {
        for (int i = 0; i < 20 && rows.next(); i++) {
          rows.values(0);
        }
      }
    } catch (UserError e) {
      assertThat(e.problems()).hasSize(1);
      problems = 1;
    }
    return problems;
  }

  /** With a checksum, not even a changed colour passes. */
  @Test
  void damagedPagesAreFoundByTheirChecksum() throws IOException {
    Parquets.write(
        file,
        Parquets.PICTURES,
        pictures(2, 1000),
        builder -> builder.withDictionaryEncoding(false).withPageWriteChecksumEnabled(true));
    byte[] whole = Files.readAllBytes(file);
    whole[1000] ^= 1;
    Files.write(file, whole);
    assertThatThrownBy(() -> pictures(file).picture(1).read(LimitsConfig.DEFAULT))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("checksum", "row 1", file.toString());
  }

  /** A header may promise anything: memory is set aside for what the file and the heap can hold. */
  @ParameterizedTest
  @ValueSource(ints = {Integer.MAX_VALUE, 1 << 30, -1})
  void sizesThatCannotBeAreRefused(int size) throws IOException {
    Files.write(file, new byte[1000]);
    PageHeader header = new PageHeader(PageType.DATA_PAGE, size, 10);
    Encoding plain = Encoding.PLAIN;
    header.setData_page_header(new DataPageHeader(1, plain, plain, plain));
    PageHeader longer = new PageHeader(PageType.DATA_PAGE, 10, size);
    longer.setData_page_header(header.getData_page_header());
    ColumnDescriptor column =
        Parquets.schema(Parquets.PICTURES).getColumnDescription(new String[] {"image", "bytes"});
    for (Codec codec : Codec.values()) {
      Chunk chunk = new Chunk(column, codec, 4, 1);
      for (PageHeader each : List.of(header, longer)) {
        assertThatThrownBy(
                () -> {
                  ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                  Util.writePageHeader(each, bytes);
                  bytes.write(new byte[100]);
                  Files.write(file, bytes.toByteArray());
                  try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
                    FileInput input = new FileInput(in, 0);
                    PageHeader read = Chunk.header(input);
                    PageMemory.check(Page.cost(read, 1));
                    chunk.data(read, input);
                  }
                })
            .as("%s %s", codec, each)
            .isInstanceOf(IOException.class);
      }
    }
  }
}
