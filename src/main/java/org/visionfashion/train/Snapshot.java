package org.visionfashion.train;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.visionfashion.engine.Operations;
import org.visionfashion.weights.file.SafetensorsWriter.Ready;

/**
 * Copies of tensors in the host's memory, all taken between two steps. The memory is kept for the
 * next time: fresh pages would cost more than the copying.
 */
public final class Snapshot implements AutoCloseable {

  private final Operations operations;
  private final NDManager manager;
  private final List<NDArray> sources = new ArrayList<>();
  private final List<NDArray> copies = new ArrayList<>();
  private final Map<String, Ready> tensors = new LinkedHashMap<>();

  /**
   * @param manager the copies live in it; closed with the snapshot
   * @param sources FLOAT32 tensors by name, of any device
   */
  public Snapshot(Operations operations, NDManager manager, Map<String, NDArray> sources) {
    this.operations = operations;
    this.manager = manager;
    sources.forEach(this::add);
  }

  private void add(String name, NDArray source) {
    NDArray copy = manager.create(source.getShape(), DataType.FLOAT32, Device.cpu());
    ByteBuffer bytes = copy.toByteBuffer(true).order(ByteOrder.LITTLE_ENDIAN);
    sources.add(source);
    copies.add(copy);
    tensors.put(name, new Ready(source.getShape().getShape(), bytes));
  }

  /** Copies; what was copied before is gone. */
  public void take() {
    operations.assign(copies, sources);
  }

  /** What was copied last, by name; any thread may read it until the next {@link #take}. */
  public Map<String, Ready> tensors() {
    return tensors;
  }

  @Override
  public void close() {
    manager.close();
  }
}
