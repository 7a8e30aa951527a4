package org.visionfashion.data.loader;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.visionfashion.base.OneLine;
import org.visionfashion.data.Example;
import org.visionfashion.data.Seeds;
import org.visionfashion.data.image.Transform;

/**
 * Makes one batch from start to end; what comes out depends on the arguments only.
 *
 * @param examples of the whole set
 * @param source decodes
 * @param transform to the model's input size
 * @param text captions to tokens
 * @param seed of the transform's chance
 * @param byLength whether the shortest captions of a batch come first
 */
record BatchMaker(
    List<Example> examples,
    PixelSource source,
    Transform transform,
    TextEncoder text,
    long seed,
    boolean byLength) {

  /** Keeps the draw of a caption apart from those of the transform. */
  private static final long CAPTION = 1;

  /**
   * A batch and what is missing from it.
   *
   * @param batch without the pictures that cannot be read
   * @param skipped those, in the order of the batch
   */
  record Made(Batch batch, List<SkippedPicture> skipped) {}

  Made make(int[] indices, int epoch) {
    List<Example> kept = new ArrayList<>(indices.length);
    List<String> captions = new ArrayList<>(indices.length);
    List<SkippedPicture> skipped = new ArrayList<>();
    byte[] pixels_BCHW = new byte[Math.multiplyExact(indices.length, transform.size())];
    for (int index : byLength ? sorted(indices, epoch) : indices) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("the batch is no longer wanted");
      }
      Example example = examples.get(index);
      try {
        transform.apply(
            source.pixels(example, transform),
            new SplittableRandom(Seeds.of(seed, epoch, index)),
            pixels_BCHW,
            kept.size() * transform.size());
        kept.add(example);
        captions.add(caption(index, epoch));
      } catch (IOException e) {
        skipped.add(
            new SkippedPicture(example.id(), example.picture().name(), OneLine.of(e.getMessage())));
      }
    }
    return new Made(batch(kept, captions, pixels_BCHW), List.copyOf(skipped));
  }

  /** The same by the length of their captions; of one length as they were. */
  private int[] sorted(int[] indices, int epoch) {
    List<String> captions =
        Arrays.stream(indices).mapToObj(index -> caption(index, epoch)).toList();
    int[] lengths = text.encode(captions).lengths();
    return lengths.length == 0
        ? indices
        : IntStream.range(0, indices.length)
            .boxed()
            .sorted(Comparator.comparingInt(i -> lengths[i]))
            .mapToInt(i -> indices[i])
            .toArray();
  }

  /** The caption of an example in an epoch: one of several, drawn by the seed. */
  private String caption(int index, int epoch) {
    return examples.get(index).caption(Seeds.of(seed, epoch, index, CAPTION));
  }

  private Batch batch(List<Example> kept, List<String> captions, byte[] pixels_BCHW) {
    int used = kept.size() * transform.size();
    Tokens tokens = kept.isEmpty() ? Tokens.NONE : text.encode(captions);
    return new Batch(
        List.copyOf(kept),
        transform.height(),
        transform.width(),
        used == pixels_BCHW.length ? pixels_BCHW : Arrays.copyOf(pixels_BCHW, used),
        tokens.length(),
        tokens.ids_BL(),
        tokens.mask_BL(),
        kept.stream().mapToLong(Example::category).toArray(),
        attributes(kept));
  }

  private static byte[] attributes(List<Example> kept) {
    int count = kept.isEmpty() ? 0 : kept.get(0).attributes().length;
    byte[] attributes_BA = new byte[kept.size() * count];
    for (int i = 0; i < kept.size(); i++) {
      System.arraycopy(kept.get(i).attributes(), 0, attributes_BA, i * count, count);
    }
    return attributes_BA;
  }
}
