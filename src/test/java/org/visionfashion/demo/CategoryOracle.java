package org.visionfashion.demo;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.visionfashion.data.ClothingType;
import org.visionfashion.data.FashionLabel;
import org.visionfashion.data.FileName.View;
import org.visionfashion.demo.Outfit.Outer;
import org.visionfashion.demo.Outfit.Top;

/**
 * Prints how often somebody names the right clothing type who reads every label and every cut of a
 * drawn picture without fault, and one who does so but cannot tell a tee from the slimmer top that
 * goes with trousers and skirts that are for sale: they differ by half a pixel at 64 x 96. A
 * program, not a test; the second reader weighs types by Bayes' rule over what goes with what.
 */
final class CategoryOracle {

  private static final int LEARNT = 400_000;
  private static final int ASKED = 100_000;

  private final boolean seesFit;
  private final Map<String, Integer> counts = new HashMap<>();

  private CategoryOracle(boolean seesFit) {
    this.seesFit = seesFit;
  }

  public static void main(String[] arguments) {
    for (boolean seesFit : new boolean[] {true, false}) {
      CategoryOracle oracle = new CategoryOracle(seesFit);
      Catalogue.of(new DemoSpec(LEARNT, 2)).forEach(name -> oracle.learn(Picture.of(name, 2)));
      long right =
          Catalogue.of(new DemoSpec(ASKED, 1)).stream()
              .filter(name -> oracle.name(Picture.of(name, 1)) == name.clothing().orElseThrow())
              .count();
      System.out.printf("sees the fit: %b, top-1 %.3f%n", seesFit, (double) right / ASKED);
    }
  }

  private void learn(Picture picture) {
    String outline = outline(picture);
    ClothingType type = picture.outfit().type();
    count(outline + type);
    for (String feature : features(picture)) {
      count(outline + type + feature);
    }
  }

  private void count(String key) {
    counts.merge(key, 1, Integer::sum);
  }

  private ClothingType name(Picture picture) {
    String outline = outline(picture);
    List<String> features = features(picture);
    return Arrays.stream(ClothingType.values())
        .max(Comparator.comparingDouble(type -> score(outline + type, features)))
        .orElseThrow();
  }

  /** The logarithm of how likely the type and these features are, given the outline. */
  private double score(String key, List<String> features) {
    double all = counts.getOrDefault(key, 0);
    double score = Math.log(all + 1e-9);
    for (String feature : features) {
      score += Math.log((counts.getOrDefault(key + feature, 0) + 0.1) / (all + 1));
    }
    return score;
  }

  /** The garments by their cut, as far as the picture shows them. */
  private String outline(Picture picture) {
    Outfit outfit = picture.outfit();
    View view = picture.name().view();
    if (view == View.FLAT) {
      return "flat " + seen(picture);
    }
    boolean covered = view == View.BACK && outfit.outer() != Outer.NONE;
    return String.join(
        " ",
        outfit.gender().name(),
        covered ? "covered" : top(outfit),
        outfit.bottom().name(),
        outfit.outer().name(),
        "" + outfit.cropped(),
        "" + outfit.untucked());
  }

  private String seen(Picture picture) {
    Outfit outfit = picture.outfit();
    return switch (Garment.sold(outfit.type())) {
      case UPPER -> top(outfit);
      case LOWER -> outfit.bottom().name();
      case OUTER -> outfit.outer().name();
    };
  }

  private String top(Outfit outfit) {
    boolean alike = !seesFit && outfit.top() == Top.FITTED;
    return (alike ? Top.TEE : outfit.top()).name();
  }

  /** Labels that depend on each other only through type and outline, or stand together. */
  private static List<String> features(Picture picture) {
    Labels seen = picture.seen();
    return List.of(
        "sleeve %d %d".formatted(seen.get(FashionLabel.SLEEVE), seen.get(FashionLabel.NECKLINE)),
        "waist %d".formatted(seen.get(FashionLabel.WAIST)),
        "length %d".formatted(seen.get(FashionLabel.LOWER_LENGTH)),
        "upper fabric %d".formatted(seen.get(FashionLabel.UPPER_FABRIC)),
        "upper pattern %d".formatted(seen.get(FashionLabel.UPPER_PATTERN)),
        "lower fabric %d".formatted(seen.get(FashionLabel.LOWER_FABRIC)),
        "lower pattern %d".formatted(seen.get(FashionLabel.LOWER_PATTERN)));
  }
}
