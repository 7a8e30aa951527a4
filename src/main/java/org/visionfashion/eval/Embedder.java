package org.visionfashion.eval;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BiConsumer;
import org.visionfashion.config.Config;
import org.visionfashion.config.DataConfig;
import org.visionfashion.data.Example;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.data.Progress;
import org.visionfashion.data.image.EvalTransform;
import org.visionfashion.data.image.ImageDecoder;
import org.visionfashion.data.image.Perturbation;
import org.visionfashion.data.loader.Batch;
import org.visionfashion.data.loader.Loader;
import org.visionfashion.data.loader.PixelSource;
import org.visionfashion.data.loader.Tokens;
import org.visionfashion.data.text.Captions;
import org.visionfashion.model.Architecture;
import org.visionfashion.model.DeviceBatch;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.model.EncodingTrial;
import org.visionfashion.weights.checkpoint.Checkpoint;

/**
 * Runs a model over examples, without augmentation and dropout. Unreadable pictures are skipped.
 */
public final class Embedder {

  private final Checkpoint checkpoint;
  private final int batch;
  private final DataConfig data;
  private final Runnable beforeBatch;

  /**
   * Runs {@code checkpoint}.
   *
   * @param batch examples at once
   * @param data threads, prefetch and the share of pictures that may be broken
   */
  public Embedder(Checkpoint checkpoint, int batch, DataConfig data) {
    this(checkpoint, batch, data, () -> {});
  }

  /**
   * Runs a checkpoint that is trained no more, in the type that {@code eval.precision} names; the
   * choice is logged.
   */
  public static Embedder ofTrained(Checkpoint checkpoint, Config config) {
    EncodingTrial.settle(
        checkpoint.model(),
        config.eval().precision(),
        config.eval().batch(),
        checkpoint.description().maxTokens());
    return new Embedder(checkpoint, config.eval().batch(), config.data());
  }

  /**
   * Runs {@code checkpoint} as long as it is wanted.
   *
   * @param beforeBatch what it throws ends the work
   */
  public Embedder(Checkpoint checkpoint, int batch, DataConfig data, Runnable beforeBatch) {
    this.checkpoint = checkpoint;
    this.batch = batch;
    this.data = data;
    this.beforeBatch = beforeBatch;
  }

  /**
   * What the model's image tower makes of pictures, before projection and heads.
   *
   * @param examples N examples that could be read
   * @param features_ND their features
   */
  public record Features(List<Example> examples, float[][] features_ND) {}

  /** The image features of these examples. */
  public Features features(List<Example> examples) {
    List<Example> kept = new ArrayList<>();
    List<float[]> features = new ArrayList<>();
    forEach(
        loader(examples),
        (batchExamples, placed) -> {
          features.addAll(rows(checkpoint.model().imageFeatures(placed.pixels_BCHW(), false)));
          kept.addAll(batchExamples);
        });
    return new Features(kept, features.toArray(float[][]::new));
  }

  /** What the model says about these examples, all of their captions included. */
  public EmbeddingTable table(List<Example> examples) {
    return table(examples, Progress.NONE);
  }

  /** The same; tells how many pictures are done. */
  public EmbeddingTable table(List<Example> examples, Progress progress) {
    Rows rows = new Rows();
    forEach(
        loader(examples),
        (batchExamples, placed) -> {
          rows.addTexts(batchExamples);
          rows.addPictures(batchExamples, placed);
          progress.update(rows.examples.size(), examples.size());
        });
    return rows.table(rows.texts.toArray(float[][]::new));
  }

  /** What the model says about the pictures of these examples; captions are not embedded. */
  public EmbeddingTable pictures(List<Example> examples, Progress progress) {
    Rows rows = new Rows();
    forEach(
        loader(examples),
        (batchExamples, placed) -> {
          rows.addPictures(batchExamples, placed);
          progress.update(rows.examples.size(), examples.size());
        });
    return rows.table(new float[0][]);
  }

  /** Embeddings of sentences, a row of length 1 each. */
  public float[][] texts(List<String> texts) {
    return texts(checkpoint, texts, batch);
  }

  /** Embeddings of sentences by any checkpoint, {@code batch} of them at once. */
  public static float[][] texts(Checkpoint checkpoint, List<String> texts, int batch) {
    List<float[]> rows = new ArrayList<>();
    for (int from = 0; from < texts.size(); from += batch) {
      List<String> some = texts.subList(from, Math.min(from + batch, texts.size()));
      Tokens tokens = checkpoint.tokens(some.stream().map(Captions::normalise).toList());
      try (NDManager scope = checkpoint.model().newScope()) {
        rows.addAll(
            rows(
                checkpoint
                    .model()
                    .textEmbeddings(checkpoint.placement().place(tokens, scope), false)));
      }
    }
    return rows.toArray(float[][]::new);
  }

