package org.visionfashion.data.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.base.UserError;
import org.visionfashion.config.DataConfig;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Problem;
import org.visionfashion.data.parquet.Column;
import org.visionfashion.data.parquet.ParquetTable;
import org.visionfashion.data.parquet.RepeatedPictures;
import org.visionfashion.data.source.RootFiles.RootFile;

/**
 * Parquet files as one data set; their columns are those of a table. A picture is a struct of bytes
 * and path, as Hugging Face writes it, a column of bytes, as img2dataset does, or a path.
 *
 * <p>The id of a picture is its path where each picture has its own, unless a column gives ids;
 * else it is the file and the row.
 */
public final class ParquetSource implements DataSource {

  private static final Logger LOG = LoggerFactory.getLogger(ParquetSource.class);

  /** Beyond so many bytes, a page takes longer to read than its picture to decode. */
  private static final long LARGE_PAGE = 1 << 24;

  private static final String ENDING = ".parquet";

  private static final RootFiles.Kind KIND =
      new RootFiles.Kind() {
        @Override
        public String ending() {
          return ENDING;
        }

        @Override
        public boolean isNamed(Path file) {
          return file.toString().toLowerCase(Locale.ROOT).endsWith(ENDING);
        }

        @Override
        public List<Path> in(Path folder) {
          List<Path> files = files(folder);
          if (files.isEmpty()) {
            throw new UserError(folder + ": no .parquet files");
          }
          return files;
        }
      };

  private final DataConfig config;
  private final Set<Path> inputs = new HashSet<>();

  public ParquetSource(DataConfig config) {
    this.config = config;
  }

  /** Whether a path is that of a Parquet file, or stands for several. */
  static boolean isNamedBy(Path path) {
    return RootFiles.isNamedBy(path, KIND);
  }

  /** The files below a folder, in order. */
  static List<Path> files(Path folder) {
    return RootFiles.walk(
        folder,
        Integer.MAX_VALUE,
        files ->
            files
                .filter(KIND::isNamed)
                .filter(file -> !RootFiles.isHidden(folder, file) && Files.isRegularFile(file))
                .sorted()
                .toList());
  }

  @Override
  public Dataset load() {
    List<Problem> problems = new ArrayList<>();
    RootFiles files = RootFiles.of(config, KIND, problems);
    List<ParquetTable> tables = tables(files);
    List<TablePart> parts = new ArrayList<>();
    for (int i = 0; i < tables.size(); i++) {
      parts.add(new TablePart(tables.get(i), files.base(), files.list().get(i).split()));
    }
    ParquetTable first = tables.get(0);
    Columns columns = Columns.of(parts.get(0), config, new ArrayList<>(), choice -> {});
    logClasses(first, columns);
    if (first.holdsPictures(columns.image())) {
      joinRepeated(files.base(), tables, columns);
      adviseCache(first, columns.image());
    }
    Path root = tables.size() == 1 ? first.file() : files.base();
    String name = config.root().repository().orElse(root.getFileName().toString());
    TableSource table = new TableSource(name, root, parts, config);
    Dataset read = table.load();
    problems.addAll(TableSource.toldOnce(read.problems()));
    inputs.addAll(table.inputs());
    inputs.add(files.base());
    tables.forEach(each -> inputs.add(each.file().toAbsolutePath().getParent()));
    return read.with(root, problems);
  }

  @Override
  public Set<Path> inputs() {
    return Set.copyOf(inputs);
  }

  private List<ParquetTable> tables(RootFiles files) {
    List<ParquetTable> tables = new ArrayList<>();
    for (RootFile file : files.list()) {
      tables.add(
          tables.isEmpty()
              ? ParquetTable.open(file.path(), config.limits())
              : tables.get(0).another(file.path()));
    }
    return tables;
  }

  private static void logClasses(ParquetTable table, Columns columns) {
    for (int index : columns.used()) {
      Column column = table.column(index);
      if (!column.classes().isEmpty()) {
        LOG.info(
            "{}: column {} holds numbers of {} classes; their names are in the file's metadata",
            table.file(),
            column.name(),
            column.classes().size());
      }
    }
  }

  /** Names of pictures are worth something where no two pictures share one. */
  private void joinRepeated(Path base, List<ParquetTable> tables, Columns columns) {
    ParquetTable first = tables.get(0);
    String image = first.columns().get(columns.image());
    String name = columns.id() == Columns.NONE ? image : first.columns().get(columns.id());
    RepeatedPictures repeated = RepeatedPictures.in(tables, name, image, config.limits());
    if (repeated.pathsAreNoNames()) {
      LOG.info(
          "{}: several pictures have the path '{}' in column {}; ids are file and row",
          base,
          repeated.differing().iterator().next(),
          image);
    }
    tables.forEach(table -> table.join(repeated));
  }

  private static void adviseCache(ParquetTable table, int image) {
    long size = table.pictures(image).pageSize();
    if (size > LARGE_PAGE) {
      LOG.warn(
          "{}: pictures lie in pages of {} MB, each of which is read whole for a picture; prepare"
              + " the pixel cache (data.cache.prepare: true), or write the file with smaller pages",
          table.file(),
          size >> 20);
    }
  }
}
