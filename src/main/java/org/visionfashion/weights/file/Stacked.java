package org.visionfashion.weights.file;

import java.util.List;
import org.visionfashion.weights.file.SafetensorsWriter.Tensor;

/** Tensors of one shape, one behind the other along the first axis. */
public record Stacked(List<Tensor> parts) implements Tensor {

  @Override
  public long[] shape() {
    long[] shape = parts.get(0).shape().clone();
    shape[0] *= parts.size();
    return shape;
  }

  @Override
  public float[] values() {
    float[] first = parts.get(0).values();
    float[] all = new float[first.length * parts.size()];
    System.arraycopy(first, 0, all, 0, first.length);
    for (int i = 1; i < parts.size(); i++) {
      System.arraycopy(parts.get(i).values(), 0, all, i * first.length, first.length);
    }
    return all;
  }
}
