package org.visionfashion.data.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.visionfashion.config.AugmentConfig;
import org.visionfashion.config.ModelConfig.Resampling;

class TrainTransformTest {

  private static final AugmentConfig NOTHING = new AugmentConfig(1, 1, 0, 0, 0, 0, 0);
  private static final AugmentConfig EVERYTHING =
      new AugmentConfig(0.3, 0.75, 0.5, 0.4, 0.4, 0.4, 0.1);

  @Test
  void withoutAugmentationItIsTheEvaluationTransform() {
    Pixels source = TestPictures.noise(50, 70, 1);
    for (Resampling resampling : Resampling.values()) {
      assertThat(apply(new TrainTransform(24, 16, NOTHING, resampling), source, 9))
          .isEqualTo(apply(new EvalTransform(24, 16, resampling), source, 9));
    }
  }

  @Test
  void theSameSeedGivesTheSameBytes() {
    Pixels source = TestPictures.noise(50, 70, 1);
    Transform transform = new TrainTransform(24, 16, EVERYTHING, Resampling.BILINEAR);
    for (long seed = 0; seed < 20; seed++) {
      byte[] first = apply(transform, source, seed);
      assertThat(apply(transform, source, seed)).as("seed %d", seed).isEqualTo(first);
      assertThat(apply(transform, source, seed + 1)).as("seed %d", seed).isNotEqualTo(first);
    }
  }

