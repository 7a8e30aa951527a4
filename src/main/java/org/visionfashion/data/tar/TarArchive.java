package org.visionfashion.data.tar;

import java.nio.file.Path;
import org.visionfashion.data.Container;
import org.visionfashion.data.Picture;

/** A tar archive of pictures; a picture's position is that of its first byte. */
public record TarArchive(Path file) implements Container {

  public static final String KIND = "tar";

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
    return new TarPicture(file, member, position, length);
  }
}
