package org.visionfashion.data.source;

import java.nio.file.Path;
import org.visionfashion.data.Container;
import org.visionfashion.data.PlainFiles;
import org.visionfashion.data.parquet.PictureColumn;
import org.visionfashion.data.tar.TarArchive;

/** Opens containers by what an index keeps of them. */
final class Containers {

  private Containers() {}

  /**
   * The container with these properties; opens no file.
   *
   * @throws IllegalArgumentException where there is no such kind
   */
  static Container open(String kind, Path file, String part) {
    return switch (kind) {
      case PlainFiles.KIND -> new PlainFiles(file);
      case TarArchive.KIND -> new TarArchive(file);
      case PictureColumn.KIND -> new PictureColumn(file, part);
      default -> throw new IllegalArgumentException("no kind of container: " + kind);
    };
  }
}
