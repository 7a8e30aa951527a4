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

  /** A file in the root of a demo set: its presence says that this is a finished one. */
  public static final String DEMO_MANIFEST = "demo.json";

  /**
   * The published layout below a root. Unpacking often leaves a folder within a folder of the same
   * name, as in {@code images/images}; both forms are found.
   */
  public static DeepFashionLayout of(Path root) {
    return new DeepFashionLayout(
        inner(root, "images"), root.resolve("captions.json"), inner(root, "labels"));
  }

  /** With the three label files at their published places below a folder. */
  public DeepFashionLayout(Path images, Path captions, Path labels) {
    this(
        images,
        captions,
        labels.resolve("shape").resolve("shape_anno_all.txt"),
        labels.resolve("texture").resolve("fabric_ann.txt"),
        labels.resolve("texture").resolve("pattern_ann.txt"));
  }

  /** Whether this is a finished demo set. */
  boolean isDemo() {
    return Files.isRegularFile(captions.resolveSibling(DEMO_MANIFEST));
  }

  /** Whether the folder of pictures is there, and anything said about them. */
  public boolean isThere() {
    return Files.isDirectory(images) && isAnnotated();
  }

  /** Whether a label file or captions are there. */
  public boolean isAnnotated() {
    return Files.isRegularFile(captions) || isLabelled();
  }

  /** Whether a label file is there. */
  public boolean isLabelled() {
    return labelFiles().stream().anyMatch(Files::isRegularFile);
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
