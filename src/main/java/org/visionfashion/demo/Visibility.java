package org.visionfashion.demo;

import java.awt.geom.Point2D;
import org.visionfashion.data.FashionLabel;
import org.visionfashion.data.FileName.View;

/** Which labels a picture shows: the rest is NA. */
final class Visibility {

  private Visibility() {}

  /** Labels of an outfit as this picture shows them; a flat picture has no shape labels. */
  static Labels seen(Outfit outfit, View view, Scene scene) {
    Labels labels = outfit.labels();
    if (view == View.FLAT) {
      return onlySold(labels.without(FashionLabel.SHAPE.toArray(FashionLabel[]::new)), outfit);
    }
    Scene.Framing framing = scene.framing();
    boolean back = view == View.BACK;
    if (framing.top() > 0) {
      labels = labels.without(FashionLabel.HAT, FashionLabel.GLASSES);
    }
    if (back) {
      labels =
          labels.without(
              FashionLabel.GLASSES,
              FashionLabel.NECKWEAR,
              FashionLabel.NECKLINE,
              FashionLabel.NAVEL);
    }
    labels = hands(labels, new Figure(scene.person(), scene.pose(), view), framing);
    labels = legs(labels, outfit, framing);
    return covered(labels, outfit, back, framing);
  }

  private static Labels onlySold(Labels labels, Outfit outfit) {
    for (Garment garment : Garment.values()) {
      if (garment != Garment.sold(outfit.type())) {
        labels = labels.without(garment.fabric(), garment.pattern());
      }
    }
    return labels;
  }

  private static Labels hands(Labels labels, Figure figure, Scene.Framing framing) {
    int side = figure.handSide();
    Point2D wrist = figure.arm(side).end();
    boolean seen = figure.handSeen(side) && framing.shows(wrist.getX(), wrist.getY());
    return seen ? labels : labels.without(FashionLabel.WRIST, FashionLabel.RING);
  }

  private static Labels legs(Labels labels, Outfit outfit, Scene.Framing framing) {
    boolean hemSeen = outfit.lowerHem() + 0.15 < framing.bottom() || framing.bottom() > 6.6;
    if (!hemSeen) {
      labels = labels.without(FashionLabel.LOWER_LENGTH);
    }
    boolean bare = outfit.lowerHem() < 6.9 && framing.bottom() > outfit.lowerHem() + 0.6;
    boolean feet = framing.bottom() > 7.3;
    boolean leggings = outfit.has(FashionLabel.SOCKS, Codes.SOCKS_LEGGINGS);
    return bare && (feet || leggings) ? labels : labels.without(FashionLabel.SOCKS);
  }

  private static Labels covered(Labels labels, Outfit outfit, boolean back, Scene.Framing framing) {
    if (back && outfit.hasOuter()) {
      labels = labels.without(FashionLabel.WAIST);
      if (!outfit.onePiece()) {
        labels = labels.without(FashionLabel.UPPER_FABRIC, FashionLabel.UPPER_PATTERN);
      }
    }
    double from = outfit.untucked() ? outfit.upperHem() : 2.9;
    if (back) {
      from = Math.max(from, outfit.outerHem());
      labels = from > outfit.lowerHem() - 0.1 ? labels.without(FashionLabel.LOWER_LENGTH) : labels;
    }
    double to = Math.min(outfit.lowerHem(), framing.bottom());
    return to - from > 0.45
        ? labels
        : labels.without(FashionLabel.LOWER_FABRIC, FashionLabel.LOWER_PATTERN);
  }
}
