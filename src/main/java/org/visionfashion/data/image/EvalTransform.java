package org.visionfashion.data.image;

import java.util.random.RandomGenerator;
import org.visionfashion.config.ModelConfig.Resampling;

/**
 * The middle of the picture, as large as fits: scaled to just cover height x width, then cropped
 * centrally. For a square this is torchvision's {@code Resize(S)} and {@code CenterCrop(S)}.
 */
public record EvalTransform(int height, int width, Resampling resampling) implements Transform {

  private static final double SAMPLES = 2;

  @Override
  public int reduction(int width, int height) {
    return Detail.reduction(
        Math.min((double) width / this.width, (double) height / this.height), SAMPLES);
  }

  @Override
  public void apply(PixelRows source, RandomGenerator random, byte[] target_CHW, int offset) {
    apply(source, false).write(target_CHW, offset);
  }

  /** The same, left for right where {@code flip}; overwritten by this thread's next resizing. */
  PackedImage apply(PixelRows source, boolean flip) {
    Resize cover = cover(source);
    Box centre = new Box(half(cover.width() - width), half(cover.height() - height), width, height);
    return cover.apply(source, Box.of(source), centre, flip);
  }

  /** The side that is relatively shorter fits exactly, the other is rounded down. */
  private Resize cover(PixelRows source) {
    long widthFirst = (long) width * source.height();
    long heightFirst = (long) height * source.width();
    return widthFirst >= heightFirst
        ? new Resize(width, (int) (widthFirst / source.width()), resampling)
        : new Resize((int) (heightFirst / source.height()), height, resampling);
  }

  /** Half to even, as Python rounds. */
  private static int half(int difference) {
    return (int) Math.rint(difference / 2.0);
  }
}
