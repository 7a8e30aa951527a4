package org.visionfashion.data.parquet;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.visionfashion.base.UserError;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.Problem;
import org.visionfashion.data.parquet.Column.Kind;
import org.visionfashion.data.table.Row;
import org.visionfashion.data.table.Table;

/**
 * A Parquet file as a table. Pictures are in a column of the shape that Hugging Face writes, or in
 * a column of bytes whose first value begins as a picture does. Keeps the columns in memory and of
 * the footer nothing else.
 */
public final class ParquetTable implements Table {

  /** JPEG, PNG, GIF, BMP, TIFF, WebP, AVIF and HEIF; a dot stands for any byte. */
  private static final List<String> STARTS =
      List.of(
          "\u00FF\u00D8\u00FF",
          "\u0089PNG",
          "GIF8",
          "BM",
          "II*\0",
          "MM\0*",
          "RIFF....WEBP",
          "....ftyp");

  private static final int LOOKED_AT = 12;

  private final Path file;
  private final int longest;
  private final List<Column> columns;
  private final Set<String> pictures;
  private RepeatedPictures repeated = RepeatedPictures.NONE;

  private ParquetTable(Path file, int longest, List<Column> columns, Set<String> pictures) {
    this.file = file;
    this.longest = longest;
    this.columns = columns;
    this.pictures = pictures;
  }

  /**
   * Reads the footer, and of each column of bytes the first page with a value.
   *
   * @param limits of the text in a cell
   * @throws UserError where the file is missing, encrypted, damaged or not Parquet
   */
  public static ParquetTable open(Path file, LimitsConfig limits) {
    ParquetFile parquet = ParquetFile.open(file);
    Set<String> pictures =
        parquet.columns().stream()
            .filter(column -> holdsPictures(parquet, column))
            .map(Column::name)
            .collect(Collectors.toSet());
    return new ParquetTable(file, limits.line(), parquet.columns(), pictures);
  }

  /**
   * Reads the footer of another file of the same data set.
   *
   * @throws UserError where it is missing, encrypted, damaged or not Parquet, or has other columns
   */
  public ParquetTable another(Path other) {
    ParquetTable table =
        new ParquetTable(other, longest, ParquetFile.open(other).columns(), pictures);
    Map<String, String> here = forms();
    Map<String, String> there = table.forms();
    Set<String> names = new TreeSet<>(here.keySet());
    names.addAll(there.keySet());
    for (String name : names) {
      if (!Objects.equals(here.get(name), there.get(name))) {
        throw new UserError(
            "%s: column '%s' is %s, but %s in %s; files of one data set have the same columns"
                .formatted(
                    other,
                    name,
                    there.getOrDefault(name, "missing"),
                    here.getOrDefault(name, "missing"),
                    file));
      }
    }
    return table;
  }

  private Map<String, String> forms() {
    Map<String, String> forms = new HashMap<>();
    for (Column column : columns) {
      String form =
          switch (column.kind()) {
            case TEXT -> "one value";
            case LIST -> "a list";
            case BYTES -> "bytes";
            case PICTURE -> "bytes and path";
            case OTHER -> "of groups";
          };
      String classes = column.classes().isEmpty() ? "" : " of the classes " + column.classes();
      forms.put(column.name(), form + classes);
    }
    return forms;
  }

  private static boolean holdsPictures(ParquetFile parquet, Column column) {
    return column.kind() == Kind.PICTURE
        || (column.kind() == Kind.BYTES
            && beginsAsPicture(parquet.pictures(column).start(LOOKED_AT)));
  }

  private static boolean beginsAsPicture(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return STARTS.stream().anyMatch(start -> begins(text, start));
  }

  private static boolean begins(String text, String start) {
    return text.length() >= start.length()
        && IntStream.range(0, start.length())
            .allMatch(i -> start.charAt(i) == '.' || start.charAt(i) == text.charAt(i));
  }

  @Override
  public Path file() {
    return file;
  }

  /** There is no line of names in a Parquet file. */
  @Override
  public int headerLine() {
    return 0;
  }

  @Override
  public List<String> columns() {
    return columns.stream().map(Column::name).toList();
  }

  /** A column with what its cells hold. */
  public Column column(int index) {
    return columns.get(index);
  }

  @Override
  public boolean holdsPictures(int column) {
    return pictures.contains(columns.get(column).name());
  }

  /** The pictures of a column. */
  public PictureColumn pictures(int column) {
    ParquetFile parquet = ParquetFile.open(file);
    return parquet.pictures(columns.get(column));
  }

  /** Most characters of a cell. */
  int longest() {
    return longest;
  }

  /** From now on, rows that have the same picture hand out that of the first. */
  public void join(RepeatedPictures same) {
    repeated = same;
  }

  @Override
  public Stream<Row> rows(Consumer<Problem> problems) {
    Set<Integer> all =
        IntStream.range(0, columns.size())
            .filter(i -> columns.get(i).kind() != Kind.OTHER)
            .boxed()
            .collect(Collectors.toSet());
    return rows(all, problems);
  }

  /**
   * {@inheritDoc}
   *
   * <p>A row without a picture whose {@code status} is not {@code success} is one that img2dataset
   * could not fetch: such rows are counted, and the first is reported.
   *
   * @throws UserError where a column is wanted that holds groups
   */
  @Override
  public Stream<Row> rows(Set<Integer> wanted, Consumer<Problem> problems) {
    TableRows rows = new TableRows(this, ParquetFile.open(file), wanted, repeated, problems);
    return StreamSupport.stream(rows, false).onClose(rows::close);
  }
}
