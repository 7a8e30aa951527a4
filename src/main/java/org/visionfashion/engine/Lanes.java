package org.visionfashion.engine;

import ai.djl.Device;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Supplier;

/**
 * Threads that work side by side, each with its share of libtorch's own threads. libtorch splits
 * every operation among its threads and waits for all of them behind each: with the demo's step, of
 * a thousand short operations, a second thread made about 1.3 times the pace that way; the two
 * halves of a batch, each on a thread of its own, about 1.6 times. Two of them at most: what two
 * threads add to a gradient does not depend on who comes first, what three add does.
 */
public final class Lanes implements AutoCloseable {

  private static final int MOST = 2;

  private final int count;
  private ExecutorService threads;

  private Lanes(int count) {
    this.count = count;
  }

  /** As many as pay on a device: a GPU works by itself, one lane feeds it. */
  public static Lanes of(Device device) {
    Machine.start();
    return new Lanes(device.isGpu() ? 1 : Math.min(MOST, JniUtils.getNumThreads()));
  }

  /** The caller's thread alone. */
  public static Lanes one() {
    return new Lanes(1);
  }

  /** Two on any machine. */
  public static Lanes two() {
    return new Lanes(MOST);
  }

  public int count() {
    return count;
  }

  /**
   * Runs works side by side and waits for all of them.
   *
   * @return their results
   * @throws RuntimeException the first failure
   */
  public <T> List<T> run(List<Supplier<T>> works) {
    List<CompletableFuture<T>> running =
        works.stream().map(work -> CompletableFuture.supplyAsync(work, threads())).toList();
    // Also behind a failure: what the others work on must not be closed meanwhile.
    running.forEach(each -> each.exceptionally(failure -> null).join());
    try {
      return running.stream().map(CompletableFuture::join).toList();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    }
  }

  private synchronized ExecutorService threads() {
    if (threads == null) {
      threads = start(count, Math.max(1, JniUtils.getNumThreads() / count));
    }
    return threads;
  }

  /**
   * libtorch keeps a number of threads for each thread that calls it, and one for those to come; a
   * thread takes the latter when it first asks.
   */
  private static ExecutorService start(int count, int share) {
    int all = JniUtils.getNumThreads();
    CountDownLatch ready = new CountDownLatch(count);
    ExecutorService threads =
        Executors.newFixedThreadPool(
            count,
            work -> {
              Thread thread =
                  new Thread(
                      () -> {
                        JniUtils.setNumThreads(share);
                        JniUtils.getNumThreads();
                        ready.countDown();
                        work.run();
                      },
                      "lane");
              thread.setDaemon(true);
              return thread;
            });
    ((ThreadPoolExecutor) threads).prestartAllCoreThreads();
    try {
      ready.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    JniUtils.setNumThreads(all);
    return threads;
  }

  @Override
  public synchronized void close() {
    if (threads != null) {
      threads.shutdown();
    }
  }
}
