package org.visionfashion.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.visionfashion.data.ClothingType;
import org.visionfashion.data.FashionLabel;
import org.visionfashion.data.FileName;
import org.visionfashion.data.FileName.View;
import org.visionfashion.demo.CaptionWriter.Caption;

/** Statistics of a few thousand specified, not drawn, pictures. */
class PictureTest {

  private static final long SEED = 11;
  private static final List<Picture> PICTURES =
      Catalogue.of(new DemoSpec(6000, SEED)).stream().map(name -> Picture.of(name, SEED)).toList();

  private static final List<ClothingType> TYPES = List.of(ClothingType.values());
  private static final List<Scene.Setting> SETTINGS = List.of(Scene.Setting.values());
  private static final List<Scene.Prop> PROPS = List.of(Scene.Prop.values());

  @Test
  void namesParseBackToThemselves() {
    for (Picture picture : PICTURES) {
      assertThat(FileName.parse(picture.name().toString())).contains(picture.name());
    }
    assertThat(Catalogue.listings()).hasSize(23);
  }

  @Test
  void itemsHaveOneToFivePicturesAndTwoOnAverage() {
    Map<String, List<FileName>> items =
        PICTURES.stream().map(Picture::name).collect(Collectors.groupingBy(FileName::item));
    assertThat(items.values()).allMatch(names -> names.size() <= 5);
    assertThat(items.values()).allMatch(names -> new HashSet<>(names).size() == names.size());
    assertThat(items.values())
        .allMatch(names -> names.stream().map(FileName::type).distinct().count() == 1);
    assertThat(PICTURES.size() / (double) items.size()).isBetween(1.9, 2.2);
    assertThat(PICTURES).anyMatch(picture -> picture.name().variant() > 2);
    for (View view : View.values()) {
      double share = share(picture -> picture.name().view() == view ? 1 : 0);
      assertThat(share).as(view.toString()).isBetween(0.005, 0.6);
    }
  }

  @Test
  void allTypesAreThereAndNoneIsTooRare() {
    for (ClothingType type : ClothingType.values()) {
      double share = share(picture -> picture.outfit().type() == type ? 1 : 0);
      assertThat(share).as(type.toString()).isBetween(0.016, 0.16);
    }
  }

  @Test
  void everyCodeOfEveryGroupOccurs() {
    for (FashionLabel group : FashionLabel.ALL) {
      Set<Integer> codes =
          PICTURES.stream().map(picture -> picture.seen().get(group)).collect(Collectors.toSet());
      assertThat(codes).as(group.toString()).hasSize(group.size());
    }
  }

  @Test
  void hiddenLabelsAreNotApplicable() {
    for (Picture picture : PICTURES) {
      Labels seen = picture.seen();
      String name = picture.name().toString();
      if (picture.name().view() == View.BACK) {
        assertThat(seen.isNa(FashionLabel.NECKLINE)).as(name).isTrue();
        assertThat(seen.isNa(FashionLabel.GLASSES)).as(name).isTrue();
      }
      if (picture.name().view() == View.FLAT) {
        assertThat(FashionLabel.SHAPE).as(name).allMatch(seen::isNa);
      }
      if (picture.outfit().onePiece()) {
        assertThat(seen.has(Garment.LOWER)).as(name).isFalse();
      }
      boolean outer = seen.has(Garment.OUTER);
      if (picture.described()) {
        assertThat(seen.isNa(FashionLabel.CARDIGAN)).as(name).isEqualTo(!outer);
        assertThat(outer)
            .as(name)
            .isEqualTo(Garment.sold(picture.outfit().type()) == Garment.OUTER);
      }
      boolean cardigan = picture.outfit().type() == ClothingType.CARDIGANS;
      assertThat(seen.is(FashionLabel.CARDIGAN, Codes.IS_CARDIGAN))
          .as(name)
          .isEqualTo(cardigan && picture.described());
      double bottom = picture.scene().framing().bottom();
      if (picture.outfit().lowerHem() > bottom && bottom < 6.5) {
        assertThat(seen.isNa(FashionLabel.LOWER_LENGTH)).as(name).isTrue();
      }
      for (Garment garment : Garment.values()) {
        assertThat(seen.isNa(garment.fabric())).as(name).isEqualTo(seen.isNa(garment.pattern()));
      }
    }
  }

