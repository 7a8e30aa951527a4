package org.visionfashion.data.check;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.visionfashion.base.UserError;
import org.visionfashion.data.Progress;

/** Work on numbered things by several threads, each on neighbours, in bounded memory. */
final class ParallelPass {

  /** Neighbours in a container lie beside each other. */
  private static final int AT_ONCE = 32;

  private final int count;
  private final IntConsumer work;
  private final Progress progress;
  private final AtomicInteger next = new AtomicInteger();
  private int done;

  private ParallelPass(int count, IntConsumer work, Progress progress) {
    this.count = count;
    this.work = work;
    this.progress = progress;
  }

  /**
   * Works on 0 to {@code count} - 1.
   *
   * @param work must not depend on order, nor on what the others do
   * @throws UserError where the calling thread was interrupted
   */
  static void run(int count, int threads, Progress progress, IntConsumer work) {
    ParallelPass pass = new ParallelPass(count, work, progress);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        workers.add(pool.submit(pass::work));
      }
      for (Future<?> worker : workers) {
        worker.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("verification was interrupted", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  private void work() {
    for (int from = next(); from < count && !Thread.interrupted(); from = next()) {
      int to = Math.min(count, from + AT_ONCE);
      for (int i = from; i < to; i++) {
        work.accept(i);
      }
      tell(to - from);
    }
  }

  /** Stands at the end once it is there: no overflow, however many ask. */
  private int next() {
    return next.getAndUpdate(at -> at >= count ? at : at + Math.min(AT_ONCE, count - at));
  }

  private synchronized void tell(int more) {
    done += more;
    progress.update(done, count);
  }
}
