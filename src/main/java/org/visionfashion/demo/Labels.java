package org.visionfashion.demo;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.visionfashion.data.FashionLabel;

/** A code for each of the 18 groups; never changes. */
final class Labels {

  private static final Labels NOTHING = new Labels(notApplicable());

  private final byte[] codes;

  private Labels(byte[] codes) {
    this.codes = codes;
  }

  private static byte[] notApplicable() {
    byte[] codes = new byte[FashionLabel.ALL.size()];
    FashionLabel.ALL.forEach(group -> codes[group.index()] = (byte) group.na());
    return codes;
  }

  /** Everything NA. */
  static Labels nothing() {
    return NOTHING;
  }

  int get(FashionLabel group) {
    return codes[group.index()];
  }

  boolean is(FashionLabel group, int code) {
    return get(group) == code;
  }

  boolean isNa(FashionLabel group) {
    return get(group) == group.na();
  }

  /** A copy with one code changed. */
  Labels with(FashionLabel group, int code) {
    if (code < 0 || code >= group.size()) {
      throw new IllegalArgumentException(
          group + " has codes 0 to " + (group.size() - 1) + ", not " + code);
    }
    byte[] copy = codes.clone();
    copy[group.index()] = (byte) code;
    return new Labels(copy);
  }

  /** A copy with the codes of some columns changed. */
  Labels with(List<FashionLabel> columns, int[] codes) {
    Labels labels = this;
    for (int i = 0; i < codes.length; i++) {
      labels = labels.with(columns.get(i), codes[i]);
    }
    return labels;
  }

  Labels with(Garment garment, Fabric fabric, Pattern pattern) {
    return with(garment.fabric(), Fabric.ALL.indexOf(fabric))
        .with(garment.pattern(), Pattern.ALL.indexOf(pattern));
  }

  /** A copy with the group NA. */
  Labels without(FashionLabel... groups) {
    byte[] copy = codes.clone();
    for (FashionLabel group : groups) {
      copy[group.index()] = (byte) group.na();
    }
    return new Labels(copy);
  }

  /** A garment with neither fabric nor pattern is not worn, or not seen. */
  boolean has(Garment garment) {
    return !isNa(garment.fabric()) || !isNa(garment.pattern());
  }

  /** Codes of some groups as they stand in a label file, separated by spaces. */
  String text(List<FashionLabel> groups) {
    return groups.stream()
        .map(group -> Integer.toString(get(group)))
        .collect(Collectors.joining(" "));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Labels labels && Arrays.equals(codes, labels.codes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(codes);
  }

  @Override
  public String toString() {
    return text(FashionLabel.SHAPE)
        + " | "
        + text(FashionLabel.FABRIC)
        + " | "
        + text(FashionLabel.PATTERN);
  }
}
