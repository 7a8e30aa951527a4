package org.visionfashion.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.visionfashion.data.FashionLabel;

/**
 * Describes what a picture shows: labels in words, never the clothing type, never a colour. Fabrics
 * and patterns are always named; what else fits into {@value #MAX_WORDS} words is random.
 */
final class CaptionWriter {

  static final int MAX_WORDS = 24;

  private static final List<FashionLabel> OPTIONAL =
      List.of(
          FashionLabel.LOWER_LENGTH,
          FashionLabel.NECKLINE,
          FashionLabel.HAT,
          FashionLabel.GLASSES,
          FashionLabel.NECKWEAR,
          FashionLabel.WAIST,
          FashionLabel.NAVEL,
          FashionLabel.SOCKS,
          FashionLabel.WRIST,
          FashionLabel.RING);

  private final Labels seen;
  private final Dice dice;
  private final Set<FashionLabel> told = EnumSet.noneOf(FashionLabel.class);

  private CaptionWriter(Labels seen, Dice dice) {
    this.seen = seen;
    this.dice = dice;
  }

  /** A caption and what it states. */
  record Caption(String text, List<Mention> mentions) {

    Caption {
      mentions = List.copyOf(mentions);
    }
  }

  /**
   * The caption of a picture that shows these labels, empty where it shows none; the same stream
   * writes the same words.
   */
  static Caption write(Labels seen, Dice dice) {
    long wording = dice.number();
    List<FashionLabel> optional = new ArrayList<>(OPTIONAL);
    dice.shuffle(optional);
    optional.removeIf(group -> !dice.chance(0.88));
    optional.removeIf(group -> !worthTelling(seen, group));
    while (true) {
      CaptionWriter writer = new CaptionWriter(seen, Dice.of("wording", wording));
      Caption caption = writer.sentence(optional);
      if (optional.isEmpty() || words(caption.text()) <= MAX_WORDS) {
        return caption;
      }
      optional.remove(optional.size() - 1);
    }
  }

  static int words(String text) {
    return text.split(" ", -1).length;
  }

  /** What is absent goes without saying. */
  private static boolean worthTelling(Labels seen, FashionLabel group) {
    return switch (group) {
      case LOWER_LENGTH, NECKLINE -> !seen.isNa(group);
      case NAVEL -> seen.is(group, Codes.NO);
      case WAIST -> seen.is(group, Codes.BELT) || seen.is(group, Codes.WAIST_CLOTHING);
      default -> !seen.isNa(group) && !seen.is(group, Codes.NO);
    };
  }

