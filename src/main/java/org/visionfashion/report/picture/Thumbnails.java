package org.visionfashion.report.picture;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Pictures that a page shows, each stored once as a CSS class however often it is shown. A picture
 * that cannot be read is an empty box.
 */
public final class Thumbnails {

  private static final double USUAL_SHAPE = 2 / 3.0;

  private final String prefix;
  private final int height;
  private final Map<Path, String> names = new LinkedHashMap<>();

  /**
   * No pictures yet.
   *
   * @param prefix of the CSS classes, a letter
   * @param height in pixels
   */
  public Thumbnails(String prefix, int height) {
    this.prefix = prefix;
    this.height = height;
  }

  /**
   * The stored pictures.
   *
   * @param css a rule a picture
   * @param shape width over height, as most have it
   * @param images those that could be read, by their CSS classes
   */
  public record Sheet(String css, double shape, Map<String, BufferedImage> images) {}

  /** The CSS class that shows a picture. */
  public String name(Path picture) {
    return names.computeIfAbsent(picture, each -> prefix + names.size());
  }

  /** Reads all pictures that were named. */
  public Sheet sheet() {
    Map<Path, BufferedImage> read = new ConcurrentHashMap<>();
    names.keySet().parallelStream()
        .forEach(file -> Pictures.read(file, height).ifPresent(image -> read.put(file, image)));
    Map<String, BufferedImage> images = new LinkedHashMap<>();
    names.forEach(
        (file, name) -> {
          if (read.containsKey(file)) {
            images.put(name, read.get(file));
          }
        });
    String css =
        images.entrySet().parallelStream()
            .map(image -> rule(image.getKey(), image.getValue()))
            .collect(Collectors.joining("\n"));
    return new Sheet(css, medianShape(images.values()), images);
  }

  private static String rule(String name, BufferedImage image) {
    return ".%s{background-image:url(%s)}".formatted(name, Jpeg.uri(image));
  }

  private static double medianShape(Collection<BufferedImage> images) {
    double[] shapes =
        images.stream()
            .mapToDouble(image -> image.getWidth() / (double) image.getHeight())
            .sorted()
            .toArray();
    return shapes.length == 0 ? USUAL_SHAPE : shapes[shapes.length / 2];
  }
}
