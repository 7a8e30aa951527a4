package org.visionfashion.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The clothing types of DeepFashion-MultiModal, as they stand in its file names. The order is the
 * output order of the category head under the scheme {@code card}.
 */
public enum ClothingType {
  BLOUSES_SHIRTS("Blouses_Shirts", "blouses and shirts"),
  CARDIGANS("Cardigans", "cardigans"),
  DENIM("Denim", "denim"),
  DRESSES("Dresses", "dresses"),
  GRAPHIC_TEES("Graphic_Tees", "graphic tees"),
  JACKETS_COATS("Jackets_Coats", "jackets and coats"),
  JACKETS_VESTS("Jackets_Vests", "jackets and vests"),
  LEGGINGS("Leggings", "leggings"),
  PANTS("Pants", "pants"),
  ROMPERS_JUMPSUITS("Rompers_Jumpsuits", "rompers and jumpsuits"),
  SHIRTS_POLOS("Shirts_Polos", "shirts and polos"),
  SHORTS("Shorts", "shorts"),
  SKIRTS("Skirts", "skirts"),
  SUITING("Suiting", "suiting"),
  SWEATERS("Sweaters", "sweaters"),
  SWEATSHIRTS_HOODIES("Sweatshirts_Hoodies", "sweatshirts and hoodies"),
  TEES_TANKS("Tees_Tanks", "tees and tanks");

  private final String code;
  private final String label;

  ClothingType(String code, String label) {
    this.code = code;
    this.label = label;
  }

  /** As file names write it, for example {@code Tees_Tanks}. */
  public String code() {
    return code;
  }

  /** As people read it, for example {@code tees and tanks}. */
  public String label() {
    return label;
  }

  /** The type of a file name's code. */
  public static Optional<ClothingType> of(String code) {
    return Arrays.stream(values()).filter(type -> type.code.equals(code)).findFirst();
  }

  /** All labels, in output order. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(ClothingType::label).toList();
  }
}
