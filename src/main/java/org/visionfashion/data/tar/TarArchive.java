package org.visionfashion.data.tar;

import java.nio.file.Path;
import org.visionfashion.data.Container;
import org.visionfashion.data.PackedPicture;
import org.visionfashion.data.Picture;

/**
 * A tar archive that holds pictures; their position is the offset of the first byte.
 *
 * @param file the archive
 */
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
    return new TarPicture(this, member, position, length);
  }

  /** A member as a picture. */
  public PackedPicture picture(TarMember member) {
    return new TarPicture(
        this, member.name(), member.offset(), (int) Math.min(member.size(), Integer.MAX_VALUE));
  }
}