  @Test
  void captionsStateWhatIsSeenAndNeverTheType() {
    Set<String> banned =
        Set.of(
            "tee",
            "tees",
            "tank",
            "blouse",
            "shirt",
            "polo",
            "sweater",
            "sweatshirt",
            "hoodie",
            "cardigan",
            "jacket",
            "coat",
            "vest",
            "pants",
            "leggings",
            "shorts",
            "skirt",
            "dress",
            "romper",
            "jumpsuit",
            "suit",
            "suiting",
            "jeans");
    Set<String> vocabulary = new HashSet<>();
    for (Picture picture : PICTURES) {
      Caption caption = picture.caption(SEED);
      String where = picture.name() + ": " + caption.text();
      assertThat(caption.mentions())
          .as(where)
          .allMatch(mention -> mention.holds(picture.seen()))
          .noneMatch(mention -> picture.seen().isNa(mention.group()));
      for (Garment garment : Garment.values()) {
        if (picture.described() && picture.seen().has(garment)) {
          assertThat(caption.mentions())
              .as(where)
              .anyMatch(mention -> mention.group() == garment.fabric());
        }
      }
      List<String> words =
          Arrays.asList(caption.text().toLowerCase(java.util.Locale.ROOT).split("[ ,;.]+", 0));
      assertThat(words).as(where).doesNotContainAnyElementsOf(banned);
      vocabulary.addAll(words);
    }
    assertThat(vocabulary.size()).isBetween(120, 260);
    double fitting =
        share(picture -> inRange(CaptionWriter.words(picture.caption(SEED).text()), 13, 24));
    assertThat(fitting).isGreaterThan(0.9);
  }

  @Test
  void aboutOneCaptionInTwentyRepeatsAnother() {
    List<String> captions =
        PICTURES.stream()
            .filter(Picture::described)
            .map(picture -> picture.caption(SEED).text())
            .toList();
    double repeats = 1 - new HashSet<>(captions).size() / (double) captions.size();
    assertThat(repeats).isCloseTo(0.05, within(0.015));
  }

