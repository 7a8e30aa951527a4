package org.visionfashion.data.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.base.UserError;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.Picture;
import org.visionfashion.data.table.Row;
import org.visionfashion.fuzz.Damage;
import org.visionfashion.fuzz.Fuzz;

/** Damaged files of many writers: a line each, or pictures that cannot be read. */
class DirtyParquetTest {

  private static final Path OTHERS = Path.of("src/test/resources/parquet");
  private static final List<String> NAMES =
      List.of("datasets", "pyarrow", "pyarrow-lz4", "img2dataset", "polars", "duckdb", "pandas");
  private static final int ROWS = 20;
  private static final int MEGABYTES = 600; // of two billion rows that are not there, a bit each

  @TempDir Path folder;

  private static List<byte[]> whole() throws IOException {
    List<byte[]> whole = new ArrayList<>();
    for (String name : NAMES) {
      whole.add(Files.readAllBytes(OTHERS.resolve(name + ".parquet")));
    }
    return whole;
  }

  /** A footer and its length. */
  private static int tail(byte[] file) {
    return 8 + ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(file.length - 8);
  }

  @Test
  void damageAnywhereIsSurvived() throws IOException {
    Fuzz fuzz = new Fuzz("parquet", whole(), new Damage("PAR1", "PARE"), MEGABYTES, this::isRead);
    assertThat(fuzz.run(0, Fuzz.CASES)).isBetween(Fuzz.CASES / 4, Fuzz.CASES);
  }

  /** The footer alone is damaged, and its length is right. */
  @Test
  void damageOfTheFooterIsSurvived() throws IOException {
    for (byte[] file : whole()) {
      int end = file.length - tail(file);
      byte[] footer = Arrays.copyOfRange(file, end, file.length - 8);
      Fuzz fuzz =
          new Fuzz(
              "footer",
              List.of(footer),
              new Damage("\u0015\u0002", "\u00FF\u00FF\u00FF\u00FF\u000F", "bytes"),
              MEGABYTES,
              (damaged, label) -> isRead(joined(file, end, damaged), label));
      int cases = Fuzz.CASES / NAMES.size();
      assertThat(fuzz.run(0, cases)).isBetween(cases / 4, cases);
    }
  }

  private static byte[] joined(byte[] file, int end, byte[] footer) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(file, 0, end);
    out.writeBytes(footer);
    out.writeBytes(
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(footer.length).array());
    out.write(file, file.length - 4, 4);
    return out.toByteArray();
  }

  /** Whether all is read; reads as the source of a data set does. */
  private boolean isRead(byte[] bytes, String label) throws IOException {
    Path file = Files.write(folder.resolve(label.replaceAll("\\W", "") + ".parquet"), bytes);
    try {
      ParquetTable table = ParquetTable.open(file, LimitsConfig.DEFAULT);
      Set<Integer> wanted = new HashSet<>();
      IntStream.range(0, table.columns().size())
          .filter(i -> table.column(i).kind() != Column.Kind.OTHER)
          .forEach(wanted::add);
      boolean read = true;
      try (Stream<Row> rows = table.rows(wanted, problem -> {})) {
        for (Row row : (Iterable<Row>) rows.limit(ROWS)::iterator) {
          for (int i : wanted) {
            row.texts(i);
            read &= row.picture(i).map(picture -> isRead(picture, label)).orElse(true);
          }
        }
      }
      return read;
    } catch (UserError e) {
      assertThat(e.problems()).as(label).hasSize(1);
      Fuzz.assertLine(e.getMessage(), file.toString(), label);
      return false;
    } finally {
      Files.delete(file);
    }
  }

  private static boolean isRead(Picture picture, String label) {
    try {
      picture.read(LimitsConfig.DEFAULT);
      return true;
    } catch (IOException e) {
      Fuzz.assertLine(e.getMessage(), picture.name(), label);
      return false;
    }
  }
}
