package org.visionfashion.data.image;

import java.util.random.RandomGenerator;
import org.visionfashion.config.ModelConfig.Resampling;

/**
 * The middle of the picture, as large as fits: scaled to just cover height x width, then cropped
 * centrally. For a square this is torchvision's {@code Resize(S)} and {@code CenterCrop(S)}.
 */
public record EvalTransform(int height, int width, Resampling resampling) implements Transform {

  @Override
  public void apply(Pixels source, RandomGenerator random, byte[] target_CHW, int offset) {
    Resize cover = cover(source);
    Box centre = new Box(half(cover.width() - width), half(cover.height() - height), width, height);
    cover.apply(source, Box.of(source), centre, target_CHW, offset);
  }

  /** The side that is relatively shorter fits exactly, the other is rounded down. */
  private Resize cover(Pixels source) {
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
