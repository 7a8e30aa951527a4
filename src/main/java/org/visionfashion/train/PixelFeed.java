package org.visionfashion.train;

import ai.djl.ndarray.NDManager;
import java.util.Iterator;
import java.util.List;
import org.visionfashion.data.Example;
import org.visionfashion.data.loader.Batch;
import org.visionfashion.data.loader.Loader;
import org.visionfashion.model.DeviceBatch;
import org.visionfashion.model.Labels;
import org.visionfashion.model.Placement;

/** Pictures and captions from a loader. */
public final class PixelFeed implements Feed<DeviceBatch> {

  private final Loader loader;
  private final Placement placement;

  /** Takes over the loader, which is closed with the feed. */
  public PixelFeed(Loader loader, Placement placement) {
    this.loader = loader;
    this.placement = placement;
  }

  @Override
  public int steps() {
    return loader.steps();
  }

  @Override
  public Iterable<Minibatch<DeviceBatch>> epoch(int epoch, int first) {
    return () -> {
      Iterator<Batch> batches = loader.epoch(epoch, first).iterator();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return batches.hasNext();
        }

        @Override
        public Minibatch<DeviceBatch> next() {
          Batch batch = batches.next();
          return new PixelMinibatch(loader.taken() - 1, batch, placement);
        }
      };
    };
  }

  /** A batch in Java memory. */
  public record PixelMinibatch(int index, Batch batch, Placement placement)
      implements Minibatch<DeviceBatch> {

    @Override
    public int size() {
      return batch.size();
    }

    @Override
    public List<String> ids() {
      return batch.examples().stream().map(Example::id).toList();
    }

    @Override
    public DeviceBatch place(int start, int end, NDManager scope) {
      return placement.place(batch, start, end, scope);
    }

    @Override
    public Labels labels(NDManager scope) {
      return Placement.labels(batch, scope);
    }
  }

  @Override
  public long waitNanos() {
    return loader.waitNanos();
  }

  @Override
  public void close() {
    loader.close();
  }
}
