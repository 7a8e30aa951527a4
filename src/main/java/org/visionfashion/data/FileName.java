package org.visionfashion.data;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a picture's name says in DeepFashion-MultiModal, for example {@code
 * WOMEN-Tees_Tanks-id_00000001-02_1_front.jpg}.
 *
 * @param type the clothing type as written; not every name need carry a known one
 * @param item the product, 8 digits. A product may be listed under two types, so the digits alone
 *     identify it.
 * @param variant a colour or print of the product, from 1
 */
public record FileName(Gender gender, String type, String item, int variant, View view) {

  /** The form of all names, for messages. */
  public static final String FORM =
      "MEN|WOMEN-Type-id_00000000-00_1_front|side|back|full|flat|additional.jpg";

  private static final Pattern NAME =
      Pattern.compile(
          "(MEN|WOMEN)-([A-Za-z_]+)-id_(\\d{8})-(\\d{2})_[123467]"
              + "_(front|side|back|full|flat|additional)\\.jpg");

  /** First part of a name. */
  public enum Gender {
    MEN,
    WOMEN
  }

  /** From where the photographer looks. */
  public enum View {
    FRONT(1),
    SIDE(2),
    BACK(3),
    FULL(4),
    FLAT(6),
    ADDITIONAL(7);

    private final int digit;

    View(int digit) {
      this.digit = digit;
    }

    /** The digit in front of the view. */
    public int digit() {
      return digit;
    }

    /** As names write it, for example {@code front}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Reads a name; empty where it has another form. */
  public static Optional<FileName> parse(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new FileName(
            Gender.valueOf(matcher.group(1)),
            matcher.group(2),
            matcher.group(3),
            Integer.parseInt(matcher.group(4)),
            View.valueOf(matcher.group(5).toUpperCase(Locale.ROOT))));
  }

  /** The type; empty where it is none of the 17. */
  public Optional<ClothingType> clothing() {
    return ClothingType.of(type);
  }

  /** The name on disk. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s-%s-id_%s-%02d_%d_%s.jpg",
        gender,
        type,
        item,
        variant,
        view.digit(),
        view.label());
  }
}
