package org.visionfashion.data.image;

import java.util.random.RandomGenerator;
import org.visionfashion.config.AugmentConfig;
import org.visionfashion.config.ModelConfig.Resampling;
import org.visionfashion.config.ModelConfig.ResizeMode;

/**
 * The training transform: random resized crop, horizontal flip, colour jitter, as torchvision
 * defines them. The jitter works on the small result, where it costs least.
 *
 * <p>The crop's aspect varies about the target's; where evaluation squashes pictures, about their
 * own. A {@code minScale} of 1 means the whole picture, placed as evaluation places it.
 *
 * @param evaluation of the same model: size, filter and placing
 */
public record TrainTransform(EvalTransform evaluation, AugmentConfig augment) implements Transform {

  /** As evaluation usually places pictures. */
  public TrainTransform(int height, int width, AugmentConfig augment, Resampling resampling) {
    this(new EvalTransform(height, width, resampling), augment);
  }

  /** Chance changes these pictures by more than a coarser decoding does. */
  private static final double SAMPLES = 1.5;

  @Override
  public int height() {
    return evaluation.height();
  }

  @Override
  public int width() {
    return evaluation.width();
  }

  /** That of the smallest crop that may be drawn. */
  @Override
  public int reduction(int width, int height) {
    double across = (double) width / width();
    double down = (double) height / height();
    double smallest = Math.sqrt(augment.minScale() * augment.minRatio() * across * down);
    return Detail.reduction(Math.min(smallest, Math.min(across, down)), SAMPLES);
  }

  @Override
  public void apply(PixelRows source, RandomGenerator random, byte[] target_CHW, int offset) {
    PackedImage image = augment.minScale() < 1 ? crop(source, random) : whole(source, random);
    new ColorJitter(augment).apply(image, random);
    image.write(target_CHW, offset);
  }

  private PackedImage crop(PixelRows source, RandomGenerator random) {
    double aspect =
        evaluation.mode() == ResizeMode.SQUASH
            ? (double) source.width() / source.height()
            : (double) width() / height();
    RandomCrop crop =
        new RandomCrop(
            augment.minScale(), aspect * augment.minRatio(), aspect / augment.minRatio());
    Box box = crop.box(source.width(), source.height(), random);
    return new Resize(width(), height(), evaluation.resampling())
        .apply(source, box, new Box(0, 0, width(), height()), flips(random));
  }

  private PackedImage whole(PixelRows source, RandomGenerator random) {
    return evaluation.apply(source, flips(random));
  }

  private boolean flips(RandomGenerator random) {
    return random.nextDouble() < augment.flip();
  }
}
