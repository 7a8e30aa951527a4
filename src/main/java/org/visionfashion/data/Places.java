package org.visionfashion.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Numbers the containers of pictures in the order in which they come. */
final class Places {

  private final Path folder;
  private final Map<Container, Integer> numbers = new LinkedHashMap<>();
  private final Map<Path, PlainFiles> folders = new HashMap<>();
  private final Loose loose = new Loose(new ArrayList<>());

  /**
   * None yet.
   *
   * @param folder files below it count as its members; null = each folder is a container
   */
  Places(Path folder) {
    this.folder = folder;
  }

  /**
   * Where a picture lies.
   *
   * @param container its number
   */
  record Spot(int container, String member, long position, int length) {}

  Spot spot(Picture picture) {
    if (picture instanceof PackedPicture packed) {
      return new Spot(
          number(packed.container()), packed.member(), packed.position(), packed.length());
    }
    if (picture instanceof FilePicture file) {
      PlainFiles files = files(file.file());
      return new Spot(number(files), files.member(file.file()), 0, 0);
    }
    loose.pictures().add(picture);
    return new Spot(number(loose), "", loose.pictures().size() - 1L, 0);
  }

  /** By their numbers. */
  List<Container> containers() {
    return List.copyOf(numbers.keySet());
  }

  private int number(Container container) {
    return numbers.computeIfAbsent(container, each -> numbers.size());
  }

  private PlainFiles files(Path picture) {
    Path parent = picture.getParent();
    Path under =
        folder != null && picture.startsWith(folder)
            ? folder
            : parent == null ? picture.getFileSystem().getPath("") : parent;
    return folders.computeIfAbsent(under, PlainFiles::new);
  }

  /** Pictures that no container gives again: kept as they are, and by no index. */
  private record Loose(List<Picture> pictures) implements Container {

    @Override
    public String kind() {
      return "";
    }

    @Override
    public Path file() {
      throw new UnsupportedOperationException("pictures without a container have no place");
    }

    @Override
    public String part() {
      return "";
    }

    @Override
    public Picture picture(String member, long position, int length) {
      return pictures.get((int) position);
    }

    /** Grows while examples are added, and stays the same container. */
    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }
}
