package org.visionfashion.engine;

import java.util.Arrays;
import java.util.stream.IntStream;

/** The arithmetic of the operations in plain loops over doubles, row-major. */
final class SlowMath {

  private SlowMath() {}

  /** {@code x Wᵀ + b} over rows of {@code in} numbers. */
  static double[] linear(double[] x, double[] weight, double[] bias) {
    int out = bias.length;
    int in = weight.length / out;
    double[] y = new double[x.length / in * out];
    for (int row = 0; row < x.length / in; row++) {
      for (int o = 0; o < out; o++) {
        double sum = bias[o];
        for (int i = 0; i < in; i++) {
          sum += weight[o * in + i] * x[row * in + i];
        }
        y[row * out + o] = sum;
      }
    }
    return y;
  }

  static double[] layerNorm(double[] x, double[] scale, double[] shift, double epsilon) {
    int d = scale.length;
    double[] y = new double[x.length];
    for (int row = 0; row < x.length; row += d) {
      double mean = 0;
      for (int i = 0; i < d; i++) {
        mean += x[row + i] / d;
      }
      double variance = 0;
      for (int i = 0; i < d; i++) {
        variance += (x[row + i] - mean) * (x[row + i] - mean) / d;
      }
      for (int i = 0; i < d; i++) {
        y[row + i] = (x[row + i] - mean) / Math.sqrt(variance + epsilon) * scale[i] + shift[i];
      }
    }
    return y;
  }

  static double[] add(double[] a, double[] b) {
    double[] sum = new double[a.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = a[i] + b[i];
    }
    return sum;
  }

  /** Abramowitz and Stegun 7.1.5, which cancels too much above 4. */
  static double erf(double x) {
    if (Math.abs(x) > 4) {
      return Math.signum(x);
    }
    double term = x;
    double sum = x;
    for (int n = 1; n < 120; n++) {
      term *= -x * x / n;
      sum += term / (2 * n + 1);
    }
    return 2 / Math.sqrt(Math.PI) * sum;
  }

  static double gelu(double x) {
    return x * (1 + erf(x / Math.sqrt(2))) / 2;
  }

  /**
   * Self-attention, head by head, pair by pair.
   *
   * @param x (B, L, D)
   * @param tokens how many of the L are no padding, one a sequence
   * @param w query, key, value, output; each weight then bias
   */
  static double[] attention(double[] x, int length, int[] tokens, int heads, double[][] w) {
    int d = w[1].length;
    double[] q = linear(x, w[0], w[1]);
    double[] k = linear(x, w[2], w[3]);
    double[] v = linear(x, w[4], w[5]);
    double[] mixed = new double[x.length];
    int e = d / heads;
    for (int b = 0; b < tokens.length; b++) {
      for (int head = 0; head < heads; head++) {
        for (int to = 0; to < length; to++) {
          int row = (b * length + to) * d + head * e;
          double[] weight = new double[tokens[b]];
          double total = 0;
          for (int from = 0; from < weight.length; from++) {
            double score = 0;
            for (int i = 0; i < e; i++) {
              score += q[row + i] * k[(b * length + from) * d + head * e + i];
            }
            weight[from] = Math.exp(score / Math.sqrt(e));
            total += weight[from];
          }
          for (int from = 0; from < weight.length; from++) {
            for (int i = 0; i < e; i++) {
              mixed[row + i] += weight[from] / total * v[(b * length + from) * d + head * e + i];
            }
          }
        }
      }
    }
    return linear(mixed, w[6], w[7]);
  }

  static double[] mlp(double[] x, double[][] w) {
    double[] hidden = linear(x, w[8], w[9]);
    for (int i = 0; i < hidden.length; i++) {
      hidden[i] = gelu(hidden[i]);
    }
    return linear(hidden, w[10], w[11]);
  }

