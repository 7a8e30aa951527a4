package org.visionfashion.data.demo;

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
    labels = hands(labels, scene);
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

  private static Labels hands(Labels labels, Scene scene) {
    boolean hidden = scene.pose().left().pocket() && scene.pose().right().pocket();
    return hidden ? labels.without(Group.WRIST, Group.RING) : labels;
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
    from = back ? Math.max(from, outfit.outerHem()) : from;
    double to = Math.min(outfit.lowerHem(), framing.bottom());
    return to - from > 0.45 ? labels : labels.without(Group.LOWER_FABRIC, Group.LOWER_PATTERN);
  }
}
