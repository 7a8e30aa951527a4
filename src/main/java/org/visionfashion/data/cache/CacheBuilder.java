package org.visionfashion.data.cache;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.base.UserError;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.config.ModelConfig.Resampling;
import org.visionfashion.data.Picture;
import org.visionfashion.data.Progress;
import org.visionfashion.data.column.Distinct;
import org.visionfashion.data.image.ImageDecoder;
import org.visionfashion.data.image.Pixels;
import org.visionfashion.data.image.Reduction;

/**
 * Fills a {@link PixelCache}: decodes what is missing or stale, on several threads. Whoever is cut
 * off loses the shards in work and nothing else.
 */
public final class CacheBuilder {

  /** Pictures of a shard, which one thread makes: so many, of millions more, as threads share. */
  private static final int MOST_PICTURES = 256;

  private static final int SHARDS_A_THREAD = 64;

  /** Bytes of a shard, about: a shard is mapped in one piece, of 2 GiB at most. */
  private static final int MOST_BYTES = 1 << 28;

  private static final Logger LOG = LoggerFactory.getLogger(CacheBuilder.class);
  private static final long LOCK_MILLISECONDS = 200;
  private static final long STOP_SECONDS = 10;

  private final Path root;
  private final Path folder;
  private final Reduction reduction;
  private final LimitsConfig limits;
  private final int threads;
  private final int shard;
  private final Progress progress;
  private int done;
  private int unreadable;
  private volatile boolean failed;

  /**
   * @param root of the data set; the cache lies below it
   * @param side to which the shorter side of a picture is reduced, at most 8192 pixels
   */
  public CacheBuilder(Path root, int side, LimitsConfig limits, int threads, Progress progress) {
    this(root, side, limits, threads, 0, progress);
  }

  /**
   * With shards of another size.
   *
   * @param shard pictures of one; 0 = as they are many and large
   */
  CacheBuilder(
      Path root, int side, LimitsConfig limits, int threads, int shard, Progress progress) {
    this.root = root;
    this.limits = limits;
    this.folder = PixelCache.folder(root, side);
    this.reduction = new Reduction(side, Resampling.BICUBIC);
    this.threads = Math.max(1, threads);
    this.shard = shard;
    this.progress = progress;
  }

  /** As if every picture were 3 : 4. */
  private int picturesOfShard(int pictures) {
    if (shard > 0) {
      return shard;
    }
    int fit = MOST_BYTES / (4 * reduction.side() * reduction.side());
    int wanted = Math.max(MOST_PICTURES, pictures / (SHARDS_A_THREAD * threads));
    return Math.max(1, Math.min(wanted, fit));
  }

  /**
   * What a preparation did.
   *
   * @param stored pictures decoded and stored
   * @param kept pictures that were there and fresh
   * @param unreadable pictures skipped; reading one says why
   */
  public record Result(int stored, int kept, int unreadable) {}

  /**
   * Stores the pictures that are not stored, and removes shards of which none is needed. Where
   * another process or thread is at the same cache, waits for its end.
   *
   * @throws UserError where the thread is interrupted
   */
  public Result prepare(List<Picture> pictures) throws IOException {
    Files.createDirectories(folder);
    FileChannel lock = lock();
    try {
      return prepareAlone(pictures);
    } finally {
      lock.close();
    }
  }

