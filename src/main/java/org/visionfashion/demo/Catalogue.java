package org.visionfashion.demo;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Which pictures a demo set has: items, their variants and their views. */
final class Catalogue {

  // Weights in the order of View: front, side, back, full, flat, additional.
  private static final double[] FIRST_VIEW = {60, 6, 0, 30, 0, 4};
  private static final double[] NEXT_VIEW = {35, 21, 15, 21, 2, 6};

  private Catalogue() {}

  /** Exactly {@code spec.size()} names, about two an item. */
  static List<PictureName> of(DemoSpec spec) {
    List<ClothingType.Listing> listings = ClothingType.Listing.all();
    double[] weights = listings.stream().mapToDouble(ClothingType.Listing::weight).toArray();
    List<PictureName> names = new ArrayList<>(spec.size() + 8);
    for (int id = 1; names.size() < spec.size(); id++) {
      Dice dice = Dice.of("catalogue", spec.seed(), id);
      names.addAll(item(listings.get(dice.weighted(weights)), id, dice));
    }
    return List.copyOf(names.subList(0, spec.size()));
  }

  private static List<PictureName> item(ClothingType.Listing listing, int id, Dice dice) {
    int count = 1 + dice.weighted(36, 36, 18, 7, 3);
    List<PictureName> names = new ArrayList<>(count);
    Set<View> used = EnumSet.noneOf(View.class);
    int variant = 1;
    for (int i = 0; i < count; i++) {
      if (i > 0 && dice.chance(0.42)) {
        variant++;
        used.clear();
      }
      View view = view(used, dice);
      used.add(view);
      names.add(new PictureName(listing.gender(), listing.type(), id, variant, view));
    }
    return names;
  }

  private static View view(Set<View> used, Dice dice) {
    double[] weights = (used.isEmpty() ? FIRST_VIEW : NEXT_VIEW).clone();
    View[] views = View.values();
    for (int i = 0; i < views.length; i++) {
      weights[i] = used.contains(views[i]) ? 0 : weights[i];
    }
    return views[dice.weighted(weights)];
  }
}
