package org.visionfashion.data.loader;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.base.UserError;

/** Counts unreadable pictures, each file once, and says when there are too many. */
final class BrokenImages {

  private static final Logger LOG = LoggerFactory.getLogger(Loader.class);
  private static final int NAMED = 3;

  private final int examples;
  private final double maxShare;
  private final Map<Path, BrokenImage> byFile = new LinkedHashMap<>();

  BrokenImages(int examples, double maxShare) {
    this.examples = examples;
    this.maxShare = maxShare;
  }

  /**
   * Takes note of what a batch had to leave out.
   *
   * @throws UserError if more than the allowed share of all examples is broken
   */
  void add(List<BrokenImage> found) {
    for (BrokenImage image : found) {
      if (byFile.putIfAbsent(image.file(), image) == null) {
        LOG.warn("left out: {}", image.message());
      }
    }
    if (!found.isEmpty() && byFile.size() > maxShare * examples) {
      throw new UserError(message());
    }
  }

  List<BrokenImage> list() {
    return List.copyOf(byFile.values());
  }

  private String message() {
    String first =
        byFile.values().stream()
            .limit(NAMED)
            .map(BrokenImage::message)
            .collect(Collectors.joining("; "));
    return String.format(
        Locale.ROOT,
        "%d of %d pictures cannot be read so far (%.1f %%, allowed %.1f %%): %s%s",
        byFile.size(),
        examples,
        100.0 * byFile.size() / examples,
        100 * maxShare,
        first,
        byFile.size() > NAMED ? "; ..." : "");
  }
}