  /** A convolution whose stride is its kernel, one output at a time; patches row by row. */
  static double[] convolution(
      double[] pixels, int batch, int height, int width, double[] weight, double[] bias, int p) {
    int d = bias.length;
    int channels = weight.length / (d * p * p);
    int rows = height / p;
    int columns = width / p;
    double[] y = new double[batch * rows * columns * d];
    int at = 0;
    for (int b = 0; b < batch; b++) {
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          for (int o = 0; o < d; o++) {
            double sum = bias[o];
            for (int c = 0; c < channels; c++) {
              for (int i = 0; i < p; i++) {
                for (int j = 0; j < p; j++) {
                  int pixel = ((b * channels + c) * height + row * p + i) * width + column * p + j;
                  sum += weight[((o * channels + c) * p + i) * p + j] * pixels[pixel];
                }
              }
            }
            y[at++] = sum;
          }
        }
      }
    }
    return y;
  }

  /** Mean cross entropy of rows with a label of 0 or more; 0 where there is none. */
  static double crossEntropy(double[] logits, int[] labels) {
    int classes = logits.length / labels.length;
    double sum = 0;
    int count = 0;
    for (int row = 0; row < labels.length; row++) {
      if (labels[row] >= 0) {
        double total = 0;
        for (int c = 0; c < classes; c++) {
          total += Math.exp(logits[row * classes + c]);
        }
        sum += Math.log(total) - logits[row * classes + labels[row]];
        count++;
      }
    }
    return sum / Math.max(1, count);
  }

  /** How many labels there are. */
  static long labelled(int[] labels) {
    return Arrays.stream(labels).filter(label -> label >= 0).count();
  }

  /**
   * Which candidates each row is to find: itself, or all with its caption; a share of all that is
   * spread over all candidates.
   */
  static double[][] targets(long[] captions, boolean twins, double smoothing) {
    int b = captions.length;
    double[][] target = new double[b][b];
    for (int i = 0; i < b; i++) {
      for (int k = 0; k < b; k++) {
        double own = isPositive(captions, twins, i, k) ? 1 : 0;
        target[i][k] = (1 - smoothing) * own + smoothing / b;
      }
    }
    return target;
  }

  private static boolean isPositive(long[] captions, boolean twins, int i, int k) {
    return i == k || (twins && captions[i] == captions[k]);
  }

  /**
   * The share of rows {@code start} to {@code end} in the mean over a batch. Each row is to find
   * itself; where {@code twins}, others with its caption are no candidates.
   */
  static double infonce(
      double[] image,
      double[] text,
      long[] captions,
      boolean twins,
      double smoothing,
      double logScale,
      double most,
      int start,
      int end) {
    int batch = captions.length;
    double scale = Math.min(Math.exp(logScale), most);
    double sum = 0;
    for (int i = start; i < end; i++) {
      int row = i;
      int[] candidates =
          IntStream.range(0, batch)
              .filter(k -> k == row || !isPositive(captions, twins, row, k))
              .toArray();
      double[] texts = new double[candidates.length];
      double[] images = new double[candidates.length];
      for (int c = 0; c < candidates.length; c++) {
        texts[c] = scale * dot(image, i, text, candidates[c], batch);
        images[c] = scale * dot(text, i, image, candidates[c], batch);
      }
      for (int c = 0; c < candidates.length; c++) {
        int[] candidate = {c};
        double target = (candidates[c] == i ? 1 - smoothing : 0) + smoothing / candidates.length;
        sum += target * (crossEntropy(texts, candidate) + crossEntropy(images, candidate));
      }
    }
    return sum / (2 * batch);
  }

  /** The share of pictures {@code start} to {@code end} in the loss of all pairs. */
  static double sigmoid(
      double[] image,
      double[] text,
      double[][] target,
      double logScale,
      double bias,
      int start,
      int end) {
    int batch = target.length;
    double sum = 0;
    for (int i = start; i < end; i++) {
      for (int k = 0; k < batch; k++) {
        double logit = Math.exp(logScale) * dot(image, i, text, k, batch) + bias;
        sum += target[i][k] * softplus(-logit) + (1 - target[i][k]) * softplus(logit);
      }
    }
    return sum / batch;
  }

  /** log(1 + e^x), which is -log(sigmoid(-x)). */
  private static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  /** Product of row i of one matrix and row k of the other. */
  private static double dot(double[] a, int i, double[] b, int k, int rows) {
    int width = a.length / rows;
    double sum = 0;
    for (int e = 0; e < width; e++) {
      sum += a[i * width + e] * b[k * width + e];
    }
    return sum;
  }

  static double binaryCrossEntropy(double[] logits, int[] labels, double positiveWeight) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] >= 0) {
        double p = 1 / (1 + Math.exp(-logits[i]));
        sum -= labels[i] == 1 ? positiveWeight * Math.log(p) : Math.log(1 - p);
        count++;
      }
    }
    return sum / Math.max(1, count);
  }
}
