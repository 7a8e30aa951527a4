package org.visionfashion.data.image;

import java.util.random.RandomGenerator;

/**
 * The box of torchvision's {@code RandomResizedCrop} (Szegedy et al. 2015): area uniform, aspect
 * uniform in its logarithm, ten attempts, then the largest central box of an allowed aspect.
 *
 * @param minScale least share of the picture's area; the most is 1
 * @param minAspect least width / height in pixels
 * @param maxAspect greatest width / height in pixels
 */
record RandomCrop(double minScale, double minAspect, double maxAspect) {

  private static final int ATTEMPTS = 10;

  Box box(int width, int height, RandomGenerator random) {
    double area = (double) width * height;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      double cropArea = area * uniform(random, minScale, 1);
      double aspect = Math.exp(uniform(random, Math.log(minAspect), Math.log(maxAspect)));
      int cropWidth = (int) Math.rint(Math.sqrt(cropArea * aspect));
      int cropHeight = (int) Math.rint(Math.sqrt(cropArea / aspect));
      if (cropWidth > 0 && cropWidth <= width && cropHeight > 0 && cropHeight <= height) {
        int top = random.nextInt(height - cropHeight + 1);
        int left = random.nextInt(width - cropWidth + 1);
        return new Box(left, top, cropWidth, cropHeight);
      }
    }
    return central(width, height);
  }

  private Box central(int width, int height) {
    double aspect = (double) width / height;
    int cropWidth = aspect > maxAspect ? (int) Math.rint(height * maxAspect) : width;
    int cropHeight = aspect < minAspect ? (int) Math.rint(width / minAspect) : height;
    cropWidth = Math.max(1, cropWidth);
    cropHeight = Math.max(1, cropHeight);
    return new Box((width - cropWidth) / 2, (height - cropHeight) / 2, cropWidth, cropHeight);
  }

  static double uniform(RandomGenerator random, double from, double to) {
    return from + (to - from) * random.nextDouble();
  }
}
