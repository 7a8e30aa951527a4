package org.visionfashion.data.check;

import static org.visionfashion.data.check.Severity.NOTE;
import static org.visionfashion.data.check.Severity.SUSPICION;

import java.util.Locale;

/**
 * What a verification looks for beyond what the reader of the data reports itself, in the order in
 * which a report lists it. The names are stable: machines read them.
 */
public enum Check {
  /** A test or validation picture whose bytes are a training picture's, or each other's. */
  EQUAL_ACROSS_SPLITS(
      SUSPICION,
      "byte-equal pictures in two splits",
      "scores measure memory; --fix removes the training picture"),
  /** The same of pictures that were saved again: smaller, cropped a little, compressed more. */
  SIMILAR_ACROSS_SPLITS(
      SUSPICION,
      "near-duplicate pictures in two splits",
      "scores measure memory; --fix removes the training picture"),
  /** An item, where the data name items, with pictures in more than one split. */
  ITEM_ACROSS_SPLITS(
      SUSPICION, "items with pictures in several splits", "data.split: item keeps them apart"),
  EQUAL_WITHIN_SPLIT(
      SUSPICION,
      "byte-equal pictures in one split",
      "remove one of each pair; --fix does so in train"),
  SIMILAR_WITHIN_SPLIT(
      SUSPICION,
      "near-duplicate pictures in one split",
      "remove one of each pair; --fix does so in train"),

  TINY(SUSPICION, "tiny pictures", "a side under 32 pixels; find the originals"),
  ODD_SHAPE(SUSPICION, "pictures of odd shape", "over 4 : 1; training crops most away; cut them"),
  BLANK(SUSPICION, "blank pictures", "they show nothing; remove them"),
  DARK(SUSPICION, "very dark pictures", "nearly black; brighten or remove them"),
  BRIGHT(SUSPICION, "very bright pictures", "nearly white; darken or remove them"),
  BLURRED(SUSPICION, "blurred pictures", "out of focus or enlarged; find the originals"),

  MISSING_WORD(
      SUSPICION, "captions that mean 'missing'", "see data.missing; --fix empties the cells"),
  MARKUP(
      SUSPICION, "captions with HTML", "data.clean_captions reads them without; --fix removes it"),
  MOJIBAKE(
      SUSPICION,
      "captions in a wrong encoding",
      "export as UTF-8 again; --fix repairs what is unambiguous"),
  INVISIBLE(SUSPICION, "captions with invisible characters", "remove them; --fix does so"),
  NOT_TEXT(
      SUSPICION,
      "captions that are paths, numbers or codes",
      "is the caption in another column? see data.columns.caption"),
  FILE_NAME(SUSPICION, "captions that are the file name", "write captions, or leave them empty"),
  URL(
      SUSPICION,
      "captions with a web address",
      "data.clean_captions reads them without; --fix removes it"),
  PRICE(
      SUSPICION,
      "captions with a price",
      "data.clean_captions reads them without; --fix removes it"),
  REPEATED_CAPTION(
      SUSPICION, "captions that many pictures share", "describe each picture by itself"),
  LONG_CAPTION(
      SUSPICION, "captions longer than the token limit", "shorten them, or raise max_tokens"),

  CATEGORY_IDS(
      SUSPICION,
      "as many classes as pictures",
      "is the class in another column? see data.columns.category"),
  CATEGORY_NUMBERS(
      SUSPICION,
      "classes that are numbers",
      "is the class in another column? see data.columns.category; else write names"),
  LABEL_SENTENCES(
      SUSPICION,
      "labels that are sentences",
      "is this the caption? see data.columns.category, attributes"),
  SIMILAR_CLASSES(
      SUSPICION,
      "classes whose names hardly differ",
      "write one name for one class; see data.fold_case"),
  ONE_CLASS(SUSPICION, "a single class", "nothing to tell apart; add others or drop the column"),
  ONE_PICTURE_CLASS(
      SUSPICION, "classes with one picture", "add pictures, or merge it with another class"),
  CLASS_NOT_IN_TRAIN(
      SUSPICION, "classes that train lacks", "never learnt but tested; split the data anew"),
  CLASS_NOT_IN_TEST(NOTE, "classes that test lacks", "learnt but never tested"),
  CONSTANT_ATTRIBUTE(NOTE, "attributes that all or none have", "nothing to learn from them"),
  ITEM_OF_ONE(
      NOTE,
      "every item has a single picture",
      "is the item in another column? see data.columns.item"),
  CLASS_CAPTIONS(NOTE, "captions that only name the class", "pictures of a class share a caption"),
  GREY(NOTE, "grey pictures among coloured ones", "colour words do not fit them");

  private final Severity severity;
  private final String what;
  private final String remedy;

  Check(Severity severity, String what, String remedy) {
    this.severity = severity;
    this.what = what;
    this.remedy = remedy;
  }

  /** As machines read it: {@code equal_across_splits}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public Severity severity() {
    return severity;
  }

  /** What is found, in a few words. */
  public String what() {
    return what;
  }

  /** What to do about it, in a few words. */
  public String remedy() {
    return remedy;
  }
}
