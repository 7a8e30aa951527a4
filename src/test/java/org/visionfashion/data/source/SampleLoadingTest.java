package org.visionfashion.data.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.config.AugmentConfig;
import org.visionfashion.config.DataConfig.SplitRule;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.config.ModelConfig.Resampling;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Example;
import org.visionfashion.data.Picture;
import org.visionfashion.data.Progress;
import org.visionfashion.data.cache.CacheBuilder;
import org.visionfashion.data.cache.PixelCache;
import org.visionfashion.data.image.TestPictures;
import org.visionfashion.data.image.TrainTransform;
import org.visionfashion.data.image.Transform;
import org.visionfashion.data.loader.Batch;
import org.visionfashion.data.loader.Loader;
import org.visionfashion.data.loader.PixelSource;
import org.visionfashion.data.tar.Tars;

/** Pictures of tar shards on their way through the loader and the pixel cache. */
@Timeout(60)
class SampleLoadingTest {

  private static final int SIDE = 12;
  private static final int PICTURES = 42;
  private static final Transform TRAIN =
      new TrainTransform(
          12, 8, new AugmentConfig(0.3, 0.75, 0.5, 0.4, 0.4, 0.4, 0.1), Resampling.BILINEAR);
  private static final PixelSource DECODED = PixelSource.files(LimitsConfig.DEFAULT);

  @TempDir Path folder;
  private Path shards;

  /** The same pictures in three shards, and as files of img2dataset. */
  @BeforeEach
  void write() throws IOException {
    shards = Files.createDirectories(folder.resolve("shards"));
    Path files = Files.createDirectories(folder.resolve("files"));
    for (int shard = 0; shard < 3; shard++) {
      Tars tars = new Tars();
      Files.createDirectories(files.resolve("0000" + shard));
      for (int i = 14 * shard; i < 14 * (shard + 1); i++) {
        byte[] picture = TestPictures.encode(TestPictures.drawing(20 + i % 7, 24, i), "png");
        String key = "0000%d/%09d".formatted(shard, i);
        tars.add(key + ".png", picture).add(key + ".txt", "a picture\nnumber " + i);
        Files.write(files.resolve(key + ".png"), picture);
        Files.writeString(files.resolve(key + ".txt"), "a picture\nnumber " + i);
      }
      tars.write(shards.resolve("0000" + shard + ".tar"));
    }
  }

  private static Dataset load(Path root) {
    return new SampleSource(DataConfigs.samples(root, SplitRule.RANDOM)).load();
  }

  private static Loader loader(Dataset data, PixelSource source, int workers) {
    return Loader.builder(data.examples(), TRAIN)
        .shuffled(5, true)
        .seed(3)
        .source(source)
        .workers(workers)
        .build();
  }

  private static List<String> batches(Dataset data, PixelSource source, int workers, int first) {
    List<String> digests = new ArrayList<>();
    try (Loader loader = loader(data, source, workers)) {
      for (int epoch = 0; epoch < 2; epoch++) {
        for (Batch batch : loader.epoch(epoch, first)) {
          digests.add(digest(batch));
        }
      }
    }
    return digests;
  }

  private static String digest(Batch batch) {
    return batch.examples().stream().map(Example::id).collect(Collectors.joining(","))
        + Arrays.hashCode(batch.pixels_BCHW());
  }

  @Test
  void anyNumberOfWorkersGivesTheBatchesOfTheFiles() {
    List<String> ofFiles = batches(load(folder.resolve("files")), DECODED, 1, 0);
    assertThat(ofFiles).hasSize(16).doesNotHaveDuplicates();
    Dataset data = load(shards);
    for (int workers : List.of(1, 2, 4)) {
      assertThat(batches(data, DECODED, workers, 0)).isEqualTo(ofFiles);
    }
  }

  @Test
  void anEpochResumesInTheMiddle() {
    Dataset data = load(shards);
    List<String> whole = batches(data, DECODED, 2, 0);
    List<String> rest = new ArrayList<>(whole.subList(3, 8));
    rest.addAll(whole.subList(11, 16));
    assertThat(batches(data, DECODED, 3, 3)).isEqualTo(rest);
  }

  /** Leaving one interrupts workers that read, and so closes shards under others. */
  @Test
  void epochsThatAreLeftDoNotDisturbTheNext() {
    Dataset data = load(shards);
    List<String> whole = batches(data, DECODED, 1, 0);
    try (Loader loader = loader(data, DECODED, 4)) {
      for (int i = 0; i < 20; i++) {
        Iterator<Batch> left = loader.epoch(0, 0).iterator();
        for (int batch = 0; batch < i % 4; batch++) {
          assertThat(digest(left.next())).isEqualTo(whole.get(batch));
        }
      }
      List<String> last = new ArrayList<>();
      loader.epoch(0, 0).forEach(batch -> last.add(digest(batch)));
      assertThat(last).isEqualTo(whole.subList(0, 8));
      assertThat(loader.skipped()).isEmpty();
    }
  }

  private CacheBuilder.Result prepare(Dataset data, Progress progress) throws IOException {
    List<Picture> pictures = data.examples().stream().map(Example::picture).toList();
    return new CacheBuilder(data.folder(), SIDE, LimitsConfig.DEFAULT, 2, progress)
        .prepare(pictures);
  }

  private PixelCache cache(Dataset data) throws IOException {
    return PixelCache.open(data.folder(), SIDE, LimitsConfig.DEFAULT);
  }

  @Test
  void theCacheHoldsPicturesOfShards() throws IOException {
    Dataset data = load(shards);
    assertThat(prepare(data, Progress.NONE)).isEqualTo(new CacheBuilder.Result(PICTURES, 0, 0));
    assertThat(prepare(data, Progress.NONE)).isEqualTo(new CacheBuilder.Result(0, PICTURES, 0));
    assertThat(shards.resolve(".pixel-cache")).isDirectory();
    Dataset files = load(folder.resolve("files"));
    prepare(files, Progress.NONE);
    assertThat(batches(data, cache(data), 2, 0)).isEqualTo(batches(files, cache(files), 1, 0));
    assertThat(load(shards).fingerprint()).isEqualTo(data.fingerprint());
  }

  @Test
  void theCacheFollowsShardsThatAreAddedAndChanged() throws IOException {
    Path last = shards.resolve("00002.tar");
    byte[] bytes = Files.readAllBytes(last);
    Files.delete(last);
    Dataset few = load(shards);
    prepare(few, Progress.NONE);
    Files.write(last, bytes);
    Dataset all = load(shards);
    assertThat(prepare(all, Progress.NONE)).isEqualTo(new CacheBuilder.Result(14, 28, 0));

    Path first = shards.resolve("00000.tar");
    new Tars()
        .add("00000/000000000.png", TestPictures.encode(TestPictures.drawing(30, 30, 99), "png"))
        .write(first);
    Files.setLastModifiedTime(first, FileTime.fromMillis(1_000_000));
    Dataset changed = load(shards);
    PixelCache stale = cache(changed);
    assertThat(stale.has(changed.examples().get(0).picture())).isFalse();
    assertThat(stale.pixels(changed.examples().get(0)).height()).isEqualTo(30);
    assertThat(prepare(changed, Progress.NONE)).isEqualTo(new CacheBuilder.Result(1, 28, 0));
    assertThat(cache(changed).pixels(changed.examples().get(0)).height()).isEqualTo(SIDE);
  }
}
