package org.visionfashion.weights.file;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.visionfashion.base.UserError;

/** How the tensors of files differ from what a model needs, collected to be reported at once. */
public final class Misfits {

  /** A file of another model altogether need not be listed whole. */
  private static final int MOST = 20;

  private final Set<String> problems = new LinkedHashSet<>();

  /**
   * A tensor that is not there.
   *
   * @param where the file, for messages
   */
  public void missing(Object where, String name, long[] expected) {
    problems.add("%s has no %s %s".formatted(where, name, Arrays.toString(expected)));
  }

  /** A tensor of another shape. */
  public void shape(Object where, TensorInfo found, long[] expected) {
    problems.add(
        "%s: %s is %s, the model expects %s"
            .formatted(where, found.name(), found.shapeText(), Arrays.toString(expected)));
  }

  /** A tensor that the model does not have. */
  public void unexpected(Object where, TensorInfo found) {
    problems.add("%s: unexpected %s %s".formatted(where, found.name(), found.shapeText()));
  }

  /**
   * Does nothing where all fits.
   *
   * @throws UserError naming what does not, each tensor with both shapes
   */
  public void refuse(String headline) {
    if (problems.isEmpty()) {
      return;
    }
    List<String> first = problems.stream().limit(MOST).toList();
    int others = problems.size() - first.size();
    throw new UserError(
        headline
            + ": "
            + String.join("; ", first)
            + (others > 0 ? "; and " + others + " more" : ""));
  }
}
