package org.visionfashion.weights.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.Soak;
import org.visionfashion.config.Binder;
import org.visionfashion.config.MicroBatch;
import org.visionfashion.config.ModelConfig.Activation;
import org.visionfashion.config.ModelConfig.Pooling;
import org.visionfashion.config.ModelConfig.Resampling;
import org.visionfashion.config.ObjectiveConfig;
import org.visionfashion.config.OptimizerConfig;
import org.visionfashion.data.Example;
import org.visionfashion.data.Split;
import org.visionfashion.data.loader.Batch;
import org.visionfashion.engine.MatrixType;
import org.visionfashion.engine.TestDevice;
import org.visionfashion.model.Architecture;
import org.visionfashion.model.DeviceBatch;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.model.Golden;
import org.visionfashion.model.NoiseInputs;
import org.visionfashion.model.Tokens;
import org.visionfashion.nn.EncoderLayer.Sizes;
import org.visionfashion.nn.RandomValues;
import org.visionfashion.train.AdamW;
import org.visionfashion.train.BatchLoss;
import org.visionfashion.train.ContrastiveObjective;
import org.visionfashion.train.PixelFeed;
import org.visionfashion.weights.checkpoint.Checkpoint;
import org.visionfashion.weights.checkpoint.ModelDescription;
import org.visionfashion.weights.checkpoint.ModelFolder;
import org.visionfashion.weights.convert.Conversion;
import org.visionfashion.weights.convert.Format;
import org.visionfashion.weights.pretrained.Models;
import org.visionfashion.weights.pretrained.PublishedClip;

/**
 * A CLIP of random weights, written as Hugging Face has it, opened, fine-tuned by a step, exported,
 * and run by ONNX Runtime beside the model itself. {@code -DclipFolder=DIR} keeps the files.
 */
class ClipSizesTest {

  private static final OptimizerConfig ADAMW =
      Binder.of(OptimizerConfig.class, "lr=1e-5", "schedule=constant", "warmup=0");
  private static final List<Double> MEAN = List.of(0.48145466, 0.4578275, 0.40821073);
  private static final List<Double> STD = List.of(0.26862954, 0.26130258, 0.27577711);
  private static final int END = 813; // of the small tokenizer

  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  @TempDir private Path temporary;
  private Path folder;

  @BeforeEach
  void place() throws IOException {
    folder = Files.createDirectories(Path.of(System.getProperty("clipFolder", "" + temporary)));
  }

  private record Tower(int width, int layers) {

    Sizes layer() {
      return new Sizes(
          width,
          width / 64,
          4 * width,
          Activation.QUICK_GELU,
          Architecture.ImageTower.CLIP_EPSILON,
          0);
    }
  }

  private static Architecture clip(int side, Tower image, Tower text, int words, int embedding) {
    return new Architecture(
        new Architecture.ImageTower(
            new Architecture.PatchGrid(side, side, 32),
            image.layers(),
            image.layer(),
            Architecture.Stem.CLIP,
            Pooling.CLS,
            Architecture.Projection.WITHOUT_BIAS),
        new Architecture.TextTower(
            new Architecture.Vocabulary(words, 77, 0, END),
            text.layers(),
            text.layer(),
            Architecture.TextLayers.CAUSAL,
            Pooling.END_OF_TEXT,
            Architecture.Projection.WITHOUT_BIAS),
        embedding,
        0,
        0,
        Architecture.Similarity.USUAL);
  }

  /** The twin of the long test. */
  @Test
  void aSmallOne() throws Exception {
    endToEnd(clip(64, new Tower(128, 2), new Tower(64, 2), 900, 64), 4, 3);
  }

  /** The sizes of CLIP ViT-B/32 (Radford et al. 2021, table 20): 151 million weights. */
  @Test
  @Tag(Soak.TAG)
  void oneOfTheTrueSizes() throws Exception {
    Soak.summary(endToEnd(clip(224, new Tower(768, 12), new Tower(512, 12), 49_408, 512), 16, 7));
  }

