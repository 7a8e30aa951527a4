package org.visionfashion.train;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.visionfashion.base.Daemons;

/** A thread that gets the next of a sequence ready while its taker is busy with the last. */
public final class ReadAhead implements AutoCloseable {

  private static final long STOP_SECONDS = 10;

  private final LongAdder waitNanos = new LongAdder();
  private final ExecutorService thread = Daemons.one("read-ahead");

  /** The same sequence; its first is begun at once. Taking another one ends this one. */
  public <T> Iterator<T> of(Iterator<T> source) {
    return new Ahead<>(source);
  }

  /** How long takers have had to wait. */
  long waitNanos() {
    return waitNanos.sum();
  }

  /** Whoever feeds the sequence is closed first: else its last one is waited for. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Ahead<T> implements Iterator<T> {

    private final Iterator<T> source;
    private Future<Optional<T>> coming;

    Ahead(Iterator<T> source) {
      this.source = source;
      begin();
    }

    private void begin() {
      coming =
          thread.submit(() -> source.hasNext() ? Optional.of(source.next()) : Optional.empty());
    }

    @Override
    public boolean hasNext() {
      return await().isPresent();
    }

    @Override
    public T next() {
      T next = await().orElseThrow(NoSuchElementException::new);
      begin();
      return next;
    }

    private Optional<T> await() {
      long start = System.nanoTime();
      try {
        return coming.get();
      } catch (ExecutionException e) {
        throw unwrapped(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for a batch", e);
      } finally {
        waitNanos.add(System.nanoTime() - start);
      }
    }
  }

  private static RuntimeException unwrapped(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException failure ? failure : new CompletionException(cause);
  }
}
