package org.visionfashion.config;

/**
 * How many examples of a batch are encoded at once; the gradients are those of the whole batch in
 * any case.
 *
 * @param auto as many as there is memory for
 * @param size else this number, 0 = all
 */
public record MicroBatch(boolean auto, int size) {

  /** The whole batch at once. */
  public static final MicroBatch WHOLE = new MicroBatch(false, 0);

  /** As many as there is memory for. */
  public static final MicroBatch AUTO = new MicroBatch(true, 0);

  /** What a user may write. */
  public static final String RULE = "auto or a whole number from 0 (all at once) to 1000000";

  private static final String AUTO_TEXT = "auto";
  private static final int MOST = 1_000_000;

  /** At most {@code size} examples, 0 = all. */
  public static MicroBatch of(int size) {
    return new MicroBatch(false, size);
  }

  /**
   * Reads what a user writes.
   *
   * @throws IllegalArgumentException where it is something else
   */
  public static MicroBatch parse(String text) {
    if (text.equals(AUTO_TEXT)) {
      return AUTO;
    }
    int size = Integer.parseInt(text);
    if (size < 0 || size > MOST) {
      throw new IllegalArgumentException("out of range");
    }
    return of(size);
  }

  /** As it is written: a text or a number. */
  Object written() {
    return auto ? AUTO_TEXT : (Object) size;
  }

  @Override
  public String toString() {
    return written().toString();
  }
}
