package org.visionfashion.data.djl;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.RandomAccessDataset;
import ai.djl.training.dataset.Record;
import ai.djl.translate.PaddingStackBatchifier;
import ai.djl.util.Progress;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Example;
import org.visionfashion.data.Split;
import org.visionfashion.data.image.Pixels;
import org.visionfashion.data.image.Transform;
import org.visionfashion.data.loader.PixelSource;
import org.visionfashion.data.loader.TextEncoder;
import org.visionfashion.data.loader.Tokens;

/**
 * Examples as a DJL data set, for any DJL program; the project's own training reads them through
 * {@link org.visionfashion.data.loader.Loader}.
 *
 * <p>Data of a record: the picture, float32 (3, H, W) in [0, 1]; with a tokenizer also the token
 * ids and their mask, int64 (L). Labels: the category, int64 scalar, and the attributes, float32
 * (A); -1 = not labelled. Token ids of a batch are padded to the longest caption.
 *
 * <pre>{@code
 * FashionDataset dataset =
 *     FashionDataset.builder()
 *         .setExamples(source.load(), Split.TRAIN)
 *         .setTransform(new EvalTransform(224, 224, Resampling.BICUBIC))
 *         .setSampling(64, true)
 *         .build();
 * }</pre>
 */
public final class FashionDataset extends RandomAccessDataset {

  private static final float MAX_BYTE = 255;

  private final List<Example> examples;
  private final PixelSource source;
  private final Transform transform;
  private final TextEncoder tokenizer;

  private FashionDataset(Builder builder) {
    super(builder);
    examples = builder.examples;
    source = builder.source;
    transform = builder.transform;
    tokenizer = builder.tokenizer;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** The examples, in the order of the indices. */
  public List<Example> examples() {
    return examples;
  }

  /**
   * One example. A random transform draws by the index alone.
   *
   * @throws IOException if the picture cannot be read
   */
  @Override
  public Record get(NDManager manager, long index) throws IOException {
    Example example = examples.get(Math.toIntExact(index));
    NDList data = new NDList(manager.create(image(example, index), imageShape()));
    if (tokenizer != null) {
      Tokens tokens = tokenizer.encode(List.of(example.caption()));
      data.add(manager.create(tokens.ids_BL()));
      data.add(manager.create(tokens.mask_BL()));
    }
    NDList labels =
        new NDList(manager.create((long) example.category()), manager.create(attributes(example)));
    return new Record(data, labels);
  }

  @Override
  protected long availableSize() {
    return examples.size();
  }

  /** Nothing to do: pictures are read as they are asked for. */
  @Override
  public void prepare(Progress progress) {}

  private Shape imageShape() {
    return new Shape(Pixels.CHANNELS, transform.height(), transform.width());
  }

  private float[] image(Example example, long index) throws IOException {
    byte[] bytes = new byte[transform.size()];
    transform.apply(source.pixels(example), new SplittableRandom(index), bytes, 0);
    float[] values = new float[bytes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (bytes[i] & 0xFF) / MAX_BYTE;
    }
    return values;
  }

  private static float[] attributes(Example example) {
    float[] values = new float[example.attributes().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = example.attributes()[i];
    }
    return values;
  }

  /** Puts a {@link FashionDataset} together. */
  public static final class Builder extends BaseBuilder<Builder> {

    private List<Example> examples;
    private Transform transform;
    private TextEncoder tokenizer;
    private PixelSource source = PixelSource.files(LimitsConfig.DEFAULT);

    private Builder() {}

    @Override
    protected Builder self() {
      return this;
    }

    /** Required, unless the other form is used. */
    public Builder setExamples(List<Example> examples) {
      this.examples = List.copyOf(examples);
      return this;
    }

    /** One split of a data set. */
    public Builder setExamples(Dataset dataset, Split split) {
      return setExamples(dataset.split(split));
    }

    /** Required: to the size of the model's input. */
    public Builder setTransform(Transform transform) {
      this.transform = transform;
      return this;
    }

    /** Adds token ids and mask to the data, padded within a batch with zeros. */
    public Builder optTokenizer(TextEncoder tokenizer) {
      this.tokenizer = tokenizer;
      this.dataBatchifier =
          PaddingStackBatchifier.builder()
              .addPad(1, 0, manager -> manager.zeros(new Shape(1)))
              .addPad(2, 0, manager -> manager.zeros(new Shape(1)))
              .build();
      return this;
    }

    /** By default the example's file, decoded. */
    public Builder optPixelSource(PixelSource source) {
      this.source = source;
      return this;
    }

    public FashionDataset build() {
      if (examples == null || transform == null) {
        throw new IllegalStateException("a FashionDataset needs setExamples and setTransform");
      }
      return new FashionDataset(this);
    }
  }
}
