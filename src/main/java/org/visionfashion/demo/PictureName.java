package org.visionfashion.demo;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * A file name of the data set and what it says.
 *
 * @param id the item's number, eight digits in the name
 * @param variant the colour way, from 1
 */
record PictureName(Gender gender, ClothingType type, int id, int variant, View view) {

  private static final java.util.regex.Pattern FORM =
      java.util.regex.Pattern.compile(
          "(MEN|WOMEN)-([A-Za-z_]+)-id_(\\d{8})-(\\d{2})_([123467])_"
              + "(front|side|back|full|flat|additional)\\.jpg");

  /** Empty where the name is not of this form or names an unknown type. */
  static Optional<PictureName> parse(String name) {
    Matcher matcher = FORM.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new PictureName(
              Gender.valueOf(matcher.group(1)),
              ClothingType.of(matcher.group(2)),
              Integer.parseInt(matcher.group(3)),
              Integer.parseInt(matcher.group(4)),
              View.of(matcher.group(6))));
    } catch (IllegalArgumentException unknownType) {
      return Optional.empty();
    }
  }

  /** The file name. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%s-%s-id_%08d-%02d_%s.jpg", gender, type.text(), id, variant, view.text());
  }
}