  @Test
  void theSameLabelIsToldInSeveralWays() {
    Labels seen =
        Labels.nothing()
            .with(FashionLabel.SLEEVE, Codes.SLEEVE_LONG)
            .with(FashionLabel.HAT, Codes.YES)
            .with(Garment.UPPER, Fabric.FURRY, Pattern.LATTICE);
    Set<String> texts = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      Caption caption = CaptionWriter.write(seen, Dice.of("test", i));
      assertThat(caption.text()).contains("sleeves").matches(".*(furry|fluffy|fleecy|F).*");
      texts.add(caption.text());
    }
    assertThat(texts).hasSizeGreaterThan(60);
  }

  @Test
  void theHueOfEveryGarmentIsUniformAndTellsNoLabel() {
    for (Garment garment : Garment.values()) {
      ToIntFunction<Picture> hue = picture -> sixth(picture.scene().palette().of(garment).ground());
      List<FashionLabel> groups =
          List.of(
              garment.fabric(),
              garment.pattern(),
              FashionLabel.SLEEVE,
              FashionLabel.NECKLINE,
              FashionLabel.WAIST);
      independent(garment + " hue", hue, 6, groups);
      int[] counts = new int[6];
      firstOfEachVariant().forEach(picture -> counts[hue.applyAsInt(picture)]++);
      double expected = firstOfEachVariant().size() / 6.0;
      double chi = Arrays.stream(counts).mapToDouble(n -> square(n - expected) / expected).sum();
      assertThat(chi).as("%s hue is uniform, 5 degrees of freedom", garment).isLessThan(20.5);
    }
  }

  @Test
  void backdropPoseAndFramingTellNoLabel() {
    List<FashionLabel> groups =
        List.of(
            FashionLabel.UPPER_FABRIC,
            FashionLabel.UPPER_PATTERN,
            FashionLabel.SLEEVE,
            FashionLabel.HAT);
    independent(
        "setting", picture -> SETTINGS.indexOf(picture.scene().backdrop().setting()), 6, groups);
    independent("backdrop hue", picture -> sixth(picture.scene().backdrop().first()), 6, groups);
    independent("mirrored", picture -> picture.scene().framing().mirrored() ? 1 : 0, 2, groups);
    independent("light", picture -> picture.scene().lightFromLeft() ? 1 : 0, 2, groups);
    independent(
        "left arm", picture -> inRange(picture.scene().pose().left().fore(), -20, 20), 2, groups);
    independent("prop", picture -> PROPS.indexOf(picture.scene().prop()), 3, groups);
  }

  /** Chi-square of a nuisance against each group and the type; 6 standard deviations allowed. */
  private static void independent(
      String what, ToIntFunction<Picture> nuisance, int values, List<FashionLabel> groups) {
    List<Picture> some = firstOfEachVariant();
    for (FashionLabel group : groups) {
      // As worn: what a framing hides is allowed to depend on the framing.
      below6Sigma(
          what + " against " + group,
          some,
          nuisance,
          values,
          picture -> picture.outfit().labels().get(group),
          group.size());
    }
    below6Sigma(
        what + " against type",
        some,
        nuisance,
        values,
        picture -> TYPES.indexOf(picture.outfit().type()),
        17);
  }

  private static void below6Sigma(
      String what,
      List<Picture> some,
      ToIntFunction<Picture> row,
      int rows,
      ToIntFunction<Picture> column,
      int columns) {
    double[][] counts = new double[rows][columns];
    double[] rowSums = new double[rows];
    double[] columnSums = new double[columns];
    for (Picture picture : some) {
      counts[row.applyAsInt(picture)][column.applyAsInt(picture)]++;
      rowSums[row.applyAsInt(picture)]++;
      columnSums[column.applyAsInt(picture)]++;
    }
    double chi = 0;
    int usedRows = 0;
    int usedColumns = 0;
    for (int c = 0; c < columns; c++) {
      usedColumns += columnSums[c] > 30 ? 1 : 0;
    }
    for (int r = 0; r < rows; r++) {
      usedRows += rowSums[r] > 30 ? 1 : 0;
      for (int c = 0; c < columns; c++) {
        if (rowSums[r] > 30 && columnSums[c] > 30) {
          double expected = rowSums[r] * columnSums[c] / some.size();
          chi += square(counts[r][c] - expected) / expected;
        }
      }
    }
    double freedom = (usedRows - 1.0) * (usedColumns - 1.0);
    assertThat(chi).as(what).isLessThan(freedom + 6 * Math.sqrt(2 * freedom) + 6);
  }

  /** One picture a variant: views of one variant share their colours and are not independent. */
  private static List<Picture> firstOfEachVariant() {
    Set<String> variants = new HashSet<>();
    return PICTURES.stream()
        .filter(picture -> variants.add(picture.name().item() + "/" + picture.name().variant()))
        .toList();
  }

  private static int sixth(Color color) {
    float hue = Color.RGBtoHSB(color.getRed(), color.getGreen(), color.getBlue(), null)[0];
    return Math.min(5, (int) (6 * hue));
  }

  private static int inRange(double value, double low, double high) {
    return value >= low && value <= high ? 1 : 0;
  }

  private static double share(ToIntFunction<Picture> indicator) {
    return PICTURES.stream().mapToInt(indicator).average().orElseThrow();
  }

  private static double square(double x) {
    return x * x;
  }
}
