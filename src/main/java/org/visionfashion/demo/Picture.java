package org.visionfashion.demo;

import org.visionfashion.data.ClothingType;
import org.visionfashion.data.FileName;
import org.visionfashion.data.FileName.View;

/**
 * Everything about a picture but its pixels; a function of its name and the seed.
 *
 * @param seen the labels that it shows
 */
record Picture(FileName name, Outfit outfit, Scene scene, Labels seen) {

  /** Views of one variant that show the same are described in the same words this often. */
  private static final double SAME_WORDS = 0.33;

  /** A picture of a drawn set. */
  static Picture of(FileName name, long seed) {
    Outfit outfit =
        OutfitSampler.item(
            name.gender(), type(name), Dice.of("item", seed, Integer.parseInt(name.item())));
    if (name.variant() > 1) {
      outfit =
          OutfitSampler.variant(
              outfit, Dice.of("variant", seed, Integer.parseInt(name.item()), name.variant()));
    }
    Scene scene = Scene.of(name, seed);
    return new Picture(name, outfit, scene, Visibility.seen(outfit, name.view(), scene));
  }

  /** A picture that shows given labels. */
  static Picture showing(Labels seen, FileName name, long seed) {
    Dice dice = Dice.of("item", seed, Integer.parseInt(name.item()));
    Outfit outfit = OutfitSampler.complete(name.gender(), type(name), seen, dice);
    return new Picture(name, outfit, Scene.of(name, seed), seen);
  }

  private static ClothingType type(FileName name) {
    return name.clothing().orElseThrow();
  }

  /** Flat pictures have neither shape labels nor a caption. */
  boolean described() {
    return name.view() != View.FLAT;
  }

  CaptionWriter.Caption caption(long seed) {
    long view = name.view().digit();
    boolean same =
        Dice.of("same words", seed, Integer.parseInt(name.item()), name.variant())
            .chance(SAME_WORDS);
    return CaptionWriter.write(
        seen,
        Dice.of("caption", seed, Integer.parseInt(name.item()), name.variant(), same ? 0 : view));
  }
}
