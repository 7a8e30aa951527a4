package org.visionfashion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.visionfashion.config.ModelConfig.Pooling;
import org.visionfashion.weights.file.SafetensorsFile;

/** What the image tower looks at: weights and patches, against loops over the reference tensors. */
class AttentionTest {

  private static SafetensorsFile forward;
  private static SafetensorsFile weights;

  @BeforeAll
  static void open() {
    forward = Golden.open("forward.safetensors");
    weights = Golden.open("model.safetensors");
  }

  @AfterAll
  static void close() throws Exception {
    forward.close();
    weights.close();
  }

  private static float[] weight(int layer, String name) {
    return Golden.floats(weights, "image_encoder.encoder.layer." + layer + "." + name);
  }

  @Test
  void theWeightsOfEveryLayerFollowFromItsInput() {
    try (DualEncoder model = Golden.model();
        NDManager scope = model.newScope()) {
      NDArray pixels = Golden.array(scope, forward, "pixel_values");
      List<NDArray> attention = model.imageEncoder().attention(pixels);
      Architecture.ImageTower sizes = model.architecture().image();
      assertThat(attention).hasSize(sizes.layers());
      int length = sizes.patches() + 1;
      for (int layer = 0; layer < sizes.layers(); layer++) {
        NDArray weights_BHLL = attention.get(layer);
        assertThat(weights_BHLL.getShape())
            .isEqualTo(new Shape(pixels.size(0), sizes.heads(), length, length));
        float[] states = Golden.floats(forward, "vision.hidden_states." + layer);
        double[][][] expected =
            naive(Arrays.copyOf(states, length * sizes.hidden()), layer, length, sizes);
        float[] actual = weights_BHLL.toFloatArray();
        for (int h = 0; h < sizes.heads(); h++) {
          for (int i = 0; i < length; i++) {
            for (int j = 0; j < length; j++) {
              assertThat(actual[(h * length + i) * length + j])
                  .as("layer %d head %d from %d to %d", layer, h, i, j)
                  .isCloseTo((float) expected[h][i][j], within(1e-5f));
            }
          }
        }
      }
    }
  }

  /** softmax(q kᵀ / √e) of the first picture, from the layer's input (L, D). */
  private static double[][][] naive(
      float[] x, int layer, int length, Architecture.ImageTower sizes) {
    int d = sizes.hidden();
    int e = d / sizes.heads();
    double[] normed = new double[x.length];
    float[] scale = weight(layer, "layernorm_before.weight");
    float[] shift = weight(layer, "layernorm_before.bias");
    for (int i = 0; i < length; i++) {
      double mean = 0;
      double square = 0;
      for (int j = 0; j < d; j++) {
        mean += x[i * d + j] / d;
      }
      for (int j = 0; j < d; j++) {
        square += Math.pow(x[i * d + j] - mean, 2) / d;
      }
      for (int j = 0; j < d; j++) {
        normed[i * d + j] =
            (x[i * d + j] - mean) / Math.sqrt(square + sizes.layer().epsilon()) * scale[j]
                + shift[j];
      }
    }
    double[] q = dense(normed, layer, "attention.attention.query", length, d);
    double[] k = dense(normed, layer, "attention.attention.key", length, d);
    double[][][] result = new double[sizes.heads()][length][length];
    for (int h = 0; h < sizes.heads(); h++) {
      for (int i = 0; i < length; i++) {
        double sum = 0;
        for (int j = 0; j < length; j++) {
          double score = 0;
          for (int c = h * e; c < (h + 1) * e; c++) {
            score += q[i * d + c] * k[j * d + c];
          }
          result[h][i][j] = Math.exp(score / Math.sqrt(e));
          sum += result[h][i][j];
        }
        for (int j = 0; j < length; j++) {
          result[h][i][j] /= sum;
        }
      }
    }
    return result;
  }

  private static double[] dense(double[] x, int layer, String name, int length, int d) {
    float[] weight = weight(layer, name + ".weight");
    float[] bias = weight(layer, name + ".bias");
    double[] y = new double[length * d];
    for (int i = 0; i < length; i++) {
      for (int out = 0; out < d; out++) {
        y[i * d + out] = bias[out];
        for (int in = 0; in < d; in++) {
          y[i * d + out] += weight[out * d + in] * x[i * d + in];
        }
      }
    }
    return y;
  }

  @ParameterizedTest
  @EnumSource(
      value = Pooling.class,
      names = {"CLS", "POOLER", "MEAN"})
  void aPatchSpeaksAsIfItWereAllThatIsPooled(Pooling pooling) throws Exception {
    try (DualEncoder model = Golden.model(pooling, Pooling.CLS);
        SafetensorsFile pooler = Golden.open("image_pooler.safetensors");
        NDManager scope = model.newScope()) {
      NDArray pixels = Golden.array(scope, forward, "pixel_values");
      NDArray patches_BPD = model.imageEncoder().patchFeatures(pixels);
      Architecture.ImageTower sizes = model.architecture().image();
      int b = (int) pixels.size(0);
      int p = sizes.patches();
      int d = sizes.hidden();
      assertThat(patches_BPD.getShape()).isEqualTo(new Shape(b, p, d));
      float[] last = Golden.floats(forward, "vision.last_hidden_state");
      float[] expected = new float[b * p * d];
      for (int i = 0; i < b; i++) {
        System.arraycopy(last, (i * (p + 1) + 1) * d, expected, i * p * d, p * d);
      }
      if (pooling == Pooling.POOLER) {
        expected = tanhDense(expected, d, pooler);
      }
      float[] actual = patches_BPD.toFloatArray();
      assertThat(Golden.difference(actual, expected)).isLessThanOrEqualTo(1e-5);
      if (pooling == Pooling.MEAN) {
        float[] mean = patches_BPD.mean(new int[] {1}).toFloatArray();
        float[] features = model.imageFeatures(pixels, false).toFloatArray();
        assertThat(Golden.difference(mean, features)).isLessThanOrEqualTo(1e-5);
      }
    }
  }

  private static float[] tanhDense(float[] x, int d, SafetensorsFile pooler) {
    float[] weight = Golden.floats(pooler, "image_encoder.pooler.dense.weight");
    float[] bias = Golden.floats(pooler, "image_encoder.pooler.dense.bias");
    float[] y = new float[x.length];
    for (int n = 0; n < x.length / d; n++) {
      for (int out = 0; out < d; out++) {
        double sum = bias[out];
        for (int in = 0; in < d; in++) {
          sum += weight[out * d + in] * x[n * d + in];
        }
        y[n * d + out] = (float) Math.tanh(sum);
      }
    }
    return y;
  }

  @Test
  void patchEmbeddingsHaveLengthOne() {
    try (DualEncoder model = Golden.model();
        NDManager scope = model.newScope()) {
      NDArray pixels = Golden.array(scope, forward, "pixel_values");
      NDArray patches_BPE = model.patchEmbeddings(pixels);
      int patches = model.architecture().image().patches();
      assertThat(patches_BPE.getShape())
          .isEqualTo(new Shape(pixels.size(0), patches, model.architecture().embeddingSize()));
      NDArray one = model.imageEmbeddings(model.imageEncoder().patchFeatures(pixels).get("2"));
      assertThat(Golden.difference(patches_BPE.get("2").toFloatArray(), one.toFloatArray()))
          .isLessThanOrEqualTo(1e-6);
      for (float length : patches_BPE.norm(new int[] {2}).toFloatArray()) {
        assertThat(length).isCloseTo(1, within(1e-5f));
      }
    }
  }
}
