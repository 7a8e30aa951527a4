package org.visionfashion.data;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a picture's name says in DeepFashion-MultiModal, for example {@code
 * WOMEN-Tees_Tanks-id_00000001-02_1_front.jpg}.
 *
 * @param gender {@code MEN} or {@code WOMEN}
 * @param type the clothing type as written; not every name need carry a known one
 * @param item the product, 8 digits. A product may be listed under two types, so the digits alone
 *     identify it.
 * @param variant two digits, a colour or print of the product
 * @param shot the digit that goes with the view: 1, 2, 3, 4, 6 or 7
 * @param view {@code front, side, back, full, flat} or {@code additional}
 */
public record FileName(
    String gender, String type, String item, String variant, int shot, String view) {

  /** The form of all names, for messages. */
  public static final String FORM =
      "MEN|WOMEN-Type-id_00000000-00_1_front|side|back|full|flat|additional.jpg";

  private static final Pattern NAME =
      Pattern.compile(
          "(MEN|WOMEN)-([A-Za-z_]+)-id_(\\d{8})-(\\d{2})_([123467])"
              + "_(front|side|back|full|flat|additional)\\.jpg");

  /** Reads a name; empty where it has another form. */
  public static Optional<FileName> parse(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new FileName(
            matcher.group(1),
            matcher.group(2),
            matcher.group(3),
            matcher.group(4),
            Integer.parseInt(matcher.group(5)),
            matcher.group(6)));
  }

  /** The name as it stands on disk. */
  public String format() {
    return gender + "-" + type + "-id_" + item + "-" + variant + "_" + shot + "_" + view + ".jpg";
  }
}
