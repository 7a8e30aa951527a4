package org.visionfashion.data.loader;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.base.UserError;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.Example;
import org.visionfashion.data.Examples;
import org.visionfashion.data.SkipLimit;
import org.visionfashion.data.image.Transform;

/**
 * Examples to batches, on threads of its own and ahead of the consumer.
 *
 * <p>A worker makes a whole batch. Batches come in the order of the plan and are the same for any
 * number of workers. At most workers + prefetch batches exist before the consumer asks for them,
 * fewer where they are so large that they would fill the heap.
 *
 * <p>A picture that cannot be read is named once in the log and skipped: its batch is smaller by
 * one, and a batch without any picture is skipped altogether. For one consumer thread; {@link
 * #close} may come from any thread.
 */
public final class Loader implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Loader.class);
  private static final long STOP_SECONDS = 10;

  private final BatchPlan plan;
  private final BatchMaker maker;
  private final SkipLimit skipLimit;
  private final Map<String, SkippedPicture> skipped = new LinkedHashMap<>();
  private final int ahead;
  private final ExecutorService workers;
  private final LongAdder waitNanos = new LongAdder();
  private Epoch current;

  private Loader(Builder builder) {
    plan = builder.plan();
    maker =
        new BatchMaker(
            immutable(builder.examples),
            builder.source,
            builder.transform,
            builder.text,
            builder.seed,
            builder.byLength);
    skipLimit = new SkipLimit(builder.maxBroken);
    ahead =
        ahead(
            builder.workers + builder.prefetch,
            (long) builder.batch * builder.transform.size(),
            Runtime.getRuntime().maxMemory());
    workers = Executors.newFixedThreadPool(builder.workers, daemons());
  }

  /** Columns never change; ten million examples are not copied. */
  private static List<Example> immutable(List<Example> examples) {
    return examples instanceof Examples ? examples : List.copyOf(examples);
  }

  /** How many batches may lie ready: at least one, and no more than fill a quarter of the heap. */
  static int ahead(int wanted, long batchBytes, long heap) {
    return (int) Math.max(1, Math.min(wanted, heap / 4 / batchBytes));
  }

  /** Starts a loader of these examples, by default in their order, in batches of 64. */
  public static Builder builder(List<Example> examples, Transform transform) {
    return new Builder(examples, transform);
  }

  /** Batches of an epoch. */
  public int steps() {
    return plan.steps();
  }

  /**
   * The batches of an epoch. Beginning another epoch ends this one.
   *
   * @param epoch counts from 0; decides order and augmentation
   * @param firstBatch batches to pass over without making them, for a run that is resumed
   * @return throws {@link UserError} from its iterator once more pictures are skipped than {@link
   *     SkipLimit} allows, and {@link IllegalStateException} when none could be read at all, a
   *     worker failed or the loader was closed
   */
  public Iterable<Batch> epoch(int epoch, int firstBatch) {
    return () -> begin(epoch, firstBatch);
  }

  /** Batches of the epoch under way that are behind, those without any picture included. */
  public int taken() {
    return current == null ? 0 : current.taken;
  }

  /** How long the consumer has waited for batches since the loader was built. */
  public long waitNanos() {
    return waitNanos.sum();
  }

  /** The pictures that could not be read so far, each file once. */
  public List<SkippedPicture> skipped() {
    return List.copyOf(skipped.values());
  }

  /** Stops the workers after the picture they are at, and waits for them. */
  @Override
  public void close() {
    for (Runnable neverRun : workers.shutdownNow()) {
      ((Future<?>) neverRun).cancel(false); // or a consumer would wait for it for ever
    }
    try {
      workers.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void skip(List<SkippedPicture> found) {
    for (SkippedPicture picture : found) {
      if (skipped.putIfAbsent(picture.picture(), picture) == null) {
        LOG.warn("Skipped a picture: {}", picture.message());
      }
    }
    if (found.isEmpty()) {
      return;
    }
    int examples = maker.examples().size();
    List<String> reasons = skipped.values().stream().map(SkippedPicture::message).toList();
    skipLimit.require(reasons, examples);
    if (reasons.size() == examples) {
      throw new IllegalStateException(SkipLimit.summary(reasons, examples));
    }
  }

  private Iterator<Batch> begin(int epoch, int firstBatch) {
    if (current != null) {
      current.cancel();
    }
    current = new Epoch(epoch, firstBatch);
    return current;
  }

  private static ThreadFactory daemons() {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, "loader-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /** One pass: futures of batches in order, topped up whenever one is taken. */
  private final class Epoch implements Iterator<Batch> {

    private final int epoch;
    private final int[] order;
    private final Deque<Future<BatchMaker.Made>> pending = new ArrayDeque<>();
    private int submitted;
    private int taken;
    private Batch next;

    Epoch(int epoch, int firstBatch) {
      this.epoch = epoch;
      order = plan.order(epoch);
      submitted = firstBatch;
      taken = firstBatch;
      submit();
    }

    @Override
    public boolean hasNext() {
      while (next == null && taken < plan.steps()) {
        BatchMaker.Made made = take();
        submit();
        skip(made.skipped());
        next = made.batch().size() > 0 ? made.batch() : null;
      }
      return next != null;
    }

    @Override
    public Batch next() {
      if (!hasNext()) {
        throw new NoSuchElementException("epoch %d is over".formatted(epoch));
      }
      Batch batch = next;
      next = null;
      return batch;
    }

    void cancel() {
      pending.forEach(future -> future.cancel(true));
    }

    private void submit() {
      while (submitted < plan.steps() && pending.size() < ahead) {
        int[] indices = plan.batch(order, submitted++);
        try {
          pending.add(workers.submit(() -> maker.make(indices, epoch)));
        } catch (RejectedExecutionException e) {
          throw new IllegalStateException("the loader is closed", e);
        }
      }
    }

    private BatchMaker.Made take() {
      long start = System.nanoTime();
      int step = taken++;
      try {
        return pending.remove().get();
      } catch (ExecutionException e) {
        throw failure(e.getCause(), step);
      } catch (CancellationException e) {
        throw new IllegalStateException("the loader was closed or began another epoch", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for a batch", e);
      } finally {
        waitNanos.add(System.nanoTime() - start);
      }
    }

    private RuntimeException failure(Throwable cause, int step) {
      if (cause instanceof Error error) {
        throw error;
      }
      if (cause instanceof UserError exception) {
        return exception;
      }
      return new IllegalStateException(
          "batch %d of epoch %d failed: %s".formatted(step, epoch, cause), cause);
    }
  }

  /** How a loader is put together. */
  public static final class Builder {

    private final List<Example> examples;
    private final Transform transform;
    private int batch = 64;
    private boolean shuffle;
    private boolean dropLast;
    private PixelSource source = PixelSource.files(LimitsConfig.DEFAULT);
    private TextEncoder text = captions -> Tokens.NONE;
    private long seed;
    private boolean byLength;
    private int workers = 1;
    private int prefetch = 2;
    private double maxBroken;

    private Builder(List<Example> examples, Transform transform) {
      this.examples = examples;
      this.transform = transform;
    }

    /** Every example in turn, the last batch may be smaller. */
    public Builder inOrder(int batch) {
      this.batch = batch;
      this.shuffle = false;
      this.dropLast = false;
      return this;
    }

    /** A new order every epoch. */
    public Builder shuffled(int batch, boolean dropLast) {
      this.batch = batch;
      this.shuffle = true;
      this.dropLast = dropLast;
      return this;
    }

    /** Seeds order and augmentation. */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /** Without one, batches have no tokens. */
    public Builder text(TextEncoder text) {
      this.text = text;
      return this;
    }

    /** Whether the shortest captions of a batch come first: then parts of it are padded less. */
    public Builder byLength(boolean byLength) {
      this.byLength = byLength;
      return this;
    }

    /** By default the example's file, decoded. */
    public Builder source(PixelSource source) {
      this.source = source;
      return this;
    }

    /** Threads, at least 1. */
    public Builder workers(int workers) {
      this.workers = Math.max(1, workers);
      return this;
    }

    /** Batches that may wait ready, besides one in each worker's hands. */
    public Builder prefetch(int prefetch) {
      this.prefetch = Math.max(0, prefetch);
      return this;
    }

    /** Share of the examples that may be skipped, see {@link SkipLimit}; none by default. */
    public Builder maxBroken(double maxBroken) {
      this.maxBroken = maxBroken;
      return this;
    }

    /**
     * Starts the workers.
     *
     * @throws UserError if there is not one full batch where only full ones are wanted
     */
    public Loader build() {
      if (dropLast && examples.size() < batch) {
        throw new UserError(
            "a batch of %d is more than the %d examples there are: use a smaller batch"
                .formatted(batch, examples.size()));
      }
      return new Loader(this);
    }

    private BatchPlan plan() {
      return new BatchPlan(examples.size(), batch, shuffle, dropLast, seed);
    }
  }
}
