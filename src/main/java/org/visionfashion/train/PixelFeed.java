package org.visionfashion.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.visionfashion.data.Example;
import org.visionfashion.data.loader.Batch;
import org.visionfashion.data.loader.Loader;
import org.visionfashion.model.DeviceBatch;
import org.visionfashion.model.Labels;
import org.visionfashion.model.Placement;

/**
 * Pictures and captions from a loader. For a GPU, the pixels of the next batch are on their way
 * while the last one trains.
 */
public final class PixelFeed implements Feed<DeviceBatch> {

  private final Loader loader;
  private final Placement placement;
  private final NDManager scope;
  private final Optional<ReadAhead> readAhead;

  /**
   * Takes over the loader and the scope, which are closed with the feed.
   *
   * @param scope for pixels that wait on the device
   */
  public PixelFeed(Loader loader, Placement placement, NDManager scope) {
    this(loader, placement, scope, placement.uploads());
  }

  PixelFeed(Loader loader, Placement placement, NDManager scope, boolean uploads) {
    this.loader = loader;
    this.placement = placement;
    this.scope = scope;
    this.readAhead = uploads ? Optional.of(new ReadAhead()) : Optional.empty();
  }

  @Override
  public int steps() {
    return loader.steps();
  }

  @Override
  public Iterable<Minibatch<DeviceBatch>> epoch(int epoch, int first) {
    return () -> {
      Iterator<Batch> batches = loader.epoch(epoch, first).iterator();
      return readAhead.isEmpty()
          ? new Minibatches(batches, batch -> Optional.empty())
          : readAhead.get().of(new Minibatches(batches, batch -> placement.upload(batch, scope)));
    };
  }

  private final class Minibatches implements Iterator<Minibatch<DeviceBatch>> {

    private final Iterator<Batch> batches;
    private final Function<Batch, Optional<NDArray>> upload;

    Minibatches(Iterator<Batch> batches, Function<Batch, Optional<NDArray>> upload) {
      this.batches = batches;
      this.upload = upload;
    }

    @Override
    public boolean hasNext() {
      return batches.hasNext();
    }

    @Override
    public Minibatch<DeviceBatch> next() {
      Batch batch = batches.next();
      return new PixelMinibatch(loader.taken() - 1, batch, placement, upload.apply(batch));
    }
  }

  /**
   * A batch in Java memory.
   *
   * @param uploaded its pixels on the device, if they are there already; closed with the batch
   */
  public record PixelMinibatch(
      int index, Batch batch, Placement placement, Optional<NDArray> uploaded)
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
      return uploaded.isPresent()
          ? placement.place(batch, uploaded.get(), start, end, scope)
          : placement.place(batch, start, end, scope);
    }

    @Override
    public Labels labels(NDManager scope) {
      return Placement.labels(batch, scope);
    }

    @Override
    public void close() {
      uploaded.ifPresent(NDArray::close);
    }
  }

  @Override
  public long waitNanos() {
    return readAhead.map(ReadAhead::waitNanos).orElseGet(loader::waitNanos);
  }

  @Override
  public void close() {
    loader.close();
    readAhead.ifPresent(ReadAhead::close);
    scope.close();
  }
}
