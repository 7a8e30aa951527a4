package org.visionfashion;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.visionfashion.base.UserError;
import org.visionfashion.config.Config;
import org.visionfashion.config.ConfigLoader;
import org.visionfashion.config.EncodingPrecision;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.config.RunConfig;
import org.visionfashion.data.FilePicture;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.data.image.EvalTransform;
import org.visionfashion.data.image.ImageDecoder;
import org.visionfashion.data.image.PixelRows;
import org.visionfashion.engine.Machine;
import org.visionfashion.eval.Embedder;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.model.EncodingTrial;
import org.visionfashion.weights.checkpoint.Checkpoint;
import org.visionfashion.weights.pretrained.Models;

/**
 * The door for a Java program: opens a checkpoint folder, encodes pictures and descriptions into
 * one space, predicts category and attributes.
 *
 * <p>Threads: all methods but {@link #close} may be called by several threads at once; each call
 * needs native memory for its own batch of at most 32 inputs, which is free again when it returns.
 * Close the object only after every call has returned.
 */
public final class VisionFashion implements AutoCloseable {

  private static final int BATCH = 32;

  private final Checkpoint checkpoint;
  private final LimitsConfig limits;
  private final Embedder embedder;

  private VisionFashion(Checkpoint checkpoint, LimitsConfig limits, EncodingPrecision precision) {
    this.checkpoint = checkpoint;
    this.limits = limits;
    this.embedder = new Embedder(checkpoint, BATCH, Config.DEFAULT.data());
    EncodingTrial.settle(
        checkpoint.model(), precision, BATCH, checkpoint.description().maxTokens());
  }

  /**
   * Opens a checkpoint folder, {@code checkpoints/<run>/model}, or a folder with a published CLIP
   * or SigLIP, on the first GPU, else on the CPU, with the default limits for pictures.
   *
   * @throws UserError where it is not one
   */
  public static VisionFashion open(Path folder) throws IOException {
    return open(folder, RunConfig.AUTO, LimitsConfig.DEFAULT);
  }

  /**
   * Opens a checkpoint folder, to encode in single precision: the same embeddings whatever types
   * the processor is fast in.
   *
   * @param device one of {@code auto}, {@code cpu}, {@code gpu0}, {@code gpu1}, ...
   * @param limits the largest picture files that are read
   * @throws UserError where it is not a checkpoint folder, or there is no such device
   */
  public static VisionFashion open(Path folder, String device, LimitsConfig limits)
      throws IOException {
    return open(folder, device, limits, EncodingPrecision.FP32);
  }

  /**
   * Opens a checkpoint folder.
   *
   * @param precision the type of the towers' matrix products. {@code AUTO}, for much to encode,
   *     measures for up to two seconds which type is fastest and keeps a cosine above .9999 to
   *     single precision, and logs the choice
   * @throws UserError as {@link #open(Path, String, LimitsConfig)}
   */
  public static VisionFashion open(
      Path folder, String device, LimitsConfig limits, EncodingPrecision precision)
      throws IOException {
    Machine.start();
    Device first = Machine.devices(ConfigLoader.devices("device", device)).get(0);
    return new VisionFashion(Models.open(folder, first), limits, precision);
  }

  /**
   * Embeddings of picture files.
   *
   * @return a row a picture, {@link #embeddingSize} numbers of length 1: the dot product of two
   *     rows is their cosine
   * @throws IOException naming the file that cannot be read
   */
  public float[][] encodeImages(List<Path> files) throws IOException {
    List<float[]> rows = new ArrayList<>();
    for (int start = 0; start < files.size(); start += BATCH) {
      rows.addAll(embeddings(decoded(batch(files, start))));
    }
    return rows.toArray(float[][]::new);
  }

  /** The embedding of a picture that is read from a stream; the stream stays open. */
  public float[] encodeImage(InputStream stream) throws IOException {
    return embeddings(List.of(ImageDecoder.decode(stream, limits, checkpoint.transform()))).get(0);
  }

  /** The embedding of a picture. */
  public float[] encodeImage(BufferedImage image) {
    return embeddings(List.of(ImageDecoder.decode(image))).get(0);
  }

  /** Embeddings of descriptions, as of {@link #encodeImages pictures}. */
  public float[][] encodeTexts(List<String> texts) {
    return embedder.texts(texts);
  }

  /**
   * Category and attributes of picture files.
   *
   * @throws IOException naming the file that cannot be read
   * @throws UserError where the model's heads are not trained
   */
  public List<Prediction> predict(List<Path> files) throws IOException {
    requireHeads();
    List<Prediction> predictions = new ArrayList<>();
    for (int start = 0; start < files.size(); start += BATCH) {
      predictions.addAll(predictions(decoded(batch(files, start))));
    }
    return predictions;
  }

