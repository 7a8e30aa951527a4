package org.visionfashion.data.image;

/**
 * The arrays that one thread works in, kept from picture to picture: a sample allocates nothing of
 * a picture's size.
 */
final class Workspace {

  private static final ThreadLocal<Workspace> MINE = ThreadLocal.withInitial(Workspace::new);

  private final Resampler resampler = new Resampler();
  private final Hue hue = new Hue();

  /** That of the current thread. */
  static Workspace mine() {
    return MINE.get();
  }

  Resampler resampler() {
    return resampler;
  }

  Hue hue() {
    return hue;
  }
}
