package org.visionfashion.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.visionfashion.data.LabelScheme.AttributeGroup;
import org.visionfashion.data.LabelScheme.Kind;

class LabelSchemesTest {

  @Test
  void cardHasTheModelCardsCounts() {
    LabelScheme card = LabelSchemes.CARD;
    assertThat(card.name()).isEqualTo("card");
    assertThat(card.categories()).hasSize(17).doesNotHaveDuplicates();
    assertThat(card.attributeCount()).isEqualTo(92);
    assertThat(card.attributes()).hasSize(92).doesNotHaveDuplicates();
    assertThat(count(card, Kind.SHAPE)).isEqualTo(50);
    assertThat(count(card, Kind.TEXTURE)).isEqualTo(42);
  }

  @Test
  void paperHasSleeveLengthsAndFortyEightTextures() {
    LabelScheme paper = LabelSchemes.PAPER;
    assertThat(paper.name()).isEqualTo("paper");
    assertThat(paper.categories())
        .containsExactly("sleeveless", "short", "medium", "long", "not long", "NA");
    assertThat(paper.attributes()).hasSize(48).doesNotHaveDuplicates();
    assertThat(paper.groups()).hasSize(6).allMatch(group -> group.notApplicable() == 7);
  }

  @Test
  void groupsStandInTheOrderOfTheFiles() {
    assertThat(FashionLabel.SHAPE.stream().map(FashionLabel::size))
        .containsExactly(6, 5, 4, 3, 5, 3, 3, 3, 5, 7, 3, 3);
    assertThat(LabelSchemes.PAPER.groups().stream().map(AttributeGroup::name))
        .containsExactly(
            "upper fabric",
            "lower fabric",
            "outer fabric",
            "upper pattern",
            "lower pattern",
            "outer pattern");
    assertThat(LabelSchemes.CARD.groups().subList(0, 12))
        .isEqualTo(FashionLabel.SHAPE.stream().map(FashionLabel::group).toList());
    assertThat(LabelSchemes.CARD.attributes().get(0)).isEqualTo("sleeve length: sleeveless");
    assertThat(LabelSchemes.CARD.attributes().get(50)).isEqualTo("upper fabric: denim");
    assertThat(LabelSchemes.CARD.attributes().get(91)).isEqualTo("outer pattern: color block");
  }

  @Test
  void notApplicableIsTheLastValueOrHasNoOutput() {
    for (AttributeGroup group : LabelSchemes.PAPER.groups()) {
      assertThat(group.values().get(group.notApplicable())).isEqualTo("NA");
    }
    for (AttributeGroup group : LabelSchemes.CARD.groups()) {
      if (group.kind() == Kind.TEXTURE) {
        assertThat(group.notApplicable()).isEqualTo(-1);
        assertThat(group.values()).hasSize(7).doesNotContain("NA");
      } else {
        assertThat(group.notApplicable()).isEqualTo(group.values().size() - 1);
        assertThat(group.values()).endsWith("NA");
      }
    }
  }

  @Test
  void customTagsAreOneNamelessGroup() {
    LabelScheme scheme = LabelSchemes.custom(List.of("bag", "hat"), List.of("blue", "red"));
    assertThat(scheme.name()).isEqualTo("custom");
    assertThat(scheme.attributes()).containsExactly("blue", "red");
    assertThat(scheme.groups())
        .containsExactly(new AttributeGroup("", List.of("blue", "red"), Kind.TAGS, -1));
    assertThat(LabelSchemes.custom(List.of("bag"), List.of()).groups()).isEmpty();
  }

  @Test
  void clothingTypesAreFoundByTheirCode() {
    assertThat(ClothingType.of("Tees_Tanks")).contains(ClothingType.TEES_TANKS);
    assertThat(ClothingType.of("tees_tanks")).isEmpty();
    for (ClothingType type : ClothingType.values()) {
      assertThat(ClothingType.of(type.code())).contains(type);
    }
  }

  private static int count(LabelScheme scheme, Kind kind) {
    return scheme.groups().stream()
        .filter(group -> group.kind() == kind)
        .mapToInt(group -> group.values().size())
        .sum();
  }
}
