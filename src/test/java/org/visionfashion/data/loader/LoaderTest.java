package org.visionfashion.data.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.base.UserError;
import org.visionfashion.config.AugmentConfig;
import org.visionfashion.config.ModelConfig.Resampling;
import org.visionfashion.data.Example;
import org.visionfashion.data.Split;
import org.visionfashion.data.image.EvalTransform;
import org.visionfashion.data.image.Pixels;
import org.visionfashion.data.image.TestPictures;
import org.visionfashion.data.image.TrainTransform;
import org.visionfashion.data.image.Transform;

@Timeout(60)
class LoaderTest {

  private static final AugmentConfig AUGMENT =
      new AugmentConfig(0.3, 0.75, 0.5, 0.4, 0.4, 0.4, 0.1);
  private static final Transform TRAIN = new TrainTransform(12, 8, AUGMENT, Resampling.BILINEAR);
  private static final Transform EVAL = new EvalTransform(12, 8, Resampling.BILINEAR);

  /** A picture of the index in the example's name. */
  private static final PixelSource PICTURES =
      example -> TestPictures.noise(16, 20, Long.parseLong(example.id()));

  @TempDir Path folder;

  @AfterEach
  void noThreadIsLeft() throws InterruptedException {
    for (Thread thread : loaderThreads()) {
      thread.join(1000); // one that has left the pool may still be on its way out
      assertThat(thread.isAlive()).isFalse();
    }
  }

  @Test
  void anyNumberOfWorkersGivesTheSameBatches() {
    List<String> expected = train(1, 0, 0, 2);
    assertThat(expected).hasSize(12);
    assertThat(train(3, 0, 0, 2)).isEqualTo(expected);
    assertThat(train(2, 5, 0, 2)).isEqualTo(expected);
  }

  @Test
  void largeBatchesDoNotFillTheHeap() {
    assertThat(Loader.ahead(6, 1 << 20, 1L << 30)).isEqualTo(6);
    assertThat(Loader.ahead(6, 4096L * 3 * 224 * 224, 6L << 30)).isEqualTo(2);
    assertThat(Loader.ahead(6, 4096L * 3 * 224 * 224, 1L << 30)).isEqualTo(1);
  }

  @Test
  void aResumedEpochContinuesWhereItStopped() {
    List<String> whole = train(2, 2, 0, 1);
    assertThat(train(2, 2, 4, 1)).isEqualTo(whole.subList(4, 6));
    assertThat(train(2, 2, 6, 1)).isEmpty();
  }

  @Test
  void skippedBatchesAreNotDecoded() {
    AtomicInteger decoded = new AtomicInteger();
    PixelSource counting =
        example -> {
          decoded.incrementAndGet();
          return PICTURES.pixels(example);
        };
    try (Loader loader = Loader.builder(examples(25), EVAL).inOrder(4).source(counting).build()) {
      assertThat(sizes(loader.epoch(0, 5))).containsExactly(4, 1);
    }
    assertThat(decoded).hasValue(5);
  }

  @Test
  void epochsDifferInOrderAndInPictures() {
    List<Example> examples = examples(8);
    try (Loader loader =
        Loader.builder(examples, TRAIN).shuffled(8, true).source(PICTURES).seed(3).build()) {
      Batch first = loader.epoch(0, 0).iterator().next();
      Batch second = loader.epoch(1, 0).iterator().next();
      assertThat(first.examples()).containsExactlyInAnyOrderElementsOf(examples);
      assertThat(second.examples()).isNotEqualTo(first.examples());
      assertThat(picture(second, examples.get(5))).isNotEqualTo(picture(first, examples.get(5)));
    }
  }

