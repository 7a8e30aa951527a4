package org.visionfashion.config;

import java.math.BigDecimal;

/** An interval that a number must lie in; NaN lies in none. */
record Range(double min, boolean withMin, double max, boolean withMax) {

  static Range closed(double min, double max) {
    return new Range(min, true, max, true);
  }

  /** Without its lower end. */
  static Range above(double min, double max) {
    return new Range(min, false, max, true);
  }

  /** Without its upper end. */
  static Range below(double min, double max) {
    return new Range(min, true, max, false);
  }

  boolean contains(double value) {
    return (withMin ? value >= min : value > min) && (withMax ? value <= max : value < max);
  }

  /** In words, to follow "must be". */
  @Override
  public String toString() {
    return (withMin ? "at least " : "more than ")
        + plain(min)
        + (withMax ? " and at most " : " and less than ")
        + plain(max);
  }

  private static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
