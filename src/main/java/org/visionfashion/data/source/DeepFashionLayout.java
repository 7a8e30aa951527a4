package org.visionfashion.data.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the parts of DeepFashion-MultiModal lie.
 *
 * @param images folder of the pictures, flat
 * @param captions {@code captions.json}
 * @param shape {@code shape_anno_all.txt}
 * @param fabric {@code fabric_ann.txt}
 * @param pattern {@code pattern_ann.txt}
 */
public record DeepFashionLayout(Path images, Path captions, Path shape, Path fabric, Path pattern) {

  /**
   * The published layout below a root. Unpacking often leaves a folder within a folder of the same
   * name, as in {@code images/images}; both forms are found.
   */
  public static DeepFashionLayout of(Path root) {
    Path labels = inner(root, "labels");
    return new DeepFashionLayout(
        inner(root, "images"),
        root.resolve("captions.json"),
        labels.resolve("shape").resolve("shape_anno_all.txt"),
        labels.resolve("texture").resolve("fabric_ann.txt"),
        labels.resolve("texture").resolve("pattern_ann.txt"));
  }

  /** The three label files. */
  public List<Path> labelFiles() {
    return List.of(shape, fabric, pattern);
  }

  private static Path inner(Path root, String name) {
    Path nested = root.resolve(name).resolve(name);
    return Files.isDirectory(nested) ? nested : root.resolve(name);
  }
}