  @Test
  void aBatchHoldsWhatItsExamplesHold() throws IOException {
    List<Example> examples = examples(3);
    TextEncoder lengths =
        captions ->
            new Tokens(
                2,
                captions.stream().flatMapToLong(c -> LongStream.of(1, c.length())).toArray(),
                new long[] {1, 1, 1, 0, 1, 1});
    try (Loader loader =
        Loader.builder(examples, EVAL).inOrder(5).source(PICTURES).text(lengths).build()) {
      Batch batch = loader.epoch(0, 0).iterator().next();
      assertThat(batch.examples()).isEqualTo(examples);
      assertThat(batch.height()).isEqualTo(12);
      assertThat(batch.width()).isEqualTo(8);
      assertThat(batch.length()).isEqualTo(2);
      assertThat(batch.ids_BL()).containsExactly(1, 9, 1, 9, 1, 9);
      assertThat(batch.mask_BL()).containsExactly(1, 1, 1, 0, 1, 1);
      assertThat(batch.category_B()).containsExactly(-1, 0, 1);
      assertThat(batch.attributes_BA()).containsExactly(0, 1, 1, 1, 2, 1);
      for (Example example : examples) {
        byte[] expected = new byte[EVAL.size()];
        EVAL.apply(PICTURES.pixels(example), null, expected, 0);
        assertThat(picture(batch, example)).isEqualTo(expected);
      }
    }
  }

  /** As many tokens as the last digit of the caption says. */
  private static Tokens digits(List<String> captions) {
    long[] mask_BL = new long[captions.size() * 10];
    for (int i = 0; i < captions.size(); i++) {
      String caption = captions.get(i);
      int tokens = caption.charAt(caption.length() - 1) - '0';
      Arrays.fill(mask_BL, i * 10, i * 10 + tokens, 1);
    }
    return new Tokens(10, mask_BL, mask_BL);
  }

  private static Example withItsNumberAsCaption(Example example) {
    return new Example(
        example.id(),
        example.picture().file(),
        example.id(),
        example.category(),
        example.attributes(),
        example.item(),
        example.split());
  }

  private static List<Batch> epoch(List<Example> examples, boolean byLength, PixelSource source) {
    try (Loader loader =
        Loader.builder(examples, TRAIN)
            .shuffled(8, true)
            .source(source)
            .seed(3)
            .byLength(byLength)
            .text(LoaderTest::digits)
            .maxBroken(1)
            .build()) {
      List<Batch> batches = new ArrayList<>();
      loader.epoch(0, 0).forEach(batches::add);
      return batches;
    }
  }

  @Test
  void captionsOfLikeLengthStandTogether() {
    List<Example> examples = examples(24).stream().map(LoaderTest::withItsNumberAsCaption).toList();
    List<Batch> as = epoch(examples, false, PICTURES);
    List<Batch> sorted = epoch(examples, true, PICTURES);
    assertThat(sorted).hasSameSizeAs(as).hasSize(3);
    for (int i = 0; i < as.size(); i++) {
      Batch batch = sorted.get(i);
      assertThat(batch.examples()).isNotEqualTo(as.get(i).examples());
      assertThat(batch.examples()).containsExactlyInAnyOrderElementsOf(as.get(i).examples());
      int[] lengths = new Tokens(10, batch.ids_BL(), batch.mask_BL()).lengths();
      assertThat(lengths).isSorted();
      for (Example example : batch.examples()) { // cropped and coloured as before
        assertThat(picture(batch, example)).isEqualTo(picture(as.get(i), example));
      }
    }
    PixelSource without =
        example -> {
          if (example.id().endsWith("5")) {
            throw new IOException("broken");
          }
          return PICTURES.pixels(example);
        };
    for (Batch batch : epoch(examples, true, without)) {
      assertThat(new Tokens(10, batch.ids_BL(), batch.mask_BL()).lengths()).isSorted();
    }
  }

