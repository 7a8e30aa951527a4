package org.visionfashion.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.visionfashion.data.LabelScheme.AttributeGroup;
import org.visionfashion.data.LabelScheme.Kind;

/**
 * The annotations of DeepFashion-MultiModal: the 18 columns of its label files in their order, and
 * what the codes in them mean. A value's index is its code; the last code is always NA.
 */
public enum FashionLabel {
  SLEEVE(Kind.SHAPE, "sleeve length", "sleeveless", "short", "medium", "long", "not long"),
  LOWER_LENGTH(
      Kind.SHAPE, "lower clothing length", "three-point", "medium short", "three-quarter", "long"),
  SOCKS(Kind.SHAPE, "socks", "none", "socks", "leggings"),
  HAT(Kind.SHAPE, "hat", "no", "yes"),
  GLASSES(Kind.SHAPE, "glasses", "none", "eyeglasses", "sunglasses", "in hand or on clothes"),
  NECKWEAR(Kind.SHAPE, "neckwear", "no", "yes"),
  WRIST(Kind.SHAPE, "wrist wearing", "no", "yes"),
  RING(Kind.SHAPE, "ring", "no", "yes"),
  WAIST(Kind.SHAPE, "waist accessories", "none", "belt", "clothing", "hidden"),
  NECKLINE(Kind.SHAPE, "neckline", "V-shape", "square", "round", "standing", "lapel", "suspenders"),
  /** Inverted in the files: 0 is yes. */
  CARDIGAN(Kind.SHAPE, "outer clothing a cardigan", "yes", "no"),
  NAVEL(Kind.SHAPE, "upper clothing covers navel", "no", "yes"),
  UPPER_FABRIC(Kind.TEXTURE, "upper fabric", Texture.FABRICS),
  LOWER_FABRIC(Kind.TEXTURE, "lower fabric", Texture.FABRICS),
  OUTER_FABRIC(Kind.TEXTURE, "outer fabric", Texture.FABRICS),
  UPPER_PATTERN(Kind.TEXTURE, "upper pattern", Texture.PATTERNS),
  LOWER_PATTERN(Kind.TEXTURE, "lower pattern", Texture.PATTERNS),
  OUTER_PATTERN(Kind.TEXTURE, "outer pattern", Texture.PATTERNS);

  /** The value "not applicable" or "not visible". */
  public static final String NA = "NA";

  /** All columns. */
  public static final List<FashionLabel> ALL = List.of(values());

  /** The columns of {@code shape_anno_all.txt}, 50 values in all. */
  public static final List<FashionLabel> SHAPE = ALL.subList(0, 12);

  /** The columns of {@code fabric_ann.txt}: upper, lower and outer clothing. */
  public static final List<FashionLabel> FABRIC = ALL.subList(12, 15);

  /** The columns of {@code pattern_ann.txt}: upper, lower and outer clothing. */
  public static final List<FashionLabel> PATTERN = ALL.subList(15, 18);

  @SuppressWarnings("ImmutableEnumChecker") // a record of a list that is copied
  private final AttributeGroup group;

  FashionLabel(Kind kind, String name, String... values) {
    List<String> all = new ArrayList<>(List.of(values));
    all.add("NA");
    group = new AttributeGroup(name, all, kind, values.length);
  }

  /** The column's name and values. */
  public AttributeGroup group() {
    return group;
  }

  /** The column's place among the 18. */
  @SuppressWarnings("EnumOrdinal") // the order is that of the files
  public int index() {
    return ordinal();
  }

  /** Number of codes, NA included. */
  public int size() {
    return group.values().size();
  }

  /** The code of NA. */
  public int na() {
    return group.notApplicable();
  }

  /** The groups of some columns. */
  static Stream<AttributeGroup> groups(List<FashionLabel> columns) {
    return columns.stream().map(FashionLabel::group);
  }

  private static final class Texture {
    static final String[] FABRICS = {
      "denim", "cotton", "leather", "furry", "knitted", "chiffon", "other fabric"
    };
    static final String[] PATTERNS = {
      "floral", "graphic", "striped", "pure color", "lattice", "other pattern", "color block"
    };
  }
}
