package org.visionfashion.data.tar;

/**
 * What a tar archive has under a name, folders apart.
 *
 * @param name as the archive writes it, without {@code ./} in front
 * @param offset of its first byte in the archive
 * @param size in bytes
 * @param fault why it cannot be used, to follow its name; empty = it can
 */
public record TarMember(String name, long offset, long size, String fault) {

  /** Whether it is a file that is there as a whole. */
  public boolean usable() {
    return fault.isEmpty();
  }
}
