package org.visionfashion.config;

/**
 * How many examples of a batch are worked on at once; the gradients are those of the whole batch in
 * any case.
 *
 * @param size 0 = all
 */
public record MicroBatch(int size) {

  /** The whole batch at once. */
  public static final MicroBatch WHOLE = new MicroBatch(0);

  static final String ALLOWED = "must be a whole number from 0 (all at once) to 1000000";
  private static final int MOST = 1_000_000;

  static MicroBatch parse(String text) {
    int size = Integer.parseInt(text);
    if (size < 0 || size > MOST) {
      throw new IllegalArgumentException("out of range");
    }
    return new MicroBatch(size);
  }
}
