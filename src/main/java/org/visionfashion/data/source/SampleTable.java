package org.visionfashion.data.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.visionfashion.base.OneLine;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.Picture;
import org.visionfashion.data.Problem;
import org.visionfashion.data.Problem.Kind;
import org.visionfashion.data.table.Row;
import org.visionfashion.data.table.Table;

/**
 * A shard as a table: a row a sample. The columns are the picture, its captions ({@code txt}), its
 * class ({@code cls}) and the fields of all samples' {@code json}.
 */
final class SampleTable implements Table {

  private final Shard shard;
  private final Path base;
  private final SampleColumns columns;
  private final boolean prefixed;
  private final LimitsConfig limits;
  private final SampleFields fields;

  /**
   * @param base the data set's folder
   * @param columns of the whole data set
   * @param prefixed whether ids begin with the shard's name
   */
  SampleTable(
      Shard shard, Path base, SampleColumns columns, boolean prefixed, LimitsConfig limits) {
    this.shard = shard;
    this.base = base;
    this.columns = columns;
    this.prefixed = prefixed;
    this.limits = limits;
    this.fields = new SampleFields(limits);
  }

  @Override
  public Path file() {
    return shard.path();
  }

  @Override
  public int headerLine() {
    return 0;
  }

  @Override
  public List<String> columns() {
    return columns.names();
  }

  @Override
  public boolean holdsPictures(int column) {
    return column == SampleColumns.PICTURE;
  }

  /** Goes over the shard's headers, then reads the texts of one sample after the other. */
  @Override
  public Stream<Row> rows(Consumer<Problem> problems) {
    ShardReader reader = new ShardReader(shard, base, limits, problems);
    int[] number = new int[1];
    return reader.samples().all().stream()
        .flatMap(sample -> row(sample, ++number[0], problems).stream())
        .onClose(reader::close);
  }

  private Optional<Row> row(Sample sample, int number, Consumer<Problem> problems) {
    String fault = sample.fault();
    if (!fault.isEmpty()) {
      report(fault, problems);
      return Optional.empty();
    }
    Optional<List<String>> captions = lines(sample.of(Sample.CAPTIONS), problems);
    Optional<List<String>> labels = lines(sample.of(Sample.CLASS), problems);
    Optional<Map<String, List<String>>> values = values(sample.of(Sample.FIELDS), problems);
    if (captions.isEmpty() || labels.isEmpty() || values.isEmpty()) {
      return Optional.empty();
    }
    Member picture = sample.picture();
    String id = prefixed ? shard.name() + "/" + picture.name() : picture.name();
    return Optional.of(
        new SampleRow(
            number,
            sample.key(),
            id,
            picture.picture(),
            columns.cells(captions.get(), labels.get(), values.get())));
  }

  /** Lines that are not blank; none where there is no such member. */
  private Optional<List<String>> lines(Member member, Consumer<Problem> problems) {
    if (member == null) {
      return Optional.of(List.of());
    }
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(member.bytes().read(limits)))
              .toString();
      List<String> lines = text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
      for (String line : lines) {
        if (line.length() > limits.line()) {
          throw new IOException(
              "%d characters; data.limits.line allows %d".formatted(line.length(), limits.line()));
        }
      }
      return Optional.of(lines);
    } catch (CharacterCodingException e) {
      report(member.name() + ": not UTF-8", problems);
    } catch (IOException e) {
      report(member.name() + ": " + e.getMessage(), problems);
    }
    return Optional.empty();
  }

  private Optional<Map<String, List<String>>> values(Member member, Consumer<Problem> problems) {
    if (member == null) {
      return Optional.of(Map.of());
    }
    try {
      return Optional.of(fields.read(member.bytes().read(limits)));
    } catch (IOException e) {
      report(member.name() + ": " + e.getMessage(), problems);
      return Optional.empty();
    }
  }

  private void report(String message, Consumer<Problem> problems) {
    problems.accept(
        new Problem(shard.path(), 0, Kind.BAD_LINE, message + "; sample skipped").skipping());
  }

  /** A sample whose texts are read. */
  private record SampleRow(
      int number, String key, String id, Picture held, List<List<String>> cells) implements Row {

    @Override
    public String place() {
      return "sample " + OneLine.word(key);
    }

    @Override
    public String text(int column) {
      if (column == SampleColumns.PICTURE) {
        return id;
      }
      List<String> values = cells.get(column);
      return values.isEmpty() ? "" : values.get(0);
    }

    @Override
    public List<String> texts(int column) {
      return column == SampleColumns.PICTURE ? List.of(id) : cells.get(column);
    }

    @Override
    public Optional<Picture> picture(int column) {
      return column == SampleColumns.PICTURE ? Optional.of(held) : Optional.empty();
    }
  }
}
