package org.visionfashion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.data.image.EvalTransform;
import org.visionfashion.data.image.ImageDecoder;
import org.visionfashion.data.image.Pixels;
import org.visionfashion.data.loader.Tokens;
import org.visionfashion.data.text.Captions;
import org.visionfashion.engine.Machine;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.weights.Checkpoint;
import org.visionfashion.weights.WeightsException;

/**
 * The door for a Java program: opens a checkpoint folder, encodes pictures and descriptions into
 * one space, names category and attributes. Safe for use by several threads until it is closed.
 */
public final class VisionFashion implements AutoCloseable {

  private static final int BATCH = 32;

  private final Checkpoint checkpoint;

  private VisionFashion(Checkpoint checkpoint) {
    this.checkpoint = checkpoint;
  }

  /**
   * Opens a checkpoint folder, {@code checkpoints/<run>/model}.
   *
   * @throws WeightsException where it is not one
   */
  public static VisionFashion open(Path folder) throws IOException {
    return new VisionFashion(Checkpoint.open(folder, Machine.bestDevice()));
  }

  /**
   * Embeddings of picture files.
   *
   * @return a row a picture, {@link #embeddingSize} numbers of length 1: the dot product of two
   *     rows is their cosine
   * @throws IOException naming the file that cannot be read
   */
  public float[][] encodeImages(List<Path> files) throws IOException {
    return inBatches(decoded(files), this::embeddings);
  }

  /** The embedding of a picture that is read from a stream; the stream stays open. */
  public float[] encodeImage(InputStream stream) throws IOException {
    return inBatches(List.of(ImageDecoder.decode(stream)), this::embeddings)[0];
  }

  /** The embedding of a picture. */
  public float[] encodeImage(BufferedImage image) {
    return inBatches(List.of(ImageDecoder.decode(image)), this::embeddings)[0];
  }

  /** Embeddings of descriptions, as of {@link #encodeImages pictures}. */
  public float[][] encodeTexts(List<String> texts) {
    float[][] embeddings_NE = new float[texts.size()][];
    for (int start = 0; start < texts.size(); start += BATCH) {
      List<String> batch =
          texts.subList(start, Math.min(start + BATCH, texts.size())).stream()
              .map(Captions::normalise)
              .toList();
      Tokens tokens = checkpoint.tokens(batch);
      try (NDManager scope = checkpoint.model().newScope()) {
        NDArray rows_BE =
            checkpoint.model().textEmbeddings(checkpoint.placement().place(tokens, scope), false);
        copyRows(rows_BE, embeddings_NE, start);
      }
    }
    return embeddings_NE;
  }

  /**
   * Category and attributes of picture files.
   *
   * @throws IOException naming the file that cannot be read
   * @throws WeightsException where the model's heads are not trained
   */
  public List<Prediction> predict(List<Path> files) throws IOException {
    return predictions(decoded(files));
  }

  /** Category and attributes of a picture. */
  public Prediction predict(BufferedImage image) {
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
        .orElseThrow(() -> new WeightsException("the model's folder does not name its labels"));
  }

  @Override
  public void close() {
    checkpoint.close();
  }

  private static List<Pixels> decoded(List<Path> files) throws IOException {
    List<Pixels> pictures = new ArrayList<>();
    for (Path file : files) {
      pictures.add(ImageDecoder.decode(file));
    }
    return pictures;
  }

  private List<Prediction> predictions(List<Pixels> pictures) {
    if (!checkpoint.headsTrained()) {
      throw new WeightsException("the model's heads are not trained: ./train finetune does that");
    }
    DualEncoder model = checkpoint.model();
    LabelScheme labels = labels();
    float[][] categories =
        labels.categories().isEmpty()
            ? new float[pictures.size()][0]
            : inBatches(pictures, model::categoryLogits);
    float[][] attributes =
        labels.attributeCount() == 0
            ? new float[pictures.size()][0]
            : inBatches(pictures, model::attributeLogits);
    return IntStream.range(0, pictures.size())
        .mapToObj(
            i ->
                new Prediction(
                    ranked(labels.categories(), softmax(categories[i])),
                    ranked(labels.attributes(), sigmoid(attributes[i]))))
        .toList();
  }

  /** Something that the model makes of image features (B, D), a row a picture. */
  private interface Head {
    NDArray of(NDArray features_BD);
  }

  private NDArray embeddings(NDArray features_BD) {
    return checkpoint.model().imageEmbeddings(features_BD);
  }

  private float[][] inBatches(List<Pixels> pictures, Head head) {
    float[][] rows = new float[pictures.size()][];
    for (int start = 0; start < pictures.size(); start += BATCH) {
      List<Pixels> batch = pictures.subList(start, Math.min(start + BATCH, pictures.size()));
      try (NDManager scope = checkpoint.model().newScope()) {
        EvalTransform transform = checkpoint.transform();
        NDArray pixels_BCHW =
            checkpoint
                .placement()
                .pixels(
                    transformed(batch), batch.size(), transform.height(), transform.width(), scope);
        copyRows(head.of(checkpoint.model().imageFeatures(pixels_BCHW, false)), rows, start);
      }
    }
    return rows;
  }

  private byte[] transformed(List<Pixels> pictures) {
    EvalTransform transform = checkpoint.transform();
    byte[] pixels_BCHW = new byte[pictures.size() * transform.size()];
    for (int i = 0; i < pictures.size(); i++) {
      transform.apply(pictures.get(i), new SplittableRandom(0), pixels_BCHW, i * transform.size());
    }
    return pixels_BCHW;
  }

  private static void copyRows(NDArray rows, float[][] target, int start) {
    float[] flat = rows.toFloatArray();
    int width = Math.toIntExact(rows.getShape().get(1));
    for (int i = 0; i * width < flat.length; i++) {
      target[start + i] = Arrays.copyOfRange(flat, i * width, (i + 1) * width);
    }
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
