package org.visionfashion.data.djl;

import ai.djl.basicdataset.cv.classification.ImageClassificationDataset;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.modality.cv.transform.ToTensor;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.Record;
import ai.djl.translate.PaddingStackBatchifier;
import ai.djl.util.Progress;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Example;
import org.visionfashion.data.Examples;
import org.visionfashion.data.Split;
import org.visionfashion.data.image.Transform;
import org.visionfashion.data.loader.PixelSource;
import org.visionfashion.data.loader.TextEncoder;
import org.visionfashion.data.loader.Tokens;

/**
 * Examples as one of DJL's data sets for classification, for any DJL program; the project's own
 * training reads them through {@link org.visionfashion.data.loader.Loader}.
 *
 * <p>Data of a record: the picture, float32 (3, H, W) in [0, 1]; with a tokenizer also the token
 * ids and their mask, int64 (L), padded in a batch to the longest caption. Labels: the category,
 * int64 scalar; if asked for, also the attributes, float32 (A). -1 = not labelled.
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
public final class FashionDataset extends ImageClassificationDataset {

  private final List<Example> examples;
  private final List<String> categories;
  private final PixelSource source;
  private final Transform transform;
  private final TextEncoder tokenizer;
  private final boolean attributes;

  private FashionDataset(Builder builder) {
    super(builder);
    examples = builder.examples;
    categories = builder.categories;
    source = builder.source;
    transform = builder.transform;
    tokenizer = builder.tokenizer;
    attributes = builder.attributes;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** The examples, in the order of the indices. */
  public List<Example> examples() {
    return examples;
  }

  @Override
  public List<String> getClasses() {
    return categories;
  }

  /** The transform gives every picture its size: nothing is left to resize. */
  @Override
  public Optional<Integer> getImageWidth() {
    return Optional.empty();
  }

  @Override
  public Optional<Integer> getImageHeight() {
    return Optional.empty();
  }

  /**
   * One example, the picture still as bytes (H, W, 3). A random transform draws by the index alone.
   *
   * @throws IOException if the picture cannot be read
   */
  @Override
  public Record get(NDManager manager, long index) throws IOException {
    Record record = super.get(manager, index);
    Example example = example(index);
    if (tokenizer != null) {
      Tokens tokens = tokenizer.encode(List.of(example.caption()));
      record.getData().add(manager.create(tokens.ids_BL()));
      record.getData().add(manager.create(tokens.mask_BL()));
    }
    if (attributes) {
      float[] values = new float[example.attributes().length];
      for (int i = 0; i < values.length; i++) {
        values[i] = example.attributes()[i];
      }
      record.getLabels().add(manager.create(values));
    }
    return record;
  }

  @Override
  protected Image getImage(long index) throws IOException {
    byte[] pixels_CHW = new byte[transform.size()];
    transform.apply(
        source.pixels(example(index), transform), new SplittableRandom(index), pixels_CHW, 0);
    int area = transform.height() * transform.width();
    int[] rgb = new int[area];
    for (int i = 0; i < area; i++) {
      rgb[i] =
          ((pixels_CHW[i] & 255) << 16)
              | ((pixels_CHW[area + i] & 255) << 8)
              | (pixels_CHW[2 * area + i] & 255);
    }
    BufferedImage image =
        new BufferedImage(transform.width(), transform.height(), BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, transform.width(), transform.height(), rgb, 0, transform.width());
    return ImageFactory.getInstance().fromImage(image);
  }

  @Override
  protected long getClassNumber(long index) {
    return example(index).category();
  }

  @Override
  protected long availableSize() {
    return examples.size();
  }

  /** Nothing to do: pictures are read as they are asked for. */
  @Override
  public void prepare(Progress progress) {}

  private Example example(long index) {
    return examples.get(Math.toIntExact(index));
  }

  /** Puts a {@link FashionDataset} together. */
  public static final class Builder extends BaseBuilder<Builder> {

    private List<Example> examples;
    private List<String> categories = List.of();
    private Transform transform;
    private TextEncoder tokenizer;
    private boolean attributes;
    private PixelSource source = PixelSource.files(LimitsConfig.DEFAULT);

    private Builder() {
      addTransform(new ToTensor());
    }

    @Override
    protected Builder self() {
      return this;
    }

    /**
     * Required, unless the other form is used.
     *
     * @param categories the names of the classes
     */
    public Builder setExamples(List<Example> examples, List<String> categories) {
      this.examples = Examples.of(examples);
      this.categories = List.copyOf(categories);
      return this;
    }

    /** One split of a data set. */
    public Builder setExamples(Dataset dataset, Split split) {
      return setExamples(dataset.split(split), dataset.scheme().categories());
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

    /** Whether the attributes are a second label; losses of DJL expect one. */
    public Builder optAttributes(boolean attributes) {
      this.attributes = attributes;
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
