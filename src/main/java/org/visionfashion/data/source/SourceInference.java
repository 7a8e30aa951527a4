package org.visionfashion.data.source;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.visionfashion.base.UserError;
import org.visionfashion.config.DataConfig.Source;

/**
 * What kind of data set lies somewhere, for {@code data.source: auto}. Looks and never writes.
 *
 * @param source never {@code AUTO}, and never {@code DEMO}: a finished demo set is read as the data
 *     set whose layout it has, so that nothing is drawn
 * @param reason what was found, for a line in the log
 */
public record SourceInference(Source source, String reason) {

  /** How deep pictures are looked for below a class folder. */
  private static final int DEPTH = 3;

  /**
   * Infers.
   *
   * @param root the value of {@code data.root}
   * @throws UserError where nothing fits; names what was looked for
   */
  public static SourceInference of(Path root) {
    if (Shards.isNamedBy(root)) {
      return new SourceInference(Source.WEBDATASET, "tar shards");
    }
    if (ParquetSource.isNamedBy(root)) {
      return new SourceInference(Source.PARQUET, "Parquet files");
    }
    if (Files.isRegularFile(root)) {
      if (TableFiles.isTable(root)) {
        return new SourceInference(Source.CSV, "a table");
      }
      throw new UserError(
          root
              + ": neither a folder, a .csv or .tsv table nor a .parquet file; if it is a table, say data.source:"
              + " csv");
    }
    if (!Files.isDirectory(root)) {
      throw new UserError(root + ": no such file or folder (data.root)");
    }
    return folder(root);
  }

  private static SourceInference folder(Path root) {
    DeepFashionLayout layout = DeepFashionLayout.of(root);
    if (layout.isThere()) {
      return new SourceInference(
          Source.DEEPFASHION,
          layout.isDemo()
              ? "a finished demo set, " + DeepFashionLayout.DEMO_MANIFEST
              : "the layout of DeepFashion-MultiModal: images with captions.json or labels");
    }
    List<Path> tables = TableFiles.in(root);
    if (tables.size() == 1) {
      return new SourceInference(
          Source.CSV, "a folder with one table, " + tables.get(0).getFileName());
    }
    boolean archives = tables.isEmpty() && Shards.areArchivesIn(root);
    if (tables.isEmpty() && !archives && Shards.areFoldersIn(root)) {
      return new SourceInference(
          Source.WEBDATASET, "pictures with .txt or .json beside them, as img2dataset writes them");
    }
    boolean classes = tables.isEmpty() && hasClassFolder(root);
    if (archives && !classes) {
      return new SourceInference(Source.WEBDATASET, "a folder of tar shards");
    }
    if (classes && !archives) {
      return new SourceInference(Source.FOLDER, "folders with pictures");
    }
    List<Path> parquet = tables.isEmpty() && !archives ? ParquetSource.files(root) : List.of();
    if (!parquet.isEmpty()) {
      String reason = "a folder of %d Parquet files".formatted(parquet.size());
      return new SourceInference(Source.PARQUET, reason);
    }
    String several =
        archives
            ? "tar shards, and folders with pictures"
            : "several tables, "
                + tables.stream()
                    .map(each -> each.getFileName().toString())
                    .collect(Collectors.joining(", "));
    throw new UserError(
        ("%s: cannot tell what data set this is%s; looked for images/ with captions.json or labels/"
                + " (DeepFashion-MultiModal), one .csv or .tsv table, .parquet files, .tar shards, a folder of"
                + " pictures for each class, a finished demo set; set data.source and data.root")
            .formatted(root, archives || !tables.isEmpty() ? ": it holds " + several : ""));
  }

  /** Whether a folder directly below has pictures, in a format that can be read or not. */
  private static boolean hasClassFolder(Path root) {
    try (Stream<Path> files = Files.walk(root, DEPTH, FileVisitOption.FOLLOW_LINKS)) {
      return files
          .filter(file -> file.getNameCount() > root.getNameCount() + 1)
          .filter(
              file -> {
                Path top = root.relativize(file).getName(0);
                return !ImageFiles.isCompanion(top.toString());
              })
          .map(file -> file.getFileName().toString())
          .anyMatch(
              name ->
                  !name.startsWith(".")
                      && (ImageFiles.isReadable(name) || ImageFiles.isUnreadable(name)));
    } catch (IOException | java.io.UncheckedIOException e) {
      throw new UserError(root + ": cannot be listed: " + e.getMessage(), e);
    }
  }
}
