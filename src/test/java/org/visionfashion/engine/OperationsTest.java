package org.visionfashion.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every operation against plain loops in doubles: its result, and the gradient of each floating
 * argument against central differences of the loops.
 */
class OperationsTest {

  private static final double STEP = 1e-5;

  private final Random random = new Random(5);
  private NDManager scope;
  private Operations operations;
  private NDArray type;

  /** An argument; the oracle sees its values, libtorch its array. */
  private record Argument(double[] values, NDArray array, boolean differentiable) {}

  @BeforeEach
  void open() {
    scope = Machine.newManager(TestDevice.get());
    operations = new Operations(TestDevice.get());
    type = constants(MatrixType.FP32.number()).array(); // as the slow mathematics, nearly
  }

  @AfterEach
  void close() {
    operations.close();
    scope.close();
  }

  private Argument tensor(long... shape) {
    float[] values = new float[(int) new Shape(shape).size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return tensor(values, shape);
  }

  private Argument tensor(float[] values, long... shape) {
    NDArray array = NativeArrays.create(scope, values, new Shape(shape));
    array.setRequiresGradient(true);
    double[] doubles = IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    return new Argument(doubles, array, true);
  }

  private static Argument fixed(NDArray array) {
    return new Argument(new double[0], array, false);
  }

  private Argument constants(double... numbers) {
    return fixed(NativeArrays.onHost(scope, DataType.FLOAT32, numbers));
  }

  /**
   * @param oracle from the values of the differentiable arguments, in order, to the result
   */
  private void check(String method, Function<double[][], double[]> oracle, Argument... all) {
    check(method, arrays -> operations.call(method, arrays), oracle, all);
  }

  private void check(
      String method,
      Function<NDArray[], NDArray> operation,
      Function<double[][], double[]> oracle,
      Argument... all) {
    double[][] values =
        Arrays.stream(all)
            .filter(Argument::differentiable)
            .map(Argument::values)
            .toArray(double[][]::new);
    double[] expected = oracle.apply(values);
    float[] weights = new float[expected.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = expected.length == 1 ? 1 : (float) random.nextGaussian();
    }
    try (Gradients recorded = Gradients.record()) {
      NDArray[] arrays = Arrays.stream(all).map(Argument::array).toArray(NDArray[]::new);
      NDArray result = operation.apply(arrays);
      assertThat(result.getManager()).as("belongs to the first argument's").isSameAs(scope);
      close(method, result.toFloatArray(), expected);
      if (expected.length == 1) {
        recorded.backward(result);
      } else {
        recorded.backward(result, NativeArrays.create(scope, weights, result.getShape()));
      }
    }
    UnaryOperator<double[]> weighted =
        ignored -> {
          double[] result = oracle.apply(values);
          double sum = 0;
          for (int i = 0; i < result.length; i++) {
            sum += weights[i] * result[i];
          }
          return new double[] {sum};
        };
    int number = 0;
    for (Argument argument : all) {
      if (argument.differentiable()) {
        double[] gradient = differences(argument.values(), weighted);
        float[] actual = argument.array().getGradient().toFloatArray();
        close(method + ", gradient of argument " + number, actual, gradient);
      }
      number++;
    }
  }

  /** Central differences; {@code at} is moved and put back. */
  private static double[] differences(double[] at, UnaryOperator<double[]> function) {
    double[] gradient = new double[at.length];
    for (int i = 0; i < at.length; i++) {
      double middle = at[i];
      at[i] = middle + STEP;
      double above = function.apply(at)[0];
      at[i] = middle - STEP;
      double below = function.apply(at)[0];
      at[i] = middle;
      gradient[i] = (above - below) / (2 * STEP);
    }
    return gradient;
  }

  private static void close(String what, float[] actual, double[] expected) {
    assertThat(actual).as(what).hasSameSizeAs(expected);
    double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual[i])
          .as(what + ", number " + i)
          .isCloseTo(expected[i], within(2e-5 * Math.max(1, largest)));
    }
  }

  @Test
  void layerNorm() {
    check(
        "layer_norm",
        v -> SlowMath.layerNorm(v[0], v[1], v[2], 0.01f),
        tensor(2, 3, 5),
        tensor(5),
        tensor(5),
        constants(0.01));
  }

  @Test
  void linearAndPoolers() {
    check(
        "linear", v -> SlowMath.linear(v[0], v[1], v[2]), tensor(2, 2, 3), tensor(4, 3), tensor(4));
    check("first_token", v -> firstTokens(v[0], 3, 4), tensor(2, 3, 4));
    check(
        "pooler",
        v ->
            Arrays.stream(SlowMath.linear(firstTokens(v[0], 3, 4), v[1], v[2]))
                .map(Math::tanh)
                .toArray(),
        tensor(2, 3, 4),
        tensor(4, 4),
        tensor(4));
  }

  @Test
  void meanTokenLeavesPaddingOut() {
    check(
        "mean_token",
        v -> {
          double[] y = new double[4];
          for (int d = 0; d < 2; d++) {
            y[d] = (v[0][d] + v[0][2 + d] + v[0][4 + d]) / 3;
            y[2 + d] = v[0][6 + d];
          }
          return y;
        },
        tensor(2, 3, 2),
        fixed(scope.create(new long[] {1, 1, 1, 1, 0, 0}, new Shape(2, 3))));
  }

  private static double[] firstTokens(double[] x, int length, int d) {
    return IntStream.range(0, x.length)
        .filter(i -> i / d % length == 0)
        .mapToDouble(i -> x[i])
        .toArray();
  }

  /** B 2, L 4, D 6, 2 heads, 5 inside: x and the 16 tensors of a layer. */
  private List<Argument> layer() {
    List<Argument> w = new ArrayList<>(List.of(tensor(2, 4, 6)));
    for (int i = 0; i < 4; i++) {
      w.add(shrunk(6, 6));
      w.add(tensor(6));
    }
    w.addAll(List.of(shrunk(5, 6), tensor(5), shrunk(6, 5), tensor(6)));
    w.addAll(List.of(tensor(6), tensor(6), tensor(6), tensor(6)));
    return w;
  }

  private static double[][] weights(double[][] values) {
    return Arrays.copyOfRange(values, 1, values.length);
  }

  /**
   * What {@code layer} makes, behind the inputs and constants of a layer, as the operation takes
   * it.
   */
  private NDArray layer(String method, NDArray... all) {
    int weights = all.length - 16;
    NDArray[] given = Arrays.copyOfRange(all, weights, weights + 12);
    NDList products = operations.callForList("layer_products", with(new NDArray[] {type}, given));
    NDArray[] first = with(Arrays.copyOf(all, weights), products.toArray(NDArray[]::new));
    return operations.call(method, with(first, Arrays.copyOfRange(all, weights + 12, all.length)));
  }

  /** Tokens of two rows of four; where only the first is wanted, the first of each. */
  private static double[] wanted(double[] x, boolean first) {
    return first ? firstTokens(x, 4, 6) : x;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void preNormLayer(boolean first) {
    List<Argument> arguments = layer();
    arguments.add(1, constants(2, 0.01, 0, 0, first ? 1 : 0, 0));
    check(
        "pre_norm_layer",
        all -> layer("pre_norm_layer", all),
        v -> {
          double[][] w = weights(v);
          double[] normed = SlowMath.layerNorm(v[0], w[12], w[13], 0.01f);
          double[] attended = SlowMath.attention(normed, 4, new int[] {4, 4}, 2, w);
          double[] x = SlowMath.add(v[0], attended);
          double[] m = SlowMath.mlp(SlowMath.layerNorm(x, w[14], w[15], 0.01f), w);
          return wanted(SlowMath.add(x, m), first);
        },
        arguments.toArray(Argument[]::new));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void postNormLayerWithPadding(boolean first) {
    List<Argument> arguments = layer();
    NDArray mask = scope.create(new long[] {1, 1, 1, 1, 1, 1, 0, 0}, new Shape(2, 4));
    arguments.add(1, fixed(operations.call("mask_bias", mask)));
    arguments.add(2, constants(2, 0.01, 0, 0, first ? 1 : 0));
    check(
        "post_norm_layer",
        all -> layer("post_norm_layer", all),
        v -> {
          double[][] w = weights(v);
          double[] attended = SlowMath.attention(v[0], 4, new int[] {4, 2}, 2, w);
          double[] x = SlowMath.layerNorm(SlowMath.add(v[0], attended), w[12], w[13], 0.01f);
          double[] y = SlowMath.add(x, SlowMath.mlp(x, w));
          return wanted(SlowMath.layerNorm(y, w[14], w[15], 0.01f), first);
        },
        arguments.toArray(Argument[]::new));
  }

  /** Parts of a batch go back one after the other through what was made for all of them. */
  @Test
  void productsServeSeveralBackwardPasses() {
    Argument weight = tensor(5, 3, 2, 2);
    Argument bias = tensor(5);
    NDArray half = constants(MatrixType.BF16.number()).array();
    try (Gradients recorded = Gradients.record()) {
      NDList products =
          operations.callForList("patch_products", half, weight.array(), bias.array());
      for (int part = 0; part < 3; part++) {
        NDArray single = // in FP32
            operations.call("rows_like", constants(0, 5).array(), products.get(1), bias.array());
        recorded.backward(single, single.onesLike());
      }
    }
    assertThat(bias.array().getGradient().toFloatArray()).containsOnly(3);
  }

  @Test
  void geluIsTheExactOne() {
    // By tables: the approximation by tanh gives 0.8412 and -0.1588 at +-1.
    assertThat(SlowMath.gelu(1)).isCloseTo(0.841345, within(1e-6));
    assertThat(SlowMath.gelu(-1)).isCloseTo(-0.158655, within(1e-6));
    assertThat(SlowMath.gelu(3)).isCloseTo(2.995950, within(1e-6));
  }

  @Test
  void maskBias() {
    NDArray mask = scope.create(new long[] {1, 0, 1, 1}, new Shape(2, 2));
    NDArray bias = operations.call("mask_bias", mask);
    assertThat(bias.getShape()).isEqualTo(new Shape(2, 1, 1, 2));
    assertThat(bias.toFloatArray()).containsExactly(-0f, -Float.MAX_VALUE, -0f, -0f);
  }

  @Test
  void patchEmbeddingIsAConvolution() {
    check(
        "patch_embedding",
        this::patches,
        v -> {
          double[] patches = SlowMath.convolution(v[0], 2, 4, 6, v[1], v[2], 2);
          double[] y = new double[2 * 7 * 5];
          for (int i = 0; i < y.length; i++) {
            int batch = i / 35;
            int token = i / 5 % 7;
            double x = token == 0 ? v[3][i % 5] : patches[(batch * 6 + token - 1) * 5 + i % 5];
            y[i] = x + v[4][i % 35];
          }
          return y;
        },
        tensor(2, 3, 4, 6),
        tensor(5, 3, 2, 2),
        tensor(5),
        tensor(1, 1, 5),
        tensor(1, 7, 5),
        constants(0));
  }

  private NDArray patches(NDArray... all) {
    NDList products = operations.callForList("patch_products", type, all[1], all[2]);
    return operations.call(
        "patch_embedding", all[0], products.get(0), products.get(1), all[3], all[4], all[5]);
  }

  @Test
  void tokenEmbedding() {
    long[] ids = {3, 0, 3, 1, 2, 0};
    long[] types = {0, 0, 1, 0, 1, 1};
    check(
        "token_embedding",
        v -> {
          double[] x = new double[6 * 4];
          for (int i = 0; i < x.length; i++) {
            int word = (int) ids[i / 4];
            int type = (int) types[i / 4];
            int position = i / 4 % 3;
            x[i] = v[0][word * 4 + i % 4] + v[1][type * 4 + i % 4] + v[2][position * 4 + i % 4];
          }
          return SlowMath.layerNorm(x, v[3], v[4], 0.01f);
        },
        fixed(scope.create(ids, new Shape(2, 3))),
        fixed(scope.create(types, new Shape(2, 3))),
        tensor(4, 4),
        tensor(2, 4),
        tensor(5, 4), // more positions than tokens
        tensor(4),
        tensor(4),
        constants(0.01, 0));
  }

  @Test
  void l2Normalise() {
    check(
        "l2_normalise",
        v -> {
          double[] y = new double[6];
          for (int i = 0; i < 6; i++) {
            int row = i / 3 * 3;
            y[i] = v[0][i] / Math.hypot(Math.hypot(v[0][row], v[0][row + 1]), v[0][row + 2]);
          }
          return y;
        },
        tensor(2, 3));
    NDArray zero = scope.zeros(new Shape(1, 3));
    assertThat(operations.call("l2_normalise", zero).toFloatArray()).containsExactly(0, 0, 0);
  }

  private static final long[] CAPTIONS = {0, 1, 0, 3};

  /** All of four rows, the first, those in the middle, the last; with smoothing, with twins. */
  @ParameterizedTest
  @CsvSource({
    "1.5,100,0,false,0,4",
    "5,100,0,false,0,4",
    "0,0.5,0,false,0,4",
    "1.5,100,0,false,0,1",
    "1.5,100,0,false,1,3",
    "3,100,0,false,3,4",
    "1.5,100,0.1,false,0,4",
    "1.5,100,0,true,0,4",
    "1.5,100,0,true,2,3",
    "2,100,0.3,true,0,4",
    "2,100,0.3,true,1,4"
  })
  void infonce(float logScale, double most, double smoothing, boolean twins, int start, int end) {
    float[] scale = {logScale};
    check(
        "infonce",
        v ->
            new double[] {
              SlowMath.infonce(v[0], v[1], CAPTIONS, twins, smoothing, v[2][0], most, start, end)
            },
        constants(start, end),
        shrunk(4, 3),
        shrunk(4, 3),
        fixed(scope.create(CAPTIONS)),
        tensor(scale),
        constants(twins ? 1 : 0, smoothing, most));
  }

  @ParameterizedTest
  @CsvSource({
    "2.3026,-10,0,false,0,4",
    "2.3026,-1,0,false,0,4",
    "1,0.5,0,false,1,3",
    "1,-1,0,true,0,4",
    "1,-1,0,true,2,3",
    "5,-1,0,false,0,4",
    "1,-1,0.2,false,0,4",
    "1,-1,0.2,true,0,3"
  })
  void sigmoidLoss(
      float logScale, float bias, double smoothing, boolean twins, int start, int end) {
    double[][] target = SlowMath.targets(CAPTIONS, twins, smoothing);
    check(
        "sigmoid_loss",
        v -> new double[] {SlowMath.sigmoid(v[0], v[1], target, v[2][0], v[3][0], start, end)},
        constants(start, end),
        shrunk(4, 3),
        shrunk(4, 3),
        fixed(scope.create(CAPTIONS)),
        tensor(new float[] {logScale}),
        tensor(new float[] {bias}),
        constants(twins ? 1 : 0, smoothing, 100));
  }

  /** By pencil: two pairs at similarities 1 and 0, scale e^0 = 1, bias 0. */
  @Test
  void lossesOfPairsByPencil() {
    NDArray eye = scope.eye(2);
    NDArray[] all = {
      constants(0, 2).array(), eye, eye, scope.create(new long[] {0, 1}), scope.zeros(new Shape())
    };
    NDArray constants = constants(0, 0, 100).array();
    double softmax = Math.log(1 + Math.exp(-1)); // -log(e / (e + 1)), both ways, both rows
    assertThat((double) operations.call("infonce", with(all, constants)).toFloatArray()[0])
        .isCloseTo(softmax, within(1e-6));
    double sigmoid = Math.log(1 + Math.exp(-1)) + Math.log(2); // -log s(1) - log s(-0)
    NDArray bias = scope.zeros(new Shape());
    assertThat(
            (double) operations.call("sigmoid_loss", with(all, bias, constants)).toFloatArray()[0])
        .isCloseTo(sigmoid, within(1e-6));
  }

  private static NDArray[] with(NDArray[] first, NDArray... more) {
    return Stream.concat(Arrays.stream(first), Arrays.stream(more)).toArray(NDArray[]::new);
  }

  /** Products as small as those of embeddings, so that no softmax is saturated. */
  private Argument shrunk(int rows, int columns) {
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (0.2 * random.nextGaussian());
    }
    return tensor(values, rows, columns);
  }

  @ParameterizedTest
  @CsvSource({"0,5", "0,2", "1,2", "2,5"})
  void categoryLossLeavesOutWhatIsNotLabelled(int start, int end) {
    int[] classes = {2, -1, 0, 1, -1};
    NDArray labels = scope.create(Arrays.stream(classes).asLongStream().toArray());
    int[] ofPart = Arrays.copyOfRange(classes, start, end);
    check(
        "category_loss",
        v -> new double[] {SlowMath.crossEntropy(v[0], ofPart) * SlowMath.labelled(ofPart) / 3},
        constants(start, end),
        tensor(end - start, 3),
        fixed(labels));
  }

  @ParameterizedTest
  @CsvSource({"1,0,3", "2.5,0,3", "2.5,0,1", "2.5,1,3", "3,2,3"})
  void attributeLossLeavesOutWhatIsNotLabelled(double positiveWeight, int start, int end) {
    int[] each = {1, 0, -1, -1, 1, 1, 0, -1, -1, -1, -1, -1};
    float[] floats = new float[each.length];
    for (int i = 0; i < each.length; i++) {
      floats[i] = each[i];
    }
    int[] ofPart = Arrays.copyOfRange(each, 4 * start, 4 * end);
    check(
        "attribute_loss",
        v ->
            new double[] {
              SlowMath.binaryCrossEntropy(v[0], ofPart, positiveWeight)
                  * SlowMath.labelled(ofPart)
                  / 5
            },
        constants(start, end),
        tensor(end - start, 4),
        fixed(scope.create(floats, new Shape(3, 4))),
        constants(positiveWeight));
  }

  @Test
  void lossesOfNothingAreZeroAndSoAreTheirGradients() {
    check(
        "category_loss",
        v -> new double[1],
        constants(0, 2),
        tensor(2, 3),
        fixed(scope.create(new long[] {-1, -1})));
    check(
        "attribute_loss",
        v -> new double[1],
        constants(0, 1),
        tensor(1, 2),
        fixed(scope.create(new float[] {-1, -1}, new Shape(1, 2))),
        constants(3));
  }

  @Test
  void rowsOfAPartAndTheirWayBack() {
    check("rows", v -> Arrays.copyOfRange(v[0], 2, 6), constants(1, 3), tensor(4, 2));
    NDArray target = scope.zeros(new Shape(4, 2));
    NDArray source = scope.ones(new Shape(2, 2));
    operations.call("store", constants(1, 3).array(), target, source);
    assertThat(target.toFloatArray()).containsExactly(0, 0, 1, 1, 1, 1, 0, 0);
  }

  @Test
  void innerProductsPassGradientsOn() {
    Argument a = tensor(2, 3);
    Argument b = tensor(2);
    NDArray gradientA = tensor(4, 3).array();
    NDArray gradientB = tensor(4).array();
    double expected = 0;
    for (int i = 0; i < 6; i++) {
      expected += a.values()[i] * gradientA.toFloatArray()[3 + i];
    }
    for (int i = 0; i < 2; i++) {
      expected += b.values()[i] * gradientB.toFloatArray()[1 + i];
    }
    try (Gradients recorded = Gradients.record()) {
      NDArray sum =
          operations.innerProducts(
              constants(1, 3).array(),
              new NDList(a.array(), b.array()),
              new NDList(gradientA.stopGradient(), gradientB.stopGradient()));
      close("inner products", sum.toFloatArray(), new double[] {expected});
      recorded.backward(sum);
    }
    assertThat(a.array().getGradient().toFloatArray())
        .isEqualTo(Arrays.copyOfRange(gradientA.toFloatArray(), 3, 9));
    assertThat(b.array().getGradient().toFloatArray())
        .isEqualTo(Arrays.copyOfRange(gradientB.toFloatArray(), 1, 3));
  }

  @Test
  void weightedSum() {
    check(
        "weighted_sum",
        v -> new double[] {2 * v[0][0] - 0.5 * v[1][0]},
        tensor(),
        tensor(),
        constants(2, -0.5));
  }

  @Test
  void normalisedPixels() {
    byte[] bytes = new byte[2 * 3 * 256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    Shape shape = new Shape(2, 3, 16, 16);
    NDArray pixels = scope.create(ByteBuffer.wrap(bytes), shape, DataType.UINT8);
    float[] mean = {0.1f, 0.5f, 0.9f};
    float[] std = {0.2f, 0.25f, 1};
    float[] y =
        operations
            .call(
                "normalise_pixels",
                pixels,
                NativeArrays.create(scope, mean, new Shape(3, 1, 1)),
                NativeArrays.create(scope, std, new Shape(3, 1, 1)))
            .toFloatArray();
    for (int i = 0; i < y.length; i++) {
      int channel = i / 256 % 3;
      double expected = (i % 256 / 255.0 - mean[channel]) / std[channel];
      assertThat((double) y[i]).isCloseTo(expected, within(2e-6));
    }
  }

  /** All ones before dropout, (B, 1 + 20, 50). */
  private float[] droppedOnes(double probability) {
    NDArray constants = NativeArrays.onHost(scope, DataType.FLOAT32, probability);
    NDArray pixels = scope.zeros(new Shape(40, 1, 4, 5));
    return operations
        .call(
            "patch_embedding",
            pixels,
            scope.zeros(new Shape(50, 1, 1, 1)),
            scope.ones(new Shape(50)),
            scope.ones(new Shape(1, 1, 50)),
            scope.zeros(new Shape(1, 21, 50)),
            constants)
        .toFloatArray();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 0.8})
  void dropoutKeepsTheExpectation(double probability) {
    Machine.seed(3, 1, 0);
    float[] y = droppedOnes(probability);
    float kept = (float) (1 / (1 - probability));
    double mean = 0;
    for (float each : y) {
      assertThat(each == 0 || Math.abs(each - kept) < 1e-6).isTrue();
      mean += each / y.length;
    }
    double deviation = Math.sqrt(probability / (1 - probability) / y.length);
    assertThat(mean).isCloseTo(1, within(5 * deviation));
  }

  @Test
  void dropoutIsReplayedBySeedStepAndPart() {
    Machine.seed(3, 7, 0);
    float[] first = droppedOnes(0.5);
    assertThat(droppedOnes(0.5)).as("another draw").isNotEqualTo(first);
    Machine.seed(3, 7, 0);
    assertThat(droppedOnes(0.5)).isEqualTo(first);
    Machine.seed(3, 8, 0);
    assertThat(droppedOnes(0.5)).isNotEqualTo(first);
    Machine.seed(4, 7, 0);
    assertThat(droppedOnes(0.5)).isNotEqualTo(first);
    Machine.seed(3, 7, 1);
    assertThat(droppedOnes(0.5)).isNotEqualTo(first);
  }

  @Test
  void nothingIsRecordedUnlessAskedFor() throws InterruptedException {
    Argument weight = tensor(2, 3);
    NDArray x = scope.ones(new Shape(1, 3));
    NDArray bias = scope.zeros(new Shape(2));
    List<NDArray> results = new ArrayList<>();
    Runnable call = () -> results.add(operations.call("linear", x, weight.array(), bias));
    call.run();
    Thread thread = new Thread(call); // libtorch records in every new thread
    thread.start();
    thread.join();
    try (Gradients recorded = Gradients.record()) {
      for (NDArray result : results) {
        assertThatThrownBy(() -> recorded.backward(result, result.onesLike()))
            .isInstanceOf(EngineException.class)
            .hasMessageContaining("does not require grad");
      }
      call.run();
      recorded.backward(results.get(2), results.get(2).onesLike());
    }
    assertThat(weight.array().getGradient().toFloatArray()).containsOnly(1);
  }

  @Test
  void theSameCallGivesTheSameBitsFirstAndLater() {
    List<Argument> arguments = layer();
    arguments.add(1, constants(2, 0.01, 0, 0, 0, 0));
    NDArray[] arrays = arguments.stream().map(Argument::array).toArray(NDArray[]::new);
    List<float[]> gradients = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      try (Gradients recorded = Gradients.record()) {
        NDArray y = layer("pre_norm_layer", arrays);
        recorded.backward(y, y.onesLike());
      }
      float[] gradient = arrays[0].getGradient().toFloatArray();
      operations.assign(arrays[0].getGradient(), new float[gradient.length]);
      gradients.add(gradient);
    }
    assertThat(gradients).allSatisfy(each -> assertThat(each).isEqualTo(gradients.get(0)));
  }

  @Test
  void assignWritesIntoTheTensorsOwnMemory() {
    NDArray x = scope.zeros(new Shape(2, 2));
    x.setRequiresGradient(true);
    NDArray view = x.reshape(4);
    operations.assign(x, new float[] {1, 2, 3, 4});
    assertThat(x.toFloatArray()).containsExactly(1, 2, 3, 4);
    assertThat(view.toFloatArray()).as("a view of the same memory").containsExactly(1, 2, 3, 4);
    assertThat(x.hasGradient()).isTrue();
  }
}
