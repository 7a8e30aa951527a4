package org.visionfashion.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.visionfashion.data.LabelScheme.AttributeGroup;
import org.visionfashion.data.LabelScheme.Kind;

/** The label schemes that the project knows by name, and how to make one from a user's labels. */
public final class LabelSchemes {

  /** Name of a scheme made from a user's own labels. */
  public static final String CUSTOM_NAME = "custom";

  /**
   * The model card's 17 categories and 92 attributes: the clothing type of the file name; all 50
   * shape values, NA included, and 6 x 7 texture values, where NA has no output.
   */
  public static final LabelScheme CARD =
      new LabelScheme(
          "card",
          ClothingType.labels(),
          Stream.concat(
                  FashionLabel.groups(FashionLabel.SHAPE),
                  textures().map(LabelSchemes::withoutNotApplicable))
              .toList());

  /**
   * The paper's labels: sleeve length (6 codes) as category; 6 x 8 texture values, NA included, so
   * that an image has exactly six.
   */
  public static final LabelScheme PAPER =
      new LabelScheme("paper", FashionLabel.SLEEVE.group().values(), textures().toList());

  private LabelSchemes() {}

  /**
   * A user's own labels.
   *
   * @param categories distinct, in output order
   * @param tags distinct, in output order; none = no attributes at all
   */
  public static LabelScheme custom(List<String> categories, List<String> tags) {
    List<AttributeGroup> groups = new ArrayList<>();
    if (!tags.isEmpty()) {
      groups.add(new AttributeGroup("", tags, Kind.TAGS, -1));
    }
    return new LabelScheme(CUSTOM_NAME, categories, groups);
  }

  /** Fabrics, then patterns. */
  private static Stream<AttributeGroup> textures() {
    return FashionLabel.groups(FashionLabel.ALL.subList(12, 18));
  }

  private static AttributeGroup withoutNotApplicable(AttributeGroup group) {
    return new AttributeGroup(
        group.name(), group.values().subList(0, group.notApplicable()), group.kind(), -1);
  }
}
