package org.visionfashion.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.visionfashion.config.ModelConfig.Resampling;
import org.visionfashion.data.Example;
import org.visionfashion.data.Split;
import org.visionfashion.data.image.EvalTransform;
import org.visionfashion.data.image.TestPictures;
import org.visionfashion.data.loader.Loader;
import org.visionfashion.model.DeviceBatch;
import org.visionfashion.weights.checkpoint.Checkpoint;
import org.visionfashion.weights.checkpoint.TinyModel;

class PixelFeedTest {

  private static final List<Example> EXAMPLES =
      IntStream.range(0, 7)
          .mapToObj(
              i ->
                  new Example(
                      "" + i, Path.of("" + i), "a dress", 0, new byte[3], "" + i, Split.TRAIN))
          .toList();

  private static Loader loader(Checkpoint checkpoint) {
    return Loader.builder(EXAMPLES, new EvalTransform(16, 8, Resampling.BILINEAR))
        .source(example -> TestPictures.noise(8, 16, Long.parseLong(example.id())))
        .text(checkpoint::tokens)
        .shuffled(3, false)
        .build();
  }

  /** What each batch brings: its place, its examples, its pixels. */
  private static List<String> epochs(Checkpoint checkpoint, boolean uploads) {
    List<String> batches = new ArrayList<>();
    try (PixelFeed feed =
            new PixelFeed(
                loader(checkpoint),
                checkpoint.placement(),
                checkpoint.model().newScope(),
                uploads);
        NDManager scope = checkpoint.model().newScope()) {
      feed.epoch(0, 0).iterator().next().close(); // left in the middle
      for (int epoch = 0; epoch < 2; epoch++) {
        for (Feed.Minibatch<DeviceBatch> each : feed.epoch(epoch, epoch)) {
          try (Feed.Minibatch<DeviceBatch> batch = each) {
            float[] pixels =
                batch.place(0, batch.size(), scope).pixels_BCHW().flatten().toFloatArray();
            batches.add(batch.index() + " " + batch.ids() + " " + pixels[pixels.length - 1]);
          }
        }
      }
    }
    return batches;
  }

  @Test
  void batchesAreTheSameWhetherUploadedAheadOrNot() {
    try (Checkpoint checkpoint = TinyModel.checkpoint(1, "x")) {
      List<String> uploaded = epochs(checkpoint, true);
      assertThat(uploaded).hasSize(3 + 2).isEqualTo(epochs(checkpoint, false));
    }
  }
}
