package org.visionfashion.data.image;

import java.util.random.RandomGenerator;
import org.visionfashion.config.ModelConfig.Resampling;
import org.visionfashion.config.ModelConfig.ResizeMode;

/**
 * A picture scaled to height x width. For a square {@code SHORTEST} is torchvision's {@code
 * Resize(S)} and {@code CenterCrop(S)}; all three are those of open_clip's {@code resize_mode}.
 */
public record EvalTransform(int height, int width, Resampling resampling, ResizeMode mode)
    implements Transform {

  private static final double SAMPLES = 2;

  /** Covers the shape; the rest is cut off. */
  public EvalTransform(int height, int width, Resampling resampling) {
    this(height, width, resampling, ResizeMode.SHORTEST);
  }

  @Override
  public int reduction(int width, int height) {
    double across = (double) width / this.width;
    double down = (double) height / this.height;
    return Detail.reduction(
        mode == ResizeMode.LONGEST ? Math.max(across, down) : Math.min(across, down), SAMPLES);
  }

  /**
   * The share of a picture that is cut off.
   *
   * @param width of the picture in pixels
   * @param height of the picture in pixels
   */
  public double cutOff(int width, int height) {
    double across = (double) width / this.width;
    double down = (double) height / this.height;
    return mode == ResizeMode.SHORTEST ? 1 - Math.min(across, down) / Math.max(across, down) : 0;
  }

  @Override
  public void apply(PixelRows source, RandomGenerator random, byte[] target_CHW, int offset) {
    apply(source, false).write(target_CHW, offset);
  }

  /** The same, left for right where {@code flip}; overwritten by this thread's next resizing. */
  PackedImage apply(PixelRows source, boolean flip) {
    return switch (mode) {
      case SHORTEST -> cover(source, flip);
      case LONGEST -> contain(source, flip);
      case SQUASH -> whole(new Resize(width, height, resampling), source, flip);
    };
  }

  /** The side that is relatively shorter fits exactly, the other is rounded down. */
  private PackedImage cover(PixelRows source, boolean flip) {
    long widthFirst = (long) width * source.height();
    long heightFirst = (long) height * source.width();
    Resize cover =
        widthFirst >= heightFirst
            ? new Resize(width, (int) (widthFirst / source.width()), resampling)
            : new Resize((int) (heightFirst / source.height()), height, resampling);
    Box centre = new Box(half(cover.width() - width), half(cover.height() - height), width, height);
    return cover.apply(source, Box.of(source), centre, flip);
  }

  /** The side that is relatively longer fits, both are rounded, half to even. */
  private PackedImage contain(PixelRows source, boolean flip) {
    double scale = Math.max(source.height() / (double) height, source.width() / (double) width);
    int innerWidth = (int) Math.max(1, Math.rint(source.width() / scale));
    int innerHeight = (int) Math.max(1, Math.rint(source.height() / scale));
    PackedImage inner = whole(new Resize(innerWidth, innerHeight, resampling), source, flip);
    int left = (width - innerWidth) / 2;
    return inner.within(
        height, width, (height - innerHeight) / 2, flip ? width - innerWidth - left : left);
  }

  private static PackedImage whole(Resize resize, PixelRows source, boolean flip) {
    Box all = new Box(0, 0, resize.width(), resize.height());
    return resize.apply(source, Box.of(source), all, flip);
  }

  /** Half to even, as Python rounds. */
  private static int half(int difference) {
    return (int) Math.rint(difference / 2.0);
  }
}