  private Caption sentence(Collection<FashionLabel> optional) {
    List<String> clauses = new ArrayList<>();
    clauses.add(upper(optional));
    if (seen.has(Garment.OUTER)) {
      clauses.add(outer());
    }
    String lower = lower(optional);
    if (!lower.isEmpty()) {
      clauses.add(lower);
    }
    clauses.removeIf(String::isEmpty);
    if (dice.chance(0.35)) {
      dice.shuffle(clauses);
    }
    String extras = extras(optional);
    boolean extrasFirst = dice.chance(0.25) && !extras.isEmpty();
    if (extrasFirst) {
      clauses.add(0, "with " + extras);
    } else if (!extras.isEmpty()) {
      clauses.add(one("with ", "plus ", "added ", "also ") + extras);
    }
    String lead = one("", "", "", "wearing ", "dressed in ", "here is ", "the look has ");
    lead = extrasFirst ? "" : lead;
    if (clauses.isEmpty()) {
      return new Caption("", List.of());
    }
    String text = lead + String.join(one(", ", ", ", "; "), clauses) + ".";
    return new Caption(
        text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1),
        told.stream().map(group -> new Mention(group, seen.get(group))).toList());
  }

  private String one(String... phrases) {
    return dice.pick(Arrays.asList(phrases));
  }

  private String upper(Collection<FashionLabel> optional) {
    String cloth = cloth(Garment.UPPER);
    String noun = one("top", "top", "upper piece", "piece on top");
    boolean sleevesTold = !seen.isNa(FashionLabel.SLEEVE);
    boolean neckTold = optional.contains(FashionLabel.NECKLINE);
    String sleeve = sleevesTold ? tell(FashionLabel.SLEEVE) : "";
    String neck = neckTold ? tell(FashionLabel.NECKLINE) : "";
    String shape = joined(sleeve, neck);
    if (cloth.isEmpty()) {
      return shape;
    }
    if (shape.isEmpty()) {
      return cloth + " " + noun;
    }
    return dice.chance(0.6)
        ? cloth + " " + noun + " with " + shape
        : shape + one(" on ", ", ") + cloth + " " + noun;
  }

  private static String joined(String first, String second) {
    return first.isEmpty() || second.isEmpty() ? first + second : first + " and " + second;
  }

  private String outer() {
    String cloth = cloth(Garment.OUTER);
    return dice.chance(0.5)
        ? cloth + one(" outer layer", " layer over it", " outerwear")
        : one("over it ", "outside ", "covered by ") + cloth + one(" layer", " outerwear");
  }

  private String lower(Collection<FashionLabel> optional) {
    String cloth = cloth(Garment.LOWER);
    String length =
        optional.contains(FashionLabel.LOWER_LENGTH) ? tell(FashionLabel.LOWER_LENGTH) : "";
    if (cloth.isEmpty()) {
      return length.isEmpty() ? "" : one("cut to ", "ending at ", "hem at ") + length;
    }
    String noun = one("bottoms", "lower part", "lower half");
    if (length.isEmpty()) {
      return dice.chance(0.5) ? cloth + " " + noun : cloth + " below";
    }
    return dice.chance(0.5)
        ? length + " length " + cloth + " " + noun
        : cloth + " " + noun + one(" to the ", " reaching the ", " down to the ") + length;
  }

  private String extras(Collection<FashionLabel> optional) {
    List<String> things = new ArrayList<>();
    for (FashionLabel group : optional) {
      if (group != FashionLabel.LOWER_LENGTH && group != FashionLabel.NECKLINE) {
        things.add(tell(group));
      }
    }
    if (things.isEmpty()) {
      return "";
    }
    String last = things.remove(things.size() - 1);
    return things.isEmpty() ? last : String.join(", ", things) + " and " + last;
  }

  private String cloth(Garment garment) {
    String pattern = seen.isNa(garment.pattern()) ? "" : tell(garment.pattern());
    String fabric = seen.isNa(garment.fabric()) ? "" : tell(garment.fabric());
    return pattern.isEmpty() || fabric.isEmpty() ? pattern + fabric : pattern + " " + fabric;
  }

  /** Words for a label, which from here on counts as told. */
  private String tell(FashionLabel group) {
    told.add(group);
    int code = seen.get(group);
    return switch (group) {
      case SLEEVE ->
          switch (code) {
            case Codes.SLEEVELESS -> one("no sleeves", "bare arms", "sleeveless cut");
            case Codes.SLEEVE_SHORT -> one("short sleeves", "brief sleeves");
            case Codes.SLEEVE_MEDIUM -> one("medium sleeves", "elbow sleeves", "half sleeves");
            case Codes.SLEEVE_LONG -> one("long sleeves", "full sleeves", "wrist length sleeves");
            default -> one("rolled sleeves", "turned up sleeves");
          };
      case LOWER_LENGTH ->
          switch (code) {
            case Codes.THREE_POINT -> one("thigh", "upper thigh");
            case Codes.MEDIUM_SHORT -> "knee";
            case Codes.THREE_QUARTER -> one("calf", "shin");
            default -> one("ankle", "foot");
          };
      case SOCKS -> code == Codes.SOCKS ? one("socks", "ringed socks") : one("tights", "dark hose");
      case HAT -> one("a hat", "headwear", "covered head");
      case GLASSES ->
          switch (code) {
            case Codes.EYEGLASSES -> one("eyeglasses", "reading glasses");
            case Codes.SUNGLASSES -> one("sunglasses", "dark glasses");
            default -> one("glasses hung on the clothes", "glasses hooked in front");
          };
      case NECKWEAR -> one("neckwear", "something round the neck", "a neck accessory");
      case WRIST -> one("a bracelet", "a wrist accessory", "decorated wrist");
      case RING -> one("a ring", "finger ring");
      case WAIST ->
          code == Codes.BELT
              ? one("a belt", "belted waist")
              : one("clothing tied at the waist", "sleeves knotted round the waist");
      case NECKLINE -> neckline(code);
      case NAVEL -> one("bare midriff", "open navel", "exposed belly");
      case UPPER_FABRIC, LOWER_FABRIC, OUTER_FABRIC -> fabric(Fabric.ALL.get(code));
      case UPPER_PATTERN, LOWER_PATTERN, OUTER_PATTERN -> pattern(Pattern.ALL.get(code));
      case CARDIGAN -> throw new IllegalArgumentException("captions do not tell of " + group);
    };
  }

  private String neckline(int code) {
    return switch (code) {
      case Codes.NECK_V -> one("V neckline", "V shaped collar");
      case Codes.NECK_SQUARE -> one("square neckline", "angular neckline");
      case Codes.NECK_ROUND -> one("round neckline", "crew neck");
      case Codes.NECK_STANDING -> one("standing collar", "high neck");
      case Codes.NECK_LAPEL -> one("lapel collar", "folded lapels");
      default -> one("thin straps", "shoulder straps");
    };
  }

  private String fabric(Fabric fabric) {
    return switch (fabric) {
      case DENIM -> one("denim", "jean cloth");
      case COTTON -> one("cotton", "smooth cotton");
      case LEATHER -> one("leather", "glossy leather");
      case FURRY -> one("furry", "fluffy", "fleecy");
      case KNITTED -> one("knitted", "knit", "woollen");
      case CHIFFON -> one("chiffon", "sheer", "gauzy");
      case OTHER -> one("quilted", "padded");
    };
  }

  private String pattern(Pattern pattern) {
    return switch (pattern) {
      case FLORAL -> one("floral", "flowered", "blossom print");
      case GRAPHIC -> one("graphic", "picture print");
      case STRIPED -> one("striped", "banded");
      case PURE -> one("plain", "solid", "unpatterned");
      case LATTICE -> one("plaid", "checked", "lattice");
      case OTHER -> one("geometric", "repeat print");
      case BLOCK -> one("colour block", "panelled");
    };
  }
}
