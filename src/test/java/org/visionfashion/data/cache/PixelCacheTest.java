package org.visionfashion.data.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.config.ModelConfig.Resampling;
import org.visionfashion.data.Example;
import org.visionfashion.data.FilePicture;
import org.visionfashion.data.Picture;
import org.visionfashion.data.Progress;
import org.visionfashion.data.Split;
import org.visionfashion.data.image.ImageDecoder;
import org.visionfashion.data.image.PixelRows;
import org.visionfashion.data.image.Reduction;

class PixelCacheTest {

  private static final int SIDE = 10;

  @TempDir Path root;
  private Path folder;
  private final List<Path> images = new ArrayList<>();

  @BeforeEach
  void pictures() throws IOException {
    folder = PixelCache.folder(root, SIDE);
    int[][] sizes = {{20, 31}, {40, 25}, {10, 10}, {7, 90}, {30, 30}};
    for (int i = 0; i < sizes.length; i++) {
      images.add(draw("images/picture %d.png".formatted(i), sizes[i][0], sizes[i][1], i));
    }
  }

  private Path draw(String name, int width, int height, long seed) throws IOException {
    Random random = new Random(seed);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, random.nextInt());
    }
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  private CacheBuilder.Result prepare() throws IOException {
    return new CacheBuilder(root, SIDE, LimitsConfig.DEFAULT, 3, Progress.NONE)
        .prepare(pictures(images));
  }

  private PixelCache open() throws IOException {
    return PixelCache.open(root, SIDE, LimitsConfig.DEFAULT);
  }

  private static Example example(Path image) {
    return new Example("id", image, "", -1, new byte[0], "", Split.TRAIN);
  }

  private static void assertSame(PixelRows actual, PixelRows expected) {
    assertThat(actual.width()).isEqualTo(expected.width());
    assertThat(actual.height()).isEqualTo(expected.height());
    assertThat(bytes(actual)).isEqualTo(bytes(expected));
  }

  /** All rows, each in two parts. */
  private static byte[] bytes(PixelRows picture) {
    int stride = 3 * picture.width();
    byte[] rgb_HWC = new byte[picture.height() * stride];
    int half = picture.width() / 2;
    for (int y = 0; y < picture.height(); y++) {
      picture.read(0, y, half, rgb_HWC, y * stride);
      picture.read(half, y, picture.width() - half, rgb_HWC, y * stride + 3 * half);
    }
    return rgb_HWC;
  }

  private void assertServes(PixelCache cache) throws IOException {
    Reduction reduction = new Reduction(SIDE, Resampling.BICUBIC);
    for (Path image : images) {
      assertSame(cache.pixels(example(image)), reduction.apply(ImageDecoder.decode(image)));
    }
  }

  @Test
  void holdsEveryPictureReduced() throws IOException {
    assertThat(prepare()).isEqualTo(new CacheBuilder.Result(5, 0, 0));
    PixelCache cache = open();
    assertThat(cache.size()).isEqualTo(5);
    assertServes(cache);
    PixelRows wide = cache.pixels(example(images.get(1)));
    assertThat(List.of(wide.width(), wide.height())).containsExactly(16, 10);
  }

  @Test
  void aSecondPreparationWaitsForTheFirst() throws Exception {
    AtomicReference<CacheBuilder.Result> other = new AtomicReference<>();
    Thread second =
        new Thread(
            () -> {
              try {
                other.set(prepare());
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    Progress untilItWaits =
        (done, total) -> {
          if (second.getState() == Thread.State.NEW) {
            second.start();
          }
          while (second.isAlive() && second.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
          }
        };
    CacheBuilder first = new CacheBuilder(root, SIDE, LimitsConfig.DEFAULT, 1, 1, untilItWaits);
    assertThat(first.prepare(pictures(images))).isEqualTo(new CacheBuilder.Result(5, 0, 0));
    second.join();
    assertThat(other.get()).isEqualTo(new CacheBuilder.Result(0, 5, 0));
    assertServes(open());
  }

  @Test
  void readsTheBytesAndNotTheFile() throws IOException {
    prepare();
    FileTime time = Files.getLastModifiedTime(images.get(0));
    PixelRows before = open().pixels(example(images.get(0)));
    Files.write(images.get(0), new byte[(int) Files.size(images.get(0))]);
    Files.setLastModifiedTime(images.get(0), time);
    assertSame(open().pixels(example(images.get(0))), before);
  }

  @Test
  void withoutPreparationTheFilesAreDecoded() throws IOException {
    PixelCache cache = open();
    assertThat(cache.size()).isZero();
    assertSame(cache.pixels(example(images.get(0))), ImageDecoder.decode(images.get(0)));
  }

  @Test
  void onlyWhatIsMissingOrStaleIsMade() throws IOException {
    prepare();
    assertThat(prepare()).isEqualTo(new CacheBuilder.Result(0, 5, 0));
    draw("images/picture 2.png", 33, 22, 99);
    images.add(draw("images/new.png", 20, 20, 100));
    PixelCache stale = open();
    assertThat(stale.has(new FilePicture(images.get(2)))).isFalse();
    assertSame(stale.pixels(example(images.get(2))), ImageDecoder.decode(images.get(2)));
    assertThat(prepare()).isEqualTo(new CacheBuilder.Result(2, 4, 0));
    assertServes(open());
  }

  @Test
  void aCopyOfWhatThePictureWasBeforeCountsAgainWithIt() throws IOException {
    prepare();
    byte[] before = Files.readAllBytes(images.get(2));
    draw("images/picture 2.png", 33, 22, 99);
    assertThat(prepare()).isEqualTo(new CacheBuilder.Result(1, 4, 0));
    assertThat(open().size()).isEqualTo(6);
    assertServes(open());
    Files.write(images.get(2), before);
    assertThat(open().has(new FilePicture(images.get(2)))).isTrue();
    assertThat(prepare()).isEqualTo(new CacheBuilder.Result(0, 5, 0));
    assertServes(open());
  }

  @Test
  void shardsThatNothingNeedsAreRemoved() throws IOException {
    prepare();
    for (int i = 0; i < images.size(); i++) {
      draw("images/picture %d.png".formatted(i), 50 + i, 50, 7 + i);
    }
    prepare();
    assertThat(names()).containsExactly("pixels-00000.bin", "pixels-00000.json");
    assertThat(open().size()).isEqualTo(5);
    assertServes(open());
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void anUnreadablePictureIsLeftOutAndStillFailsForItsReader() throws IOException {
    Files.writeString(images.get(3), "no picture");
    assertThat(prepare()).isEqualTo(new CacheBuilder.Result(4, 0, 1));
    assertThatThrownBy(() -> open().pixels(example(images.get(3))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("picture 3.png");
  }

  @Test
  void damagedBytesAreNotServed() throws IOException {
    prepare();
    Path shard = folder.resolve("pixels-00000.bin");
    byte[] bytes = Files.readAllBytes(shard);
    bytes[5] ^= 1;
    Files.write(shard, bytes);
    assertSame(open().pixels(example(images.get(0))), ImageDecoder.decode(images.get(0)));
  }

  @Test
  void aTruncatedShardServesWhatItStillHolds() throws IOException {
    prepare();
    Path shard = folder.resolve("pixels-00000.bin");
    byte[] bytes = Files.readAllBytes(shard);
    Files.write(shard, java.util.Arrays.copyOf(bytes, bytes.length - 1));
    PixelCache cache = open();
    assertThat(cache.size()).isEqualTo(4);
    assertThat(cache.has(new FilePicture(images.get(4)))).isFalse();
  }

  @Test
  void aShardWithoutIndexOrOfAnotherSideDoesNotCount() throws IOException {
    prepare();
    Files.createDirectories(PixelCache.folder(root, SIDE + 1));
    for (String name : names()) {
      Files.copy(folder.resolve(name), PixelCache.folder(root, SIDE + 1).resolve(name));
    }
    assertThat(PixelCache.open(root, SIDE + 1, LimitsConfig.DEFAULT).size()).isZero();
    Files.writeString(folder.resolve("pixels-00000.json"), "{\"format\":");
    assertThat(open().size()).isZero();
    Files.delete(folder.resolve("pixels-00000.json"));
    assertThat(open().size()).isZero();
    assertThat(prepare().stored()).isEqualTo(5);
    assertThat(names()).hasSize(2);
    assertServes(open());
  }

  @Test
  void picturesOutsideTheRootAreKnownByTheirWholePath(@TempDir Path elsewhere) throws IOException {
    images.add(Files.copy(images.get(0), elsewhere.resolve("other.png")));
    assertThat(prepare().stored()).isEqualTo(6);
    assertThat(open().has(new FilePicture(elsewhere.resolve("other.png")))).isTrue();
    assertServes(open());
  }

  @Test
  void theSameContentAtAnotherTimeIsStillFresh() throws IOException {
    prepare();
    Files.setLastModifiedTime(images.get(0), FileTime.fromMillis(1));
    assertThat(open().has(new FilePicture(images.get(0)))).isTrue();
    assertThat(prepare()).isEqualTo(new CacheBuilder.Result(0, 5, 0));
    byte[] file = Files.readAllBytes(images.get(0));
    file[file.length - 1] ^= 1;
    Files.write(images.get(0), file);
    assertThat(open().has(new FilePicture(images.get(0)))).isFalse();
  }

  @Test
  void everySideHasACacheOfItsOwn() throws IOException {
    prepare();
    assertThat(
            new CacheBuilder(root, SIDE / 2, LimitsConfig.DEFAULT, 1, Progress.NONE)
                .prepare(pictures(images))
                .stored())
        .isEqualTo(5);
    PixelRows half =
        PixelCache.open(root, SIDE / 2, LimitsConfig.DEFAULT).pixels(example(images.get(2)));
    assertThat(List.of(half.width(), half.height())).containsExactly(SIDE / 2, SIDE / 2);
    assertServes(open());
  }

  /** A shard a picture: the pool gives each of the first three a thread of its own. */
  @Test
  void shardsAreMadeInParallelAndProgressIsToldOneByOne() throws IOException {
    Set<Thread> threads = new HashSet<>();
    List<Integer> told = new ArrayList<>(); // no thread-safe ones: the contract is one at a time
    Progress progress =
        (done, total) -> {
          threads.add(Thread.currentThread());
          told.add(done);
          assertThat(total).isEqualTo(5);
        };
    new CacheBuilder(root, SIDE, LimitsConfig.DEFAULT, 3, 1, progress).prepare(pictures(images));
    assertThat(threads).hasSize(3);
    assertThat(told).containsExactly(1, 2, 3, 4, 5);
    assertThat(names()).hasSize(10);
    assertServes(open());
  }

  @Test
  void whatWasDoneBeforeAnEndIsKept() throws IOException {
    Progress failing =
        (done, total) -> {
          if (done == 3) {
            throw new IllegalStateException("cut off");
          }
        };
    CacheBuilder cutOff = new CacheBuilder(root, SIDE, LimitsConfig.DEFAULT, 1, 2, failing);
    assertThatThrownBy(() -> cutOff.prepare(pictures(images))).hasMessageContaining("cut off");
    assertThat(open().size()).isEqualTo(2);
    assertThat(prepare()).isEqualTo(new CacheBuilder.Result(3, 2, 0));
    assertThat(names()).allMatch(name -> name.matches("pixels-\\d+\\.(bin|json)"));
    assertServes(open());
  }

  private static List<Picture> pictures(List<Path> files) {
    return files.stream().<Picture>map(FilePicture::new).toList();
  }
}
