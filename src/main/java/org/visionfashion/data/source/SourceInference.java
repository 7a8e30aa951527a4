package org.visionfashion.data.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.visionfashion.base.UserError;
import org.visionfashion.config.DataConfig.Source;
import org.visionfashion.data.table.ForeignFile;

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

  private static final int START = 1 << 10;

  /** So many files of a folder that is no data set are looked at. */
  private static final int FILES = 20;

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
      return file(root);
    }
    if (!Files.isDirectory(root)) {
      return TableFiles.kind(root)
          .filter(kind -> RootFiles.isPattern(root) && !Files.exists(root))
          .map(kind -> new SourceInference(kind, "a pattern of tables' names"))
          .orElseThrow(() -> new UserError(root + ": no such file or folder (data.root)"));
    }
    return folder(root);
  }

  private static SourceInference file(Path file) {
    return TableFiles.kind(file)
        .map(kind -> new SourceInference(kind, "a table"))
        .or(() -> json(file))
        .orElseThrow(
            () ->
                new UserError(
                    file
                        + ": neither a folder nor a table (.csv, .tsv, .jsonl); if it is a table,"
                        + " say data.source: csv"));
  }

  /** What has another name may say by its first bytes what it is. */
  private static Optional<SourceInference> json(Path file) {
    try {
      Optional<ForeignFile> foreign = ForeignFile.of(file);
      if (foreign.isPresent()) {
        throw new UserError(file + ": " + foreign.get());
      }
      try (InputStream in = Files.newInputStream(file)) {
        String start = new String(in.readNBytes(START), StandardCharsets.UTF_8).strip();
        return start.startsWith("{") || start.startsWith("[")
            ? Optional.of(new SourceInference(Source.JSONL, "JSON objects"))
            : Optional.empty();
      }
    } catch (IOException e) {
      throw new UserError(file + ": cannot be read: " + e.getMessage(), e);
    }
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
    Optional<List<Path>> tables = TableFiles.in(root);
    if (tables.isPresent()) {
      return new SourceInference(
          TableFiles.kind(tables.get().get(0)).orElseThrow(),
          tables.get().size() == 1
              ? "a folder with one table, " + root.relativize(tables.get().get(0))
              : "a table for each split, "
                  + String.join(
                      ", ",
                      tables.get().stream()
                          .map(each -> root.relativize(each).toString())
                          .toList()));
    }
    boolean none = !TableFiles.hasTable(root);
    boolean archives = none && Shards.areArchivesIn(root);
    if (none && !archives && Shards.areFoldersIn(root)) {
      return new SourceInference(
          Source.WEBDATASET, "pictures with .txt or .json beside them, as img2dataset writes them");
    }
    boolean classes = none && hasClassFolder(root);
    if (archives && !classes) {
      return new SourceInference(Source.WEBDATASET, "a folder of tar shards");
    }
    if (classes && !archives) {
      return new SourceInference(Source.FOLDER, "folders with pictures");
    }
    List<Path> parquet = none && !archives ? ParquetSource.files(root) : List.of();
    if (!parquet.isEmpty()) {
      String reason =
          parquet.size() == 1
              ? "a folder with one Parquet file, " + parquet.get(0).getFileName()
              : "a folder with %d Parquet files".formatted(parquet.size());
      return new SourceInference(Source.PARQUET, reason);
    }
    String several = archives ? "tar shards, and folders with pictures" : TableFiles.there(root);
    String holds = none && !archives ? foreign(root).orElse("") : "it holds " + several;
    throw new UserError(
        ("%s: cannot tell what data set this is%s; looked for images/ with captions.json or labels/"
                + " (DeepFashion-MultiModal), one .csv, .tsv or .jsonl table, one for each split,"
                + " .parquet files, .tar shards, a folder of pictures for each class, a finished"
                + " demo set; set data.source and data.root")
            .formatted(root, holds.isEmpty() ? "" : ": " + holds));
  }

  /**
   * The first file that is no text and no picture, such as a spreadsheet, and what to do with it.
   */
  private static Optional<String> foreign(Path root) {
    List<Path> files =
        RootFiles.walk(
            root,
            1,
            all ->
                all.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .filter(file -> !ImageFiles.isReadable(file.getFileName().toString()))
                    .sorted()
                    .limit(FILES)
                    .toList());
    for (Path file : files) {
      try {
        Optional<ForeignFile> kind = ForeignFile.of(file);
        if (kind.isPresent()) {
          return Optional.of(file.getFileName() + ": " + kind.get());
        }
      } catch (IOException e) {
        return Optional.of(file.getFileName() + ": cannot be read: " + e.getMessage());
      }
    }
    return Optional.empty();
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
