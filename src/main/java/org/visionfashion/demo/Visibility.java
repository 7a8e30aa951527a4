package org.visionfashion.demo;

import java.awt.geom.Point2D;

/** Which labels a picture shows: the rest is NA. */
final class Visibility {

  private Visibility() {}

  /** Labels of an outfit as this picture shows them; a flat picture has no shape labels. */
  static Labels seen(Outfit outfit, View view, Scene scene) {
    Labels labels = outfit.labels();
    if (view == View.FLAT) {
      return onlySold(labels.without(Group.SHAPE.toArray(Group[]::new)), outfit);
    }
    Scene.Framing framing = scene.framing();
    boolean back = view == View.BACK;
    if (framing.top() > 0) {
      labels = labels.without(Group.HAT, Group.GLASSES);
    }
    if (back) {
      labels = labels.without(Group.GLASSES, Group.NECKWEAR, Group.NECKLINE, Group.NAVEL);
    }
    labels = hands(labels, new Figure(scene.person(), scene.pose(), view), framing);
    labels = legs(labels, outfit, framing);
    return covered(labels, outfit, back, framing);
  }

  private static Labels onlySold(Labels labels, Outfit outfit) {
    for (Garment garment : Garment.values()) {
      if (garment != outfit.type().garment()) {
        labels = labels.without(garment.fabric(), garment.pattern());
      }
    }
    return labels;
  }

  private static Labels hands(Labels labels, Figure figure, Scene.Framing framing) {
    int side = figure.handSide();
    Point2D wrist = figure.arm(side).end();
    boolean seen = figure.handSeen(side) && framing.shows(wrist.getX(), wrist.getY());
    return seen ? labels : labels.without(Group.WRIST, Group.RING);
  }

  private static Labels legs(Labels labels, Outfit outfit, Scene.Framing framing) {
    boolean hemSeen = outfit.lowerHem() + 0.15 < framing.bottom() || framing.bottom() > 6.6;
    if (!hemSeen) {
      labels = labels.without(Group.LOWER_LENGTH);
    }
    boolean bare = outfit.lowerHem() < 6.9 && framing.bottom() > outfit.lowerHem() + 0.6;
    boolean feet = framing.bottom() > 7.3;
    boolean leggings = outfit.has(Group.SOCKS, Codes.SOCKS_LEGGINGS);
    return bare && (feet || leggings) ? labels : labels.without(Group.SOCKS);
  }

  private static Labels covered(Labels labels, Outfit outfit, boolean back, Scene.Framing framing) {
    if (back && outfit.hasOuter()) {
      labels = labels.without(Group.WAIST);
      if (!outfit.onePiece()) {
        labels = labels.without(Group.UPPER_FABRIC, Group.UPPER_PATTERN);
      }
    }
    double from = outfit.untucked() ? outfit.upperHem() : 2.9;
    if (back) {
      from = Math.max(from, outfit.outerHem());
      labels = from > outfit.lowerHem() - 0.1 ? labels.without(Group.LOWER_LENGTH) : labels;
    }
    double to = Math.min(outfit.lowerHem(), framing.bottom());
    return to - from > 0.45 ? labels : labels.without(Group.LOWER_FABRIC, Group.LOWER_PATTERN);
  }
}
