package org.visionfashion.report.picture;

import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.Picture;

/**
 * Pictures that a page shows, each stored once as a CSS class however often it is shown. A picture
 * that cannot be read is an empty box.
 */
public final class Thumbnails {

  private static final double USUAL_SHAPE = 2 / 3.0;

  private final String prefix;
  private final int height;
  private final LimitsConfig limits;
  private final Map<Picture, String> names = new LinkedHashMap<>();
  private final Map<String, BufferedImage> images = new ConcurrentHashMap<>();

  /** Names that were looked up, whether their file could be read or not. */
  private int read;

  /**
   * No pictures yet.
   *
   * @param prefix of the CSS classes, a letter
   * @param height in pixels
   * @param limits on the files
   */
  public Thumbnails(String prefix, int height, LimitsConfig limits) {
    this.prefix = prefix;
    this.height = height;
    this.limits = limits;
  }

  /** The CSS class that shows a picture. */
  public String name(Picture picture) {
    return names.computeIfAbsent(picture, each -> prefix + names.size());
  }

  /** A named picture by its CSS class; null where it cannot be read. */
  public BufferedImage image(String name) {
    return images().get(name);
  }

  /** Width over height, as most of the pictures have it that were named so far. */
  public double shape() {
    double[] shapes =
        images().values().stream()
            .mapToDouble(image -> image.getWidth() / (double) image.getHeight())
            .sorted()
            .toArray();
    return shapes.length == 0 ? USUAL_SHAPE : shapes[shapes.length / 2];
  }

  /** A rule a picture, of those named so far that can be read. */
  public String css() {
    Map<String, BufferedImage> shown = images();
    return names.values().parallelStream()
        .filter(shown::containsKey)
        .map(name -> ".%s{background-image:url(%s)}".formatted(name, Pictures.uri(shown.get(name))))
        .collect(Collectors.joining("\n"));
  }

  /** Reads the files that were named since the last call. */
  private Map<String, BufferedImage> images() {
    names.entrySet().stream().skip(read).toList().parallelStream()
        .forEach(
            each ->
                Pictures.read(each.getKey(), height, limits)
                    .ifPresent(image -> images.put(each.getValue(), image)));
    read = names.size();
    return images;
  }
}
