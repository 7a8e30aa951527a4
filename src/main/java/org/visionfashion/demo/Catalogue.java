package org.visionfashion.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.visionfashion.data.ClothingType;
import org.visionfashion.data.FileName;
import org.visionfashion.data.FileName.Gender;
import org.visionfashion.data.FileName.View;

/** Which pictures a demo set has: items, their variants and their views. */
final class Catalogue {

  // Weights in the order of View: front, side, back, full, flat, additional.
  private static final double[] FIRST_VIEW = {60, 6, 0, 30, 0, 4};
  private static final double[] NEXT_VIEW = {35, 21, 15, 21, 2, 6};

  private Catalogue() {}

  /** Exactly {@code spec.size()} names, about two an item. */
  static List<FileName> of(DemoSpec spec) {
    List<Listing> listings = listings();
    double[] weights = listings.stream().mapToDouble(Listing::weight).toArray();
    List<FileName> names = new ArrayList<>(spec.size() + 8);
    for (int id = 1; names.size() < spec.size(); id++) {
      Dice dice = Dice.of("catalogue", spec.seed(), id);
      names.addAll(item(listings.get(dice.weighted(weights)), id, dice));
    }
    return List.copyOf(names.subList(0, spec.size()));
  }

  /** A gender and a type that go together, and how often they are drawn. */
  record Listing(Gender gender, ClothingType type, double weight) {}

  /** The 23 pairs. */
  static List<Listing> listings() {
    return Arrays.stream(Gender.values())
        .flatMap(
            gender ->
                Arrays.stream(ClothingType.values())
                    .map(type -> new Listing(gender, type, weight(gender, type))))
        .filter(listing -> listing.weight() > 0)
        .toList();
  }

  /** 0 = this gender does not have the type. */
  private static double weight(Gender gender, ClothingType type) {
    boolean women = gender == Gender.WOMEN;
    return switch (type) {
      case BLOUSES_SHIRTS -> women ? 8 : 0;
      case CARDIGANS, JACKETS_COATS -> women ? 6 : 0;
      case DENIM -> 2.5;
      case DRESSES -> women ? 11 : 0;
      case GRAPHIC_TEES -> women ? 5 : 0;
      case JACKETS_VESTS -> women ? 0 : 3.5;
      case LEGGINGS -> women ? 3.5 : 0;
      case PANTS -> women ? 4 : 2.5;
      case ROMPERS_JUMPSUITS -> women ? 5.5 : 0;
      case SHIRTS_POLOS -> women ? 0 : 4.5;
      case SHORTS -> women ? 5 : 2.5;
      case SKIRTS -> women ? 6.5 : 0;
      case SUITING -> women ? 0 : 2.5;
      case SWEATERS -> women ? 5 : 2;
      case SWEATSHIRTS_HOODIES -> women ? 3 : 2.5;
      case TEES_TANKS -> women ? 9 : 5;
    };
  }

  private static List<FileName> item(Listing listing, int id, Dice dice) {
    int count = 1 + dice.weighted(36, 36, 18, 7, 3);
    List<FileName> names = new ArrayList<>(count);
    String number = "%08d".formatted(id);
    Set<View> used = EnumSet.noneOf(View.class);
    int variant = 1;
    for (int i = 0; i < count; i++) {
      if (i > 0 && dice.chance(0.42)) {
        variant++;
        used.clear();
      }
      View view = view(used, dice);
      used.add(view);
      names.add(new FileName(listing.gender(), listing.type().code(), number, variant, view));
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