  /** What the model makes of the names of a scheme, for zero-shot scores. */
  public Prompts prompts(LabelScheme scheme, List<String> templates) {
    Architecture architecture = checkpoint.model().architecture();
    double scale = Math.exp(checkpoint.model().logScale().toFloatArray()[0]);
    // A bias comes from the sigmoid loss, which has no bound.
    return Prompts.of(
        scheme,
        templates,
        this::texts,
        architecture.similarity().bias()
            ? scale
            : Math.min(scale, architecture.similarity().maxScale()));
  }

  /**
   * The table of the same examples with their pictures degraded; captions keep their embeddings.
   *
   * @param table of examples whose pictures could all be read
   * @param progress told how many pictures are done
   */
  public EmbeddingTable degraded(
      EmbeddingTable table, Perturbation perturbation, Progress progress) {
    EvalTransform transform = checkpoint.transform();
    PixelSource source =
        example ->
            perturbation.apply(
                ImageDecoder.decode(example.picture(), data.limits()),
                transform.height(),
                transform.width());
    Rows rows = new Rows();
    forEach(
        loader(table.examples()).source(source),
        (batchExamples, placed) -> {
          rows.addPictures(batchExamples, placed);
          progress.update(rows.examples.size(), table.examples().size());
        });
    return rows.table(table.text_ME());
  }

  /** A table whose logits are computed anew from features that have not changed. */
  public EmbeddingTable withHeads(EmbeddingTable table, Features features) {
    try (NDManager scope = checkpoint.model().newScope()) {
      NDArray features_ND = scope.create(features.features_ND());
      return new EmbeddingTable(
          table.examples(),
          table.image_NE(),
          table.text_ME(),
          categoryRows(features_ND).toArray(float[][]::new),
          attributeRows(features_ND).toArray(float[][]::new));
    }
  }

  private Loader.Builder loader(List<Example> examples) {
    return Loader.builder(examples, checkpoint.transform())
        .inOrder(batch)
        .source(PixelSource.files(data.limits()))
        .workers(data.workers())
        .prefetch(data.prefetch())
        .maxBroken(data.maxBroken());
  }

  private void forEach(Loader.Builder builder, BiConsumer<List<Example>, DeviceBatch> use) {
    try (Loader loader = builder.build()) {
      for (Batch each : loader.epoch(0, 0)) {
        beforeBatch.run();
        try (NDManager scope = checkpoint.model().newScope()) {
          use.accept(each.examples(), checkpoint.placement().place(each, scope));
        }
      }
    }
  }

  /** The table as it grows, batch by batch. */
  private final class Rows {

    private final List<Example> examples = new ArrayList<>();
    private final List<float[]> images = new ArrayList<>();
    private final List<float[]> texts = new ArrayList<>();
    private final List<float[]> categories = new ArrayList<>();
    private final List<float[]> attributes = new ArrayList<>();

    void addTexts(List<Example> batchExamples) {
      List<String> captions =
          batchExamples.stream().flatMap(example -> example.captions().stream()).toList();
      Collections.addAll(texts, Embedder.this.texts(captions));
    }

    void addPictures(List<Example> batchExamples, DeviceBatch placed) {
      DualEncoder model = checkpoint.model();
      NDArray features_BD = model.imageFeatures(placed.pixels_BCHW(), false);
      images.addAll(rows(model.imageEmbeddings(features_BD)));
      if (checkpoint.headsTrained()) {
        categories.addAll(categoryRows(features_BD));
        attributes.addAll(attributeRows(features_BD));
      }
      examples.addAll(batchExamples);
    }

    EmbeddingTable table(float[][] text_ME) {
      return new EmbeddingTable(
          examples,
          images.toArray(float[][]::new),
          text_ME,
          categories.toArray(float[][]::new),
          attributes.toArray(float[][]::new));
    }
  }

  /** No rows where the model has no such head. */
  private List<float[]> categoryRows(NDArray features_BD) {
    DualEncoder model = checkpoint.model();
    return model.architecture().categories() > 0
        ? rows(model.categoryLogits(features_BD))
        : List.of();
  }

  private List<float[]> attributeRows(NDArray features_BD) {
    DualEncoder model = checkpoint.model();
    return model.architecture().attributes() > 0
        ? rows(model.attributeLogits(features_BD))
        : List.of();
  }

  private static List<float[]> rows(NDArray x_BD) {
    int width = Math.toIntExact(x_BD.getShape().get(1));
    float[] flat = x_BD.toFloatArray();
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < flat.length; i += width) {
      rows.add(Arrays.copyOfRange(flat, i, i + width));
    }
    return rows;
  }
}