  private String endToEnd(Architecture sizes, int batch, int turns) throws Exception {
    Path published = write(sizes);
    Path own = folder.resolve("tuned");
    double openSeconds;
    double stepSeconds;
    long start = System.nanoTime();
    try (Checkpoint checkpoint = Models.open(published, TestDevice.get())) {
      openSeconds = seconds(start);
      assertThat(checkpoint.model().architecture()).isEqualTo(sizes);
      NDArray projection = checkpoint.model().parameters().get("image_projection.weight");
      float[] before = projection.toFloatArray();
      stepSeconds = step(checkpoint, batch);
      assertThat(Golden.difference(projection.toFloatArray(), before)).isBetween(1e-6, 1e-4);
      checkpoint.write(own, checkpoint.description(), "");
    }
    Conversion.run(own, folder.resolve("onnx"), Format.ONNX, false);
    try (Checkpoint checkpoint = Models.open(own, TestDevice.get())) {
      checkpoint.model().encodeIn(MatrixType.FP32);
      String rates = compare(checkpoint.model(), batch, turns);
      return String.format(
          Locale.ROOT,
          "CLIP of %,d weights: opened in %.2f s, a step of %d pairs %.2f s (the second)%s",
          checkpoint.model().parameterCount(),
          openSeconds,
          batch,
          stepSeconds,
          rates);
    }
  }

  private Path write(Architecture sizes) throws IOException {
    Path published = folder.resolve("clip");
    if (Files.exists(published)) {
      return published;
    }
    Path own = folder.resolve("random");
    try (DualEncoder model =
        new DualEncoder(sizes, TestDevice.get(), RandomValues.forWidth(1, sizes.text().hidden()))) {
      ModelDescription description =
          new ModelDescription(
              sizes, MEAN, STD, Resampling.BICUBIC, 77, Optional.empty(), Map.of());
      String tokenizer = Files.readString(PublishedClip.golden("bpe/tokenizer.json"));
      ModelFolder.write(own, description, model.parameters(), tokenizer, "");
    }
    Conversion.run(own, published, Format.HF_CLIP, false);
    return published;
  }

  /** Seconds of the second of two steps; the first warms up. */
  private static double step(Checkpoint checkpoint, int batch) {
    DualEncoder model = checkpoint.model();
    double seconds = 0;
    try (BatchLoss<DeviceBatch> loss =
            new BatchLoss<>(
                model, new ContrastiveObjective(model, ObjectiveConfig.INFONCE), MicroBatch.WHOLE);
        AdamW optimizer = new AdamW(model.operations(), model.newScope(), loss.trained(), ADAMW)) {
      for (int i = 0; i < 2; i++) {
        long start = System.nanoTime();
        try (PixelFeed.PixelMinibatch noise =
            new PixelFeed.PixelMinibatch(
                0, noise(model.architecture(), batch), checkpoint.placement(), Optional.empty())) {
          assertThat(loss.differentiate(noise, 1, i, 1)).isBetween(0.1, 20.0);
          optimizer.step(ADAMW.lr(), optimizer.gradientNorm(), 1);
        }
        seconds = seconds(start);
      }
    }
    return seconds;
  }

  private static Batch noise(Architecture sizes, int batch) {
    int length = sizes.text().vocabulary().positions();
    Random random = new Random(1);
    byte[] pixels_BCHW = new byte[batch * 3 * sizes.image().height() * sizes.image().width()];
    random.nextBytes(pixels_BCHW);
    long[] ids_BL =
        random.longs((long) batch * length, END + 1, sizes.text().vocabulary().tokens()).toArray();
    long[] mask_BL = new long[ids_BL.length];
    Arrays.fill(mask_BL, 1);
    for (int last = length - 1; last < ids_BL.length; last += length) {
      ids_BL[last] = END;
    }
    return new Batch(
        Collections.nCopies(
            batch, new Example("", Path.of(""), "", 0, new byte[0], "", Split.TRAIN)),
        sizes.image().height(),
        sizes.image().width(),
        pixels_BCHW,
        length,
        ids_BL,
        mask_BL,
        random.longs(batch).toArray(),
        new byte[batch]);
  }