  /** Closing the channel gives the lock back, and so does the end of the process. */
  private FileChannel lock() throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolveSibling(folder.getFileName() + ".lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE);
    try {
      for (boolean logged = false; !isTaken(channel); logged = true) {
        if (!logged) {
          LOG.info("Another run is preparing pictures in {}; waiting until it is done", folder);
        }
        Thread.sleep(LOCK_MILLISECONDS);
      }
      return channel;
    } catch (InterruptedException e) {
      channel.close();
      Thread.currentThread().interrupt();
      throw interrupted(e);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static boolean isTaken(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException heldInThisProcess) {
      return false;
    }
  }

  private static UserError interrupted(InterruptedException e) {
    return new UserError("preparing was interrupted; run the same command again to resume", e);
  }

  private Result prepareAlone(List<Picture> pictures) throws IOException {
    done = 0;
    unreadable = 0;
    failed = false;
    EntryTable there = removeOutdated();
    IntFunction<String> keys = i -> Entry.key(root, pictures.get(i));
    Distinct distinct = new Distinct(pictures.size(), keys);
    int[] different =
        IntStream.range(0, pictures.size()).filter(i -> distinct.first(i) == i).toArray();
    int[] missing = IntStream.of(different).filter(i -> there.find(keys.apply(i)) < 0).toArray();
    store(pictures, missing);
    return new Result(missing.length - unreadable, different.length - missing.length, unreadable);
  }

  /** Returns the entries that are left. */
  private EntryTable removeOutdated() throws IOException {
    Shard.deleteIncomplete(folder);
    FileStates states = new FileStates();
    try (EntryTable.Sink left = new EntryTable.Sink()) {
      for (Path index : Shard.indices(folder)) {
        for (Shard each : Shard.read(index, reduction.side()).toList()) {
          List<Entry> usable =
              each.whole().stream().filter(entry -> entry.isFresh(root, states)).toList();
          if (usable.isEmpty()) {
            each.delete();
          }
          usable.forEach(entry -> left.add(0, entry));
        }
      }
      return left.finish();
    }
  }

  private void store(List<Picture> all, int[] missing) throws IOException {
    int size = picturesOfShard(missing.length);
    int number = Shard.nextNumber(folder);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> writers = new ArrayList<>();
      for (int from = 0; from < missing.length; from += size) {
        int[] some = Arrays.copyOfRange(missing, from, Math.min(from + size, missing.length));
        Path pixels = Shard.pixels(folder, number++);
        writers.add(
            pool.submit(
                () ->
                    write(pixels, IntStream.of(some).mapToObj(all::get).toList(), missing.length)));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UncheckedIOException failure) {
        throw failure.getCause();
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(e);
    } finally {
      stop(pool);
    }
  }

  /** Whoever prepares next must find nobody writing. */
  private static void stop(ExecutorService pool) {
    pool.shutdownNow();
    try {
      pool.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(Path pixels, List<Picture> pictures, int total) {
    try {
      List<Entry> entries = writePixels(pixels, pictures, total);
      if (!stopped()) {
        new Shard(pixels, entries).publish(reduction.side());
      }
    } catch (IOException e) {
      failed = true;
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      failed = true;
      throw e;
    }
  }

  /** Where one fails, the others stop too. */
  private boolean stopped() {
    return failed || Thread.currentThread().isInterrupted();
  }

  private List<Entry> writePixels(Path pixels, List<Picture> pictures, int total)
      throws IOException {
    List<Entry> entries = new ArrayList<>();
    long offset = 0;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(pixels))) {
      for (Picture picture : pictures) {
        if (stopped()) {
          break;
        }
        Stored stored = stored(picture, offset);
        if (stored != null) {
          out.write(stored.pixels().rgb_HWC());
          entries.add(stored.entry());
          offset += stored.pixels().rgb_HWC().length;
        }
        tell(stored != null, total);
      }
    }
    return entries;
  }

  private synchronized void tell(boolean readable, int total) {
    unreadable += readable ? 0 : 1;
    progress.update(++done, total);
  }

  private record Stored(Pixels pixels, Entry entry) {}

  /** Null where the picture cannot be read. */
  private Stored stored(Picture picture, long offset) {
    try {
      long modified = Entry.modified(picture.file()); // first: what changes meanwhile is stale
      byte[] encoded = picture.read(limits);
      Pixels pixels =
          reduction.apply(ImageDecoder.decode(encoded, picture.name(), limits, reduction));
      return new Stored(
          pixels,
          new Entry(
              Entry.name(root, picture.file()),
              picture.member(),
              Files.size(picture.file()),
              modified,
              Checksum.of(encoded),
              pixels.width(),
              pixels.height(),
              offset,
              Checksum.of(pixels.rgb_HWC())));
    } catch (IOException e) {
      return null;
    }
  }
}