  /** However the crop falls, one and a half samples are left for each pixel of the result. */
  @Test
  void aReductionSufficesForEveryCrop() {
    int reductions = 0;
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      int width = 16 + random.nextInt(1500);
      int height = 16 + random.nextInt(1500);
      AugmentConfig augment =
          new AugmentConfig(0.2 + 0.7 * random.nextDouble(), 0.75, 0.5, 0, 0, 0, 0);
      Transform transform = new TrainTransform(24, 16, augment, Resampling.BICUBIC);
      int reduction = transform.reduction(width, height);
      RandomCrop crop = new RandomCrop(augment.minScale(), 0.75 * 16 / 24, 16 / (0.75 * 24));
      for (int draw = 0; draw < 20; draw++) {
        Box box = crop.box(width, height, random);
        double left = Math.min(box.width() / 16.0, box.height() / 24.0) / reduction;
        assertThat(reduction == 1 || left >= 1.45) // its sides are whole numbers
            .as("seed %d: %s of %d x %d by %d", seed, box, width, height, reduction)
            .isTrue();
      }
      reductions += reduction > 1 ? 1 : 0;
    }
    assertThat(reductions).isGreaterThan(150);
  }

  @ParameterizedTest
  @CsvSource({"0", "0.25", "1"})
  void flipsWithItsProbability(double probability) {
    Pixels source = TestPictures.noise(16, 24, 1);
    AugmentConfig flip = new AugmentConfig(1, 1, probability, 0, 0, 0, 0);
    byte[] plain = apply(new TrainTransform(24, 16, NOTHING, Resampling.BILINEAR), source, 0);
    byte[] mirrored = plain.clone();
    for (int i = 0; i < plain.length; i++) {
      mirrored[i] = plain[i / 16 * 16 + 15 - i % 16];
    }
    int draws = 2000;
    int flipped = 0;
    for (int seed = 0; seed < draws; seed++) {
      byte[] result = apply(new TrainTransform(24, 16, flip, Resampling.BILINEAR), source, seed);
      if (result[0] == mirrored[0]) {
        assertThat(result).isEqualTo(mirrored);
        flipped++;
      } else {
        assertThat(result).isEqualTo(plain);
      }
    }
    double error = 5 * Math.sqrt(draws * probability * (1 - probability));
    assertThat(Math.abs(flipped - probability * draws)).isLessThanOrEqualTo(error);
  }

  @Test
  void cropsAreUniformInAreaAndInTheLogarithmOfTheirAspect() {
    RandomCrop crop = new RandomCrop(0.2, 0.75, 1 / 0.75);
    SplittableRandom random = new SplittableRandom(5);
    int side = 1000;
    int draws = 20_000;
    double smallest = 1;
    double logAspect = 0;
    int belowThirty = 0; // few of the small crops do not fit, so their share is exact
    int belowFifty = 0;
    for (int i = 0; i < draws; i++) {
      Box box = crop.box(side, side, random);
      box.mustLieIn(side, side);
      double area = (double) box.width() * box.height() / (side * side);
      double aspect = (double) box.width() / box.height();
      assertThat(aspect).isBetween(0.745, 1.343);
      smallest = Math.min(smallest, area);
      logAspect += Math.log(aspect) / draws;
      belowThirty += area < 0.3 ? 1 : 0;
      belowFifty += area < 0.5 ? 1 : 0;
    }
    assertThat(smallest).isBetween(0.198, 0.202);
    assertThat(logAspect).isBetween(-0.01, 0.01);
    // Boxes up to 3/4 of the area always fit, so 0.2..0.3 and 0.3..0.5 relate as 1 to 2.
    assertThat((double) belowThirty / belowFifty).isBetween(0.31, 0.36);
  }

  @Test
  void cropsReachEveryCorner() {
    RandomCrop crop = new RandomCrop(0.5, 1, 1);
    SplittableRandom random = new SplittableRandom(6);
    int left = Integer.MAX_VALUE;
    int top = Integer.MAX_VALUE;
    int right = 0;
    int bottom = 0;
    for (int i = 0; i < 3000; i++) {
      Box box = crop.box(40, 40, random);
      left = Math.min(left, box.left());
      top = Math.min(top, box.top());
      right = Math.max(right, box.left() + box.width());
      bottom = Math.max(bottom, box.top() + box.height());
    }
    assertThat(new int[] {left, top, right, bottom}).containsExactly(0, 0, 40, 40);
  }

  /** No box of nearly the whole area has the aspect: ten attempts fail. */
  @ParameterizedTest
  @CsvSource({
    "300, 100, 83, 0, 133, 100", // 4/3 is the widest: 133; (300 - 133) / 2
    "90, 400, 0, 140, 90, 120", // 3/4 is the narrowest: 120; (400 - 120) / 2
    "100, 100, 0, 0, 100, 100"
  })
  void fallsBackToTheMiddle(int width, int height, int left, int top, int boxWidth, int boxHeight) {
    RandomCrop crop = new RandomCrop(0.9999999, 0.75, 4.0 / 3);
    Box box = crop.box(width, height, new SplittableRandom(1));
    assertThat(box).isEqualTo(new Box(left, top, boxWidth, boxHeight));
  }

  @Test
  void anySizeOfPictureWillDo() {
    Transform transform = new TrainTransform(24, 16, EVERYTHING, Resampling.BILINEAR);
    Random random = new Random(8);
    for (int i = 0; i < 100; i++) {
      Pixels source = TestPictures.noise(1 + random.nextInt(9), 1 + random.nextInt(90), i);
      assertThat(apply(transform, source, i)).hasSize(3 * 24 * 16);
    }
  }

  /** Some hundred bytes of small objects; the picture alone has 98,304. */
  @Test
  void aSampleAllocatesNothingOfAPicturesSize() {
    Transform transform = new TrainTransform(128, 256, EVERYTHING, Resampling.BICUBIC);
    Pixels source = TestPictures.noise(300, 400, 1);
    byte[] target = new byte[transform.size()];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 50; i++) { // until the arrays have their sizes
      transform.apply(source, random, target, 0);
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 50; i++) {
      transform.apply(source, random, target, 0);
    }
    assertThat((threads.getCurrentThreadAllocatedBytes() - before) / 50).isLessThan(4096);
  }

  private static byte[] apply(Transform transform, Pixels source, long seed) {
    byte[] target = new byte[transform.size()];
    transform.apply(source, new SplittableRandom(seed), target, 0);
    return target;
  }
}