  /** Equal embeddings; then so many turns of each, of one input and of a batch. */
  private String compare(DualEncoder model, int batch, int turns) throws Exception {
    StringBuilder rates = new StringBuilder();
    Path onnx = folder.resolve("onnx");
    try (OrtSession vision = session(onnx.resolve(OnnxFolder.VISION));
        OrtSession text = session(onnx.resolve(OnnxFolder.TEXT))) {
      for (int count : new int[] {1, batch}) {
        try (NDManager scope = model.newScope()) {
          NDArray pixels = NoiseInputs.pixels(model.architecture(), count, scope);
          Tokens words = NoiseInputs.tokens(model.architecture(), count, 77, scope);
          float[] flat = pixels.toFloatArray();
          long[] ids = words.ids_BL().toLongArray();
          OrtEnvironment ort = OrtEnvironment.getEnvironment();
          long[] shape = pixels.getShape().getShape();
          rates.append(
              turns(
                  "pictures, %d at once:".formatted(count),
                  turns,
                  count,
                  () -> model.imageEmbeddings(model.imageFeatures(pixels, false)).toFloatArray(),
                  () ->
                      run(
                          vision,
                          "pixel_values",
                          OnnxTensor.createTensor(ort, FloatBuffer.wrap(flat), shape))));
          rates.append(
              turns(
                  "texts, %d at once:".formatted(count),
                  turns,
                  count,
                  () -> model.textEmbeddings(words, false).toFloatArray(),
                  () ->
                      run(
                          text,
                          "input_ids",
                          OnnxTensor.createTensor(
                              ort, LongBuffer.wrap(ids), new long[] {count, 77}))));
        }
      }
    }
    return rates.toString();
  }

  /** As many threads as libtorch has; waiting ones sleep, as ours do, and disturb nobody's turn. */
  private static OrtSession session(Path file) throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(Runtime.getRuntime().availableProcessors());
    options.addConfigEntry("session.intra_op.allow_spinning", "0");
    return OrtEnvironment.getEnvironment().createSession(file.toString(), options);
  }

  private static float[] run(OrtSession session, String input, OnnxTensor values)
      throws OrtException {
    try (values;
        OrtSession.Result result = session.run(Map.of(input, values))) {
      FloatBuffer embeddings = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] flat = new float[embeddings.remaining()];
      embeddings.get(flat);
      return flat;
    }
  }

  /**
   * Medians and quartiles of ONNX Runtime's time by ours, turn by turn; the same of processor time,
   * which what else runs on the machine disturbs less.
   */
  private static String turns(
      String what, int turns, int count, Callable<float[]> ours, Callable<float[]> theirs)
      throws Exception {
    assertThat(Golden.difference(ours.call(), theirs.call())).isLessThanOrEqualTo(1e-4);
    double[] seconds = new double[turns];
    double[] ratios = new double[turns];
    double[] processor = new double[turns];
    for (int i = 0; i < turns; i++) {
      double[] both = new double[2];
      double[] busy = new double[2];
      for (int j = 0; j < 2; j++) { // who goes first alternates
        int who = (i + j) % 2;
        long before = PROCESS.getProcessCpuTime();
        long start = System.nanoTime();
        (who == 0 ? ours : theirs).call();
        both[who] = seconds(start);
        busy[who] = PROCESS.getProcessCpuTime() - before;
      }
      seconds[i] = both[0];
      ratios[i] = both[1] / both[0];
      processor[i] = busy[1] / busy[0];
    }
    Arrays.sort(seconds);
    return String.format(
        Locale.ROOT,
        "%n  %s %.1f a second, %s of ONNX Runtime's, by processor time %s",
        what,
        count / seconds[turns / 2],
        quartiles(ratios),
        quartiles(processor));
  }

  private static String quartiles(double[] values) {
    Arrays.sort(values);
    return String.format(
        Locale.ROOT,
        "%.2f (%.2f to %.2f)",
        values[values.length / 2],
        values[values.length / 4],
        values[values.length - 1 - values.length / 4]);
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
