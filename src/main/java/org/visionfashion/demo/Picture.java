package org.visionfashion.demo;

/**
 * Everything about a picture but its pixels; a function of its name and the seed.
 *
 * @param seen the labels that it shows
 */
record Picture(PictureName name, Outfit outfit, Scene scene, Labels seen) {

  /** Views of one variant that show the same are described in the same words this often. */
  private static final double SAME_WORDS = 0.33;

  /** A picture of a drawn set. */
  static Picture of(PictureName name, long seed) {
    Outfit outfit =
        OutfitSampler.item(name.gender(), name.type(), Dice.of("item", seed, name.id()));
    if (name.variant() > 1) {
      outfit = OutfitSampler.variant(outfit, Dice.of("variant", seed, name.id(), name.variant()));
    }
    Scene scene = Scene.of(name, seed);
    return new Picture(name, outfit, scene, Visibility.seen(outfit, name.view(), scene));
  }

  /** A picture that shows given labels. */
  static Picture showing(Labels seen, PictureName name, long seed) {
    Dice dice = Dice.of("item", seed, name.id());
    Outfit outfit = OutfitSampler.complete(name.gender(), name.type(), seen, dice);
    return new Picture(name, outfit, Scene.of(name, seed), seen);
  }

  /** Flat pictures have neither shape labels nor a caption. */
  boolean described() {
    return name.view() != View.FLAT;
  }

  CaptionWriter.Caption caption(long seed) {
    long view = name.view().digit();
    boolean same = Dice.of("same words", seed, name.id(), name.variant()).chance(SAME_WORDS);
    return CaptionWriter.write(
        seen, Dice.of("caption", seed, name.id(), name.variant(), same ? 0 : view));
  }
}
