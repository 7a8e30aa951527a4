package org.visionfashion.data.image;

import java.util.random.RandomGenerator;
import org.visionfashion.config.AugmentConfig;
import org.visionfashion.config.ModelConfig.Resampling;

/**
 * The training transform: random resized crop, horizontal flip, colour jitter, as torchvision
 * defines them. The jitter works on the small result, where it costs least.
 *
 * <p>The crop's aspect varies about the target's. A {@code minScale} of 1 means the whole picture,
 * placed as {@link EvalTransform} places it.
 */
public record TrainTransform(int height, int width, AugmentConfig augment, Resampling resampling)
    implements Transform {

  @Override
  public void apply(Pixels source, RandomGenerator random, byte[] target_CHW, int offset) {
    if (augment.minScale() < 1) {
      Box box = crop().box(source.width(), source.height(), random);
      Box all = new Box(0, 0, width, height);
      new Resize(width, height, resampling).apply(source, box, all, target_CHW, offset);
    } else {
      new EvalTransform(height, width, resampling).apply(source, random, target_CHW, offset);
    }
    Planes image = new Planes(target_CHW, offset, height, width);
    if (random.nextDouble() < augment.flip()) {
      image.flip();
    }
    new ColorJitter(augment).apply(image, random);
  }

  private RandomCrop crop() {
    double aspect = (double) width / height;
    return new RandomCrop(
        augment.minScale(), aspect * augment.minRatio(), aspect / augment.minRatio());
  }
}
