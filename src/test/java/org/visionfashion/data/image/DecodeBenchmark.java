package org.visionfashion.data.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import org.visionfashion.config.AugmentConfig;
import org.visionfashion.config.ModelConfig.Resampling;

/** Prints milliseconds a sample, one thread. A program, not a test. */
final class DecodeBenchmark {

  private static final int ROUNDS = 5;

  private DecodeBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    AugmentConfig augment = new AugmentConfig(0.6, 0.75, 0.5, 0.2, 0.2, 0.2, 0.1);
    measure(160, 235, 96, 64, augment, 2000);
    measure(750, 1101, 224, 224, augment, 100);
  }

  private static void measure(
      int width, int height, int targetHeight, int targetWidth, AugmentConfig augment, int count)
      throws IOException {
    byte[] jpeg = TestPictures.encode(TestPictures.drawing(width, height, 1), "jpg");
    Transform train = new TrainTransform(targetHeight, targetWidth, augment, Resampling.BILINEAR);
    Transform eval = new EvalTransform(targetHeight, targetWidth, Resampling.BICUBIC);
    byte[] target = new byte[train.size()];
    Pixels pixels = ImageDecoder.decode(new ByteArrayInputStream(jpeg));
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < count; i++) {
        pixels = ImageDecoder.decode(new ByteArrayInputStream(jpeg));
      }
      long decoded = System.nanoTime();
      for (int i = 0; i < count; i++) {
        train.apply(pixels, new SplittableRandom(i), target, 0);
      }
      long trained = System.nanoTime();
      for (int i = 0; i < count; i++) {
        eval.apply(pixels, new SplittableRandom(i), target, 0);
      }
      long evaluated = System.nanoTime();
      System.out.printf(
          "%dx%d JPEG of %d KB to %dx%d: decode %.3f ms, train %.3f ms, eval %.3f ms%n",
          width,
          height,
          jpeg.length / 1024,
          targetWidth,
          targetHeight,
          (decoded - start) / 1e6 / count,
          (trained - decoded) / 1e6 / count,
          (evaluated - trained) / 1e6 / count);
    }
  }
}