  @Test
  void filesAreDecodedAndBrokenOnesLeftOut() throws IOException {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Path file = folder.resolve(i + ".png");
      Files.write(file, TestPictures.encode(TestPictures.drawing(20, 20, i), "png"));
      examples.add(example(i, file));
    }
    Files.writeString(examples.get(2).picture().file(), "not a picture");
    Files.delete(examples.get(5).picture().file());
    try (Loader loader =
        Loader.builder(examples, EVAL).inOrder(3).maxBroken(0.4).workers(2).build()) {
      for (int epoch = 0; epoch < 2; epoch++) {
        List<Example> seen = new ArrayList<>();
        for (Batch batch : loader.epoch(epoch, 0)) {
          assertThat(batch.size()).isEqualTo(2);
          assertThat(batch.pixels_BCHW()).hasSize(2 * EVAL.size());
          assertThat(batch.category_B()).hasSize(2);
          seen.addAll(batch.examples());
        }
        assertThat(seen)
            .containsExactly(examples.get(0), examples.get(1), examples.get(3), examples.get(4));
      }
      assertThat(loader.skipped())
          .extracting(SkippedPicture::picture)
          .containsExactly(examples.get(2).picture().name(), examples.get(5).picture().name());
      assertThat(loader.skipped().get(1).message())
          .isEqualTo("no such image: " + examples.get(5).picture().file());
    }
  }

  @Test
  void aBatchWithoutAPictureIsLeftOut() {
    PixelSource source = broken(Set.of("2", "3"));
    try (Loader loader =
        Loader.builder(examples(6), EVAL).inOrder(2).source(source).maxBroken(1).build()) {
      assertThat(sizes(loader.epoch(0, 0))).containsExactly(2, 2);
    }
  }

  @Test
  void tooManyBrokenPicturesStopTheLoader() {
    PixelSource source = broken(Set.of("3", "5", "6", "7", "8"));
    try (Loader loader =
        Loader.builder(examples(40), EVAL)
            .inOrder(4)
            .source(source)
            .maxBroken(0.1)
            .workers(2)
            .build()) {
      Iterator<Batch> batches = loader.epoch(0, 0).iterator();
      assertThat(batches.next().size()).isEqualTo(3);
      assertThat(batches.next().size()).isEqualTo(1); // 4 of 40 is what is allowed
      assertThatThrownBy(batches::hasNext)
          .isInstanceOf(UserError.class)
          .hasMessageContaining("5 of 40")
          .hasMessageContaining("bad 3; bad 5; bad 6; ...")
          .hasMessageContaining("data.max_broken allows 10.0 %");
    }
  }

  @Test
  void oneUnreadablePictureAmongFewEndsNothing() {
    try (Loader loader =
        Loader.builder(examples(6), EVAL)
            .inOrder(4)
            .source(broken(Set.of("4")))
            .maxBroken(0.01)
            .build()) {
      assertThat(sizes(loader.epoch(0, 0))).containsExactly(4, 1);
      assertThat(loader.skipped()).extracting(SkippedPicture::id).containsExactly("4");
    }
  }

  @Test
  void noPictureAtAllIsAFailure() {
    try (Loader loader =
        Loader.builder(examples(2), EVAL)
            .inOrder(4)
            .source(broken(Set.of("0", "1")))
            .maxBroken(1)
            .build()) {
      assertThatThrownBy(loader.epoch(0, 0).iterator()::hasNext)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("2 of 2");
    }
  }

  @Test
  void theSameBrokenFileCountsOnce() {
    try (Loader loader =
        Loader.builder(examples(10), EVAL)
            .inOrder(4)
            .source(broken(Set.of("4")))
            .maxBroken(0.1)
            .build()) {
      for (int epoch = 0; epoch < 4; epoch++) {
        assertThat(sizes(loader.epoch(epoch, 0))).containsExactly(4, 3, 2);
      }
      assertThat(loader.skipped()).hasSize(1);
    }
  }

  @Test
  void anErrorInAWorkerReachesTheConsumer() {
    IllegalArgumentException bug = new IllegalArgumentException("a bug");
    TextEncoder failing =
        captions -> {
          throw bug;
        };
    try (Loader loader =
        Loader.builder(examples(4), EVAL).inOrder(2).source(PICTURES).text(failing).build()) {
      assertThatThrownBy(loader.epoch(7, 1).iterator()::next)
          .hasMessage("batch 1 of epoch 7 failed: java.lang.IllegalArgumentException: a bug")
          .hasCause(bug);
    }
  }

  @Test
  void noMoreIsMadeAheadThanAllowed() throws InterruptedException {
    Semaphore decoded = new Semaphore(0);
    PixelSource counting =
        example -> {
          decoded.release();
          return PICTURES.pixels(example);
        };
    try (Loader loader =
        Loader.builder(examples(100), EVAL)
            .inOrder(5)
            .source(counting)
            .workers(2)
            .prefetch(3)
            .build()) {
      Iterator<Batch> batches = loader.epoch(0, 0).iterator();
      decoded.acquire(25); // 2 + 3 batches of 5, or the time runs out
      assertThat(decoded.tryAcquire(50, TimeUnit.MILLISECONDS)).isFalse();
      batches.next();
      decoded.acquire(5);
      assertThat(decoded.tryAcquire(50, TimeUnit.MILLISECONDS)).isFalse();
      assertThat(loader.waitNanos()).isPositive();
    }
  }

  @Test
  void closingEarlyStopsTheWorkersAtTheNextPicture() throws InterruptedException {
    AtomicInteger decoded = new AtomicInteger();
    CountDownLatch started = new CountDownLatch(2);
    PixelSource slow =
        example -> {
          decoded.incrementAndGet();
          started.countDown();
          try {
            new CountDownLatch(1).await(); // until interrupted
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return PICTURES.pixels(example);
        };
    Loader loader = Loader.builder(examples(100), EVAL).inOrder(50).source(slow).workers(2).build();
    Iterator<Batch> batches = loader.epoch(0, 0).iterator();
    started.await();
    loader.close();
    noThreadIsLeft();
    assertThat(decoded).hasValue(2);
    assertThatThrownBy(batches::next).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> loader.epoch(0, 0).iterator()).hasMessage("the loader is closed");
  }

  @Test
  void aConsumerThatWaitsIsReleasedByClosing() throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    PixelSource endless =
        example -> {
          started.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          throw new IOException("interrupted");
        };
    Loader loader = Loader.builder(examples(9), EVAL).inOrder(3).source(endless).build();
    List<Throwable> thrown = new ArrayList<>();
    Thread consumer =
        new Thread(
            () -> {
              try {
                loader.epoch(0, 0).iterator().next();
              } catch (RuntimeException e) {
                thrown.add(e);
              }
            });
    consumer.start();
    started.await();
    loader.close();
    consumer.join();
    assertThat(thrown).singleElement().isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anEpochMayBeLeftForAnother() {
    try (Loader loader =
        Loader.builder(examples(30), TRAIN).inOrder(2).source(PICTURES).workers(2).build()) {
      Iterator<Batch> left = loader.epoch(0, 0).iterator();
      left.next();
      assertThat(sizes(loader.epoch(1, 0))).hasSize(15);
    }
  }

  @Test
  void aBatchLargerThanTheSetIsRefusedWhereOnlyFullOnesCount() {
    assertThatThrownBy(() -> Loader.builder(examples(5), TRAIN).shuffled(8, true).build())
        .isInstanceOf(UserError.class)
        .hasMessage("a batch of 8 is more than the 5 examples there are: use a smaller batch");
  }

  /** Digests of all batches of some epochs. */
  private static List<String> train(int workers, int prefetch, int firstBatch, int epochs) {
    List<String> digests = new ArrayList<>();
    try (Loader loader =
        Loader.builder(examples(27), TRAIN)
            .shuffled(4, true)
            .seed(11)
            .source(PICTURES)
            .workers(workers)
            .prefetch(prefetch)
            .build()) {
      assertThat(loader.steps()).isEqualTo(6);
      for (int epoch = 0; epoch < epochs; epoch++) {
        for (Batch batch : loader.epoch(epoch, firstBatch)) {
          String names =
              batch.examples().stream().map(Example::id).collect(Collectors.joining(","));
          digests.add(names + " " + Arrays.hashCode(batch.pixels_BCHW()));
        }
      }
    }
    return digests;
  }

  private static List<Integer> sizes(Iterable<Batch> batches) {
    List<Integer> sizes = new ArrayList<>();
    batches.forEach(batch -> sizes.add(batch.size()));
    return sizes;
  }

  private static byte[] picture(Batch batch, Example example) {
    int size = Pixels.CHANNELS * batch.height() * batch.width();
    int from = batch.examples().indexOf(example) * size;
    return Arrays.copyOfRange(batch.pixels_BCHW(), from, from + size);
  }

  private static PixelSource broken(Set<String> ids) {
    return example -> {
      if (ids.contains(example.id())) {
        throw new IOException("bad " + example.id());
      }
      return PICTURES.pixels(example);
    };
  }

  private static List<Example> examples(int count) {
    return IntStream.range(0, count).mapToObj(i -> example(i, Path.of(i + ".jpg"))).toList();
  }

  private static Example example(int index, Path file) {
    byte[] attributes = {(byte) index, 1};
    return new Example(
        Integer.toString(index), file, "a caption", index - 1, attributes, "item", Split.TRAIN);
  }

  private static List<Thread> loaderThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("loader-"))
        .toList();
  }
}
