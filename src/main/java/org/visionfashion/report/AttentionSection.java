package org.visionfashion.report;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.visionfashion.model.Architecture;
import org.visionfashion.report.attention.AttentionMaps;
import org.visionfashion.report.picture.ContactSheet;
import org.visionfashion.report.picture.ContactSheet.Row;
import org.visionfashion.report.picture.ContactSheet.Tile;
import org.visionfashion.report.picture.Pictures;
import org.visionfashion.report.table.Cell;

/** Which parts of a picture the image tower uses. */
final class AttentionSection {

  private static final int PICTURES = 9;
  private static final int TILE_HEIGHT = 162;

  private AttentionSection() {}

  /**
   * One picture.
   *
   * @param low the smallest cosine of a patch with the caption
   * @param high the largest
   */
  record Look(
      String picture, String rollout, String similarity, String text, String low, String high) {}

  /** Empty without a model, or where no picture can be read. */
  static Optional<PageSection> of(Subject subject, Galleries galleries) {
    return subject
        .checkpoint()
        .flatMap(
            model -> {
              List<AttentionMaps> maps =
                  galleries.random(PICTURES).stream()
                      .flatMap(
                          example -> AttentionMaps.of(model, example, subject.limits()).stream())
                      .toList();
              return maps.isEmpty()
                  ? Optional.empty()
                  : Optional.of(section(model.model().architecture().image(), maps));
            });
  }

  private static PageSection section(Architecture.ImageTower image, List<AttentionMaps> maps) {
    return new PageSection(
        "attention",
        "Attention",
        "Which parts of a picture the model uses.",
        Map.of(
            "patches",
            image.height() / image.patch() + " × " + image.width() / image.patch(),
            "layers",
            image.layers(),
            "looks",
            maps.stream().map(AttentionSection::look).toList()),
        List.of(),
        List.of(),
        Map.of("attention", () -> contactSheet(maps)));
  }

  private static Look look(AttentionMaps maps) {
    return new Look(
        Pictures.uri(maps.picture()),
        Pictures.uri(maps.rolloutOverlay()),
        Pictures.uri(maps.similarityOverlay()),
        maps.caption(),
        Cell.decimal(maps.similarity().low(), 2),
        Cell.decimal(maps.similarity().high(), 2));
  }

  private static BufferedImage contactSheet(List<AttentionMaps> all) {
    List<Row> rows =
        all.stream()
            .map(
                maps ->
                    new Row(
                        maps.caption(),
                        List.of(
                            new Tile(maps.picture(), "", false),
                            new Tile(maps.rolloutOverlay(), "rollout", false),
                            new Tile(maps.similarityOverlay(), "similarity to caption", false))))
            .toList();
    BufferedImage first = all.get(0).picture();
    return ContactSheet.of(rows, TILE_HEIGHT, first.getWidth() / (double) first.getHeight());
  }
}
