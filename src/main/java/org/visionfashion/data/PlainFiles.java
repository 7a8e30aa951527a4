package org.visionfashion.data;

import java.nio.file.Path;

/**
 * A folder of pictures in files of their own; the member is the path below it, with {@code /}, or
 * any other path.
 */
public record PlainFiles(Path file) implements Container {

  public static final String KIND = "files";

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public String part() {
    return "";
  }

  @Override
  public Picture picture(String member, long position, int length) {
    return new FilePicture(file.resolve(member));
  }

  /** What {@link #picture} takes for this file. */
  String member(Path picture) {
    if (file.equals(picture.getParent())) {
      return picture.getFileName().toString();
    }
    return picture.startsWith(file)
        ? file.relativize(picture).toString().replace(file.getFileSystem().getSeparator(), "/")
        : picture.toString();
  }
}
