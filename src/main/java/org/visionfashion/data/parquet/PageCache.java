package org.visionfashion.data.parquet;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The pages that were used last, for all threads. Whoever reads rows in order reads each page once.
 */
final class PageCache {

  /** For the process: an eighth of the heap. */
  static final PageCache SHARED = new PageCache(Runtime.getRuntime().maxMemory() / 8);

  /**
   * A page.
   *
   * @param column of a file as it was when it was opened: not equal to that of a later one
   */
  record Key(Object column, int rowGroup, int page) {}

  /** Reads a page that is not there. */
  @FunctionalInterface
  interface Loading {
    Page load() throws IOException;
  }

  private final long most;
  private final Map<Key, CompletableFuture<Page>> pages = new LinkedHashMap<>(16, 0.75f, true);
  private long held;

  /**
   * An empty cache.
   *
   * @param most bytes of its pages; a page that is larger is handed out and not kept
   */
  PageCache(long most) {
    this.most = most;
  }

  /** The page; of several threads that ask for it, one reads it and the others wait. */
  Page get(Key key, Loading loading) throws IOException {
    CompletableFuture<Page> own = new CompletableFuture<>();
    CompletableFuture<Page> other;
    synchronized (pages) {
      other = pages.putIfAbsent(key, own);
    }
    return other == null ? load(key, own, loading) : wait(other);
  }

  /** How many bytes are held. */
  long held() {
    synchronized (pages) {
      return held;
    }
  }

  private Page load(Key key, CompletableFuture<Page> own, Loading loading) throws IOException {
    try {
      Page page = loading.load();
      synchronized (pages) {
        held += page.memory();
        own.complete(page);
        shrink();
      }
      return page;
    } catch (IOException | RuntimeException | Error e) {
      synchronized (pages) {
        pages.remove(key);
      }
      own.completeExceptionally(e);
      throw e;
    }
  }

  private static Page wait(CompletableFuture<Page> other) throws IOException {
    try {
      return other.join();
    } catch (CompletionException e) {
      throw new IOException(e.getCause().getMessage(), e.getCause());
    }
  }

  private void shrink() {
    Iterator<CompletableFuture<Page>> eldest = pages.values().iterator();
    while (held > most && eldest.hasNext()) {
      CompletableFuture<Page> page = eldest.next();
      if (page.isDone()) {
        held -= page.join().memory();
        eldest.remove();
      }
    }
  }
}
