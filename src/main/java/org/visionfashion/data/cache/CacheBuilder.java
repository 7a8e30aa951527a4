package org.visionfashion.data.cache;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.visionfashion.config.ModelConfig.Resampling;
import org.visionfashion.data.DataException;
import org.visionfashion.data.Progress;
import org.visionfashion.data.image.ImageDecoder;
import org.visionfashion.data.image.Pixels;
import org.visionfashion.data.image.Reduction;

/**
 * Fills a {@link PixelCache}: decodes what is missing or stale, on several threads. Whoever is cut
 * off loses the shards in work and nothing else.
 */
public final class CacheBuilder {

  /** Pictures of a shard: with 256 x 384 pixels 300 MB, far below what can be mapped. */
  private static final int SHARD = 1024;

  private final Path folder;
  private final Path root;
  private final Reduction reduction;
  private final int threads;
  private final Progress progress;
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicInteger unreadable = new AtomicInteger();

  /**
   * @param folder of the cache
   * @param root of the data set
   * @param side to which the shorter side of a picture is reduced
   */
  public CacheBuilder(Path folder, Path root, int side, int threads, Progress progress) {
    this.folder = folder;
    this.root = root;
    this.reduction = new Reduction(side, Resampling.BICUBIC);
    this.threads = Math.max(1, threads);
    this.progress = progress;
  }

  /**
   * What a preparation did.
   *
   * @param stored pictures decoded and stored
   * @param kept pictures that were there and fresh
   * @param unreadable pictures left out; whoever reads them will hear why
   */
  public record Result(int stored, int kept, int unreadable) {}

  /** Stores the pictures that are not stored, and removes shards of which none is needed. */
  public Result prepare(List<Path> images) throws IOException {
    Files.createDirectories(folder);
    List<Path> distinct = images.stream().distinct().toList();
    PixelCache there = PixelCache.open(folder, root, reduction.side());
    List<Path> missing = distinct.stream().filter(image -> !there.has(image)).toList();
    removeOutdated();
    store(missing);
    int left = unreadable.get();
    return new Result(missing.size() - left, distinct.size() - missing.size(), left);
  }

  private void removeOutdated() throws IOException {
    Shard.deleteIncomplete(folder);
    for (Shard shard : Shard.all(folder, reduction.side())) {
      if (shard.entries().stream().noneMatch(entry -> entry.isFresh(root))) {
        shard.delete();
      }
    }
  }

  private void store(List<Path> missing) throws IOException {
    int number = Shard.nextNumber(folder);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> shards = new ArrayList<>();
      for (int from = 0; from < missing.size(); from += SHARD) {
        List<Path> images = missing.subList(from, Math.min(from + SHARD, missing.size()));
        Path pixels = Shard.pixels(folder, number++);
        shards.add(pool.submit(() -> write(pixels, images, missing.size())));
      }
      for (Future<?> shard : shards) {
        shard.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UncheckedIOException failure) {
        throw failure.getCause();
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DataException("preparing interrupted; the same command goes on with it", e);
    } finally {
      pool.shutdownNow();
    }
  }

  private void write(Path pixels, List<Path> images, int total) {
    try {
      List<Entry> entries = writePixels(pixels, images, total);
      if (!Thread.currentThread().isInterrupted()) {
        new Shard(pixels, entries).publish(reduction.side());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Entry> writePixels(Path pixels, List<Path> images, int total) throws IOException {
    List<Entry> entries = new ArrayList<>();
    long offset = 0;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(pixels))) {
      for (Path image : images) {
        if (Thread.currentThread().isInterrupted()) {
          break;
        }
        Stored stored = stored(image, offset);
        if (stored != null) {
          out.write(stored.pixels().rgb_HWC());
          entries.add(stored.entry());
          offset += stored.pixels().rgb_HWC().length;
        }
        progress.update(done.incrementAndGet(), total);
      }
    }
    return entries;
  }

  private record Stored(Pixels pixels, Entry entry) {}

  /** Null where the picture cannot be read. */
  private Stored stored(Path image, long offset) {
    try {
      // Asked before reading: a file that changes meanwhile counts as stale then.
      long bytes = Files.size(image);
      long modified = Entry.modified(image);
      Pixels pixels = reduction.apply(ImageDecoder.decode(image));
      long crc = PixelCache.checksum(pixels.rgb_HWC());
      return new Stored(
          pixels,
          new Entry(
              Entry.name(root, image),
              bytes,
              modified,
              pixels.width(),
              pixels.height(),
              offset,
              crc));
    } catch (IOException e) {
      unreadable.incrementAndGet();
      return null;
    }
  }
}
