package org.visionfashion.report.attention;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.config.ModelConfig.Pooling;
import org.visionfashion.data.Example;
import org.visionfashion.data.image.EvalTransform;
import org.visionfashion.data.image.ImageDecoder;
import org.visionfashion.data.image.Pixels;
import org.visionfashion.model.Architecture;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.report.picture.Pictures;
import org.visionfashion.weights.checkpoint.Checkpoint;

/**
 * A picture as the model sees it, and where it looks.
 *
 * @param caption of the picture
 * @param picture the part of the picture that reaches the model
 * @param rollout how much of each patch is in the image features
 * @param similarity the cosine of each patch with the picture's caption
 */
public record AttentionMaps(
    String caption, BufferedImage picture, PatchMap rollout, PatchMap similarity) {

  private static final int SHOWN_HEIGHT = 216;

  /** Looks at a captioned picture; nothing where the file cannot be read. */
  public static Optional<AttentionMaps> of(
      Checkpoint checkpoint, Example example, LimitsConfig limits) {
    Pixels pixels;
    try {
      pixels = ImageDecoder.decode(example.picture(), limits);
    } catch (IOException e) {
      return Optional.empty();
    }
    DualEncoder model = checkpoint.model();
    EvalTransform transform = checkpoint.transform();
    byte[] pixels_CHW = transformed(pixels, transform);
    try (NDManager scope = model.newScope()) {
      NDArray pixels_1CHW =
          checkpoint
              .placement()
              .pixels(pixels_CHW, 1, transform.height(), transform.width(), scope);
      NDArray text_1E =
          model.textEmbeddings(
              checkpoint.placement().place(checkpoint.tokens(List.of(example.caption())), scope),
              false);
      Architecture.ImageTower sizes = model.architecture().image();
      return Optional.of(
          new AttentionMaps(
              example.caption(),
              shown(pixels, transform),
              map(sizes, rollout(model, pixels_1CHW)),
              map(sizes, similarity(model, pixels_1CHW, text_1E))));
    }
  }

  /** Bright where the features come from. */
  public BufferedImage rolloutOverlay() {
    return rollout.over(picture);
  }

  /** Bright where the picture is like its caption. */
  public BufferedImage similarityOverlay() {
    return similarity.over(picture);
  }

  private static byte[] transformed(Pixels pixels, EvalTransform transform) {
    byte[] pixels_CHW = new byte[transform.size()];
    transform.apply(pixels, new SplittableRandom(0), pixels_CHW, 0);
    return pixels_CHW;
  }

  /** The same part at a size to look at. */
  private static BufferedImage shown(Pixels pixels, EvalTransform transform) {
    int width = Math.max(1, SHOWN_HEIGHT * transform.width() / transform.height());
    EvalTransform larger =
        new EvalTransform(SHOWN_HEIGHT, width, transform.resampling(), transform.mode());
    return Pictures.image(transformed(pixels, larger), width, SHOWN_HEIGHT);
  }

  private static PatchMap map(Architecture.ImageTower sizes, double[] value_P) {
    return new PatchMap(sizes.height() / sizes.patch(), sizes.width() / sizes.patch(), value_P);
  }

  private static double[] rollout(DualEncoder model, NDArray pixels_1CHW) {
    List<float[][][]> weights_HLL = new ArrayList<>();
    for (NDArray weights_1HLL : model.imageEncoder().attention(pixels_1CHW)) {
      weights_HLL.add(heads(weights_1HLL));
    }
    Architecture.ImageTower sizes = model.architecture().image();
    double[] share_L = Rollout.of(weights_HLL, pooled(sizes));
    return Arrays.copyOfRange(share_L, sizes.tokens() - sizes.patches(), share_L.length);
  }

  /** The first token, or the mean of the patches. */
  private static double[] pooled(Architecture.ImageTower sizes) {
    double[] pooled_L = new double[sizes.tokens()];
    if (sizes.pooling() == Pooling.MEAN || sizes.pooling() == Pooling.ATTENTION) {
      int patches = sizes.patches();
      Arrays.fill(pooled_L, pooled_L.length - patches, pooled_L.length, 1.0 / patches);
    } else {
      pooled_L[0] = 1;
    }
    return pooled_L;
  }

  private static float[][][] heads(NDArray weights_1HLL) {
    int heads = (int) weights_1HLL.getShape().get(1);
    int length = (int) weights_1HLL.getShape().get(2);
    float[] flat = weights_1HLL.toFloatArray();
    float[][][] weights_HLL = new float[heads][length][];
    for (int row = 0; row < heads * length; row++) {
      weights_HLL[row / length][row % length] =
          Arrays.copyOfRange(flat, row * length, (row + 1) * length);
    }
    return weights_HLL;
  }

  private static double[] similarity(DualEncoder model, NDArray pixels_1CHW, NDArray text_1E) {
    float[] patch_PE = model.patchEmbeddings(pixels_1CHW).toFloatArray();
    float[] text_E = text_1E.toFloatArray();
    double[] cosine_P = new double[patch_PE.length / text_E.length];
    for (int i = 0; i < patch_PE.length; i++) {
      cosine_P[i / text_E.length] += patch_PE[i] * text_E[i % text_E.length];
    }
    return cosine_P;
  }
}
