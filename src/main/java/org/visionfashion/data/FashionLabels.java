package org.visionfashion.data;

import java.util.ArrayList;
import java.util.List;
import org.visionfashion.data.LabelScheme.AttributeGroup;
import org.visionfashion.data.LabelScheme.Kind;

/**
 * The annotations of DeepFashion-MultiModal: what the columns of its label files and their codes
 * mean. A group's value index is the code in the file; the last code is always NA.
 */
public final class FashionLabels {

  /** How the value "not applicable" or "not visible" is called. */
  public static final String NA = "NA";

  /** The columns of {@code shape_anno_all.txt}, 50 values in all. */
  public static final List<AttributeGroup> SHAPE =
      List.of(
          shape("sleeve length", "sleeveless", "short", "medium", "long", "not long"),
          shape("lower clothing length", "three-point", "medium short", "three-quarter", "long"),
          shape("socks", "none", "socks", "leggings"),
          shape("hat", "no", "yes"),
          shape("glasses", "none", "eyeglasses", "sunglasses", "in hand or on clothes"),
          shape("neckwear", "no", "yes"),
          shape("wrist wearing", "no", "yes"),
          shape("ring", "no", "yes"),
          shape("waist accessories", "none", "belt", "clothing", "hidden"),
          shape("neckline", "V-shape", "square", "round", "standing", "lapel", "suspenders"),
          // Inverted in the files: 0 stands for yes.
          shape("outer clothing a cardigan", "yes", "no"),
          shape("upper clothing covers navel", "no", "yes"));

  /** The columns of {@code fabric_ann.txt}: upper, lower and outer clothing. */
  public static final List<AttributeGroup> FABRIC =
      textures(
          "fabric", "denim", "cotton", "leather", "furry", "knitted", "chiffon", "other fabric");

  /** The columns of {@code pattern_ann.txt}: upper, lower and outer clothing. */
  public static final List<AttributeGroup> PATTERN =
      textures(
          "pattern",
          "floral",
          "graphic",
          "striped",
          "pure color",
          "lattice",
          "other pattern",
          "color block");

  /** {@link #FABRIC}, then {@link #PATTERN}: the six texture groups in output order. */
  public static final List<AttributeGroup> TEXTURE = concat(FABRIC, PATTERN);

  /** Index of the sleeve length in {@link #SHAPE}. */
  public static final int SLEEVE_LENGTH = 0;

  private FashionLabels() {}

  private static AttributeGroup shape(String name, String... values) {
    return withNotApplicable(name, List.of(values), Kind.SHAPE);
  }

  private static List<AttributeGroup> textures(String what, String... values) {
    return List.of("upper ", "lower ", "outer ").stream()
        .map(part -> withNotApplicable(part + what, List.of(values), Kind.TEXTURE))
        .toList();
  }

  private static AttributeGroup withNotApplicable(String name, List<String> values, Kind kind) {
    return new AttributeGroup(name, concat(values, List.of(NA)), kind, values.size());
  }

  static <T> List<T> concat(List<? extends T> first, List<? extends T> second) {
    List<T> all = new ArrayList<>(first);
    all.addAll(second);
    return List.copyOf(all);
  }
}
