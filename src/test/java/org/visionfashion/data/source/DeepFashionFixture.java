package org.visionfashion.data.source;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a small data set in the layout of DeepFashion-MultiModal; the pictures are empty files.
 */
public final class DeepFashionFixture {

  private final Path root;
  private final List<String> shape = new ArrayList<>();
  private final List<String> fabric = new ArrayList<>();
  private final List<String> pattern = new ArrayList<>();
  private final Map<String, String> captions = new LinkedHashMap<>();

  public DeepFashionFixture(Path root) {
    this.root = root;
  }

  /** Name of the front view of a women's garment. */
  public static String name(String type, int item, int variant) {
    return "WOMEN-%s-id_%08d-%02d_1_front.jpg".formatted(type, item, variant);
  }

  /** A picture with everything. */
  public DeepFashionFixture add(
      String name, String shapes, String fabrics, String patterns, String caption)
      throws IOException {
    shape.add(name + " " + shapes);
    captions.put(name, caption);
    return addTextures(name, fabrics, patterns);
  }

  /** A picture without shape and caption, as 1,552 of the real ones are. */
  public DeepFashionFixture addTextures(String name, String fabrics, String patterns)
      throws IOException {
    fabric.add(name + " " + fabrics);
    pattern.add(name + " " + patterns);
    return addImage(name);
  }

  /** A file among the pictures. */
  public DeepFashionFixture addImage(String name) throws IOException {
    Path images = Files.createDirectories(root.resolve("images"));
    Files.write(images.resolve(name), new byte[0]);
    return this;
  }

  /** Writes the label files and the captions. */
  public Path write() throws IOException {
    DeepFashionLayout layout = DeepFashionLayout.of(root);
    Files.createDirectories(layout.shape().getParent());
    Files.createDirectories(layout.fabric().getParent());
    Files.write(layout.shape(), shape);
    Files.write(layout.fabric(), fabric);
    Files.write(layout.pattern(), pattern);
    new ObjectMapper()
        .writerWithDefaultPrettyPrinter()
        .writeValue(layout.captions().toFile(), captions);
    return root;
  }
}
