package org.visionfashion.report;

import java.util.List;
import java.util.Optional;
import org.visionfashion.data.Example;
import org.visionfashion.model.Architecture;
import org.visionfashion.report.attention.AttentionMaps;
import org.visionfashion.report.picture.Jpeg;
import org.visionfashion.report.table.Cell;
import org.visionfashion.weights.checkpoint.Checkpoint;

/**
 * Where the image tower looks.
 *
 * @param patches rows and columns, for example {@code 6 x 4}
 * @param layers of the tower
 * @param looks as the page shows them
 * @param maps the same for a figure
 */
record AttentionView(String patches, int layers, List<Look> looks, List<AttentionMaps> maps) {

  /**
   * One picture.
   *
   * @param low the smallest cosine of a patch with the caption
   * @param high the largest
   */
  record Look(
      String picture, String rollout, String similarity, String text, String low, String high) {}

  /** Null without a model, or where no picture can be read. */
  static AttentionView of(Optional<Checkpoint> checkpoint, List<Example> examples) {
    return checkpoint
        .map(model -> of(model, examples))
        .filter(view -> !view.looks().isEmpty())
        .orElse(null);
  }

  private static AttentionView of(Checkpoint checkpoint, List<Example> examples) {
    Architecture.ImageEncoder image = checkpoint.model().architecture().image();
    List<AttentionMaps> maps =
        examples.stream()
            .flatMap(example -> AttentionMaps.of(checkpoint, example).stream())
            .toList();
    return new AttentionView(
        image.height() / image.patch() + " × " + image.width() / image.patch(),
        image.layers(),
        maps.stream().map(AttentionView::look).toList(),
        maps);
  }

  private static Look look(AttentionMaps maps) {
    return new Look(
        Jpeg.uri(maps.picture()),
        Jpeg.uri(maps.rolloutOverlay()),
        Jpeg.uri(maps.similarityOverlay()),
        maps.caption(),
        Cell.decimal(maps.similarity().low(), 2),
        Cell.decimal(maps.similarity().high(), 2));
  }
}
