package org.visionfashion.demo;

/** What the codes of the shape groups mean, as in the data set's label files. */
final class Codes {

  static final int NO = 0;
  static final int YES = 1;

  static final int SLEEVELESS = 0;
  static final int SLEEVE_SHORT = 1;
  static final int SLEEVE_MEDIUM = 2;
  static final int SLEEVE_LONG = 3;
  static final int SLEEVE_NOT_LONG = 4;

  static final int THREE_POINT = 0;
  static final int MEDIUM_SHORT = 1;
  static final int THREE_QUARTER = 2;
  static final int LENGTH_LONG = 3;

  static final int SOCKS = 1;
  static final int SOCKS_LEGGINGS = 2;

  static final int EYEGLASSES = 1;
  static final int SUNGLASSES = 2;
  static final int GLASSES_HELD = 3;

  static final int BELT = 1;
  static final int WAIST_CLOTHING = 2;
  static final int WAIST_HIDDEN = 3;

  static final int NECK_V = 0;
  static final int NECK_SQUARE = 1;
  static final int NECK_ROUND = 2;
  static final int NECK_STANDING = 3;
  static final int NECK_LAPEL = 4;
  static final int NECK_SUSPENDERS = 5;

  /** The cardigan column is inverted: 0 = the outer garment is one. */
  static final int IS_CARDIGAN = 0;

  static final int NO_CARDIGAN = 1;

  private Codes() {}
}
