package org.visionfashion.data;

import java.nio.file.Path;

/**
 * A file or folder that holds many pictures: a tar, a Parquet file, a folder of plain files.
 * Columns keep a number for it and for each picture what {@link #picture} needs; an index on disk
 * keeps {@link #kind}, {@link #file} and {@link #part}, from which {@code data.source.Containers}
 * opens it again. Equal = the same place. Thread-safe.
 */
public interface Container {

  /** What it is, {@code files} or {@code tar} say. */
  String kind();

  /** The file, or the folder. */
  Path file();

  /** What within the file holds the pictures, a Parquet file's column say; empty = the file. */
  String part();

  /**
   * One of its pictures. Opens nothing.
   *
   * @param member {@link Picture#member}
   * @param position where it lies, in the container's own terms: an offset, a row
   * @param length of it in bytes, 0 where the container does not need it
   */
  Picture picture(String member, long position, int length);
}