  /**
   * Category and attributes of a picture.
   *
   * @throws UserError where the model's heads are not trained
   */
  public Prediction predict(BufferedImage image) {
    requireHeads();
    return predictions(List.of(ImageDecoder.decode(image))).get(0);
  }

  /** Width of the embeddings. */
  public int embeddingSize() {
    return checkpoint.model().architecture().embeddingSize();
  }

  /** What the model's categories and attributes are called. */
  public LabelScheme labels() {
    return checkpoint
        .description()
        .labels()
        .orElseThrow(() -> new UserError("the model's folder does not name its labels"));
  }

  @Override
  public void close() {
    checkpoint.close();
  }

  private void requireHeads() {
    if (!checkpoint.headsTrained()) {
      throw new UserError("the model's heads are not trained: run ./train finetune first");
    }
  }

  /** Many pictures do not fit into memory: they are decoded as they are needed. */
  private static <T> List<T> batch(List<T> all, int start) {
    return all.subList(start, Math.min(start + BATCH, all.size()));
  }

  private List<PixelRows> decoded(List<Path> files) throws IOException {
    List<PixelRows> pictures = new ArrayList<>();
    for (Path file : files) {
      pictures.add(ImageDecoder.decode(new FilePicture(file), limits, checkpoint.transform()));
    }
    return pictures;
  }

  private List<float[]> embeddings(List<PixelRows> pictures) {
    DualEncoder model = checkpoint.model();
    return withFeatures(pictures, features_BD -> rows(model.imageEmbeddings(features_BD)));
  }

  private List<Prediction> predictions(List<PixelRows> pictures) {
    DualEncoder model = checkpoint.model();
    LabelScheme labels = labels();
    return withFeatures(
        pictures,
        features_BD -> {
          List<float[]> categories_BC =
              labels.categories().isEmpty()
                  ? Collections.nCopies(pictures.size(), new float[0])
                  : rows(model.categoryLogits(features_BD));
          List<float[]> attributes_BA =
              labels.attributeCount() == 0
                  ? Collections.nCopies(pictures.size(), new float[0])
                  : rows(model.attributeLogits(features_BD));
          return IntStream.range(0, pictures.size())
              .mapToObj(i -> prediction(labels, categories_BC.get(i), attributes_BA.get(i)))
              .toList();
        });
  }

  /** Runs the image tower over a batch and hands its features (B, D) on, which end with it. */
  private <T> T withFeatures(List<PixelRows> pictures, Function<NDArray, T> use) {
    EvalTransform transform = checkpoint.transform();
    try (NDManager scope = checkpoint.model().newScope()) {
      NDArray pixels_BCHW =
          checkpoint
              .placement()
              .pixels(
                  transformed(pictures),
                  pictures.size(),
                  transform.height(),
                  transform.width(),
                  scope);
      return use.apply(checkpoint.model().imageFeatures(pixels_BCHW, false));
    }
  }

  private byte[] transformed(List<PixelRows> pictures) {
    EvalTransform transform = checkpoint.transform();
    byte[] pixels_BCHW = new byte[pictures.size() * transform.size()];
    for (int i = 0; i < pictures.size(); i++) {
      transform.apply(pictures.get(i), new SplittableRandom(0), pixels_BCHW, i * transform.size());
    }
    return pixels_BCHW;
  }

  private static List<float[]> rows(NDArray x_BE) {
    float[] flat = x_BE.toFloatArray();
    int width = Math.toIntExact(x_BE.getShape().get(1));
    return IntStream.range(0, flat.length / width)
        .mapToObj(row -> Arrays.copyOfRange(flat, row * width, (row + 1) * width))
        .toList();
  }

  private static Prediction prediction(
      LabelScheme labels, float[] category_C, float[] attribute_A) {
    return new Prediction(
        ranked(labels.categories(), softmax(category_C)),
        ranked(labels.attributes(), sigmoid(attribute_A)));
  }

  private static List<Prediction.Label> ranked(List<String> names, double[] probabilities) {
    return IntStream.range(0, probabilities.length)
        .mapToObj(i -> new Prediction.Label(names.get(i), probabilities[i]))
        .sorted(Comparator.comparingDouble(Prediction.Label::probability).reversed())
        .toList();
  }

  private static double[] softmax(float[] logits) {
    double largest = IntStream.range(0, logits.length).mapToDouble(i -> logits[i]).max().orElse(0);
    double[] weights =
        IntStream.range(0, logits.length).mapToDouble(i -> Math.exp(logits[i] - largest)).toArray();
    double sum = Arrays.stream(weights).sum();
    return Arrays.stream(weights).map(weight -> weight / sum).toArray();
  }

  private static double[] sigmoid(float[] logits) {
    return IntStream.range(0, logits.length)
        .mapToDouble(i -> 1 / (1 + Math.exp(-logits[i])))
        .toArray();
  }
}
