package org.visionfashion.report.picture;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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
   */
  public record Sheet(String css, double shape) {}

  /** The CSS class that shows a picture. */
  public String name(Path picture) {
    return names.computeIfAbsent(picture, each -> prefix + names.size());
  }

  /** Reads all pictures that were named. */
  public Sheet sheet() {
    List<Path> files = new ArrayList<>(names.keySet());
    List<Optional<BufferedImage>> images =
        files.parallelStream().map(file -> Pictures.read(file, height)).toList();
    String css =
        IntStream.range(0, files.size())
            .parallel()
            .filter(i -> images.get(i).isPresent())
            .mapToObj(i -> rule(names.get(files.get(i)), images.get(i).get()))
            .collect(Collectors.joining("\n"));
    return new Sheet(css, medianShape(images));
  }

  private static String rule(String name, BufferedImage image) {
    return ".%s{background-image:url(%s)}".formatted(name, Jpeg.uri(image));
  }

  private static double medianShape(List<Optional<BufferedImage>> images) {
    double[] shapes =
        images.stream()
            .flatMap(Optional::stream)
            .mapToDouble(image -> image.getWidth() / (double) image.getHeight())
            .sorted()
            .toArray();
    return shapes.length == 0 ? USUAL_SHAPE : shapes[shapes.length / 2];
  }
}
