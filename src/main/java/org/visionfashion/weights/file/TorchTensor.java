package org.visionfashion.weights.file;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A tensor as PyTorch saves it: a view of a storage that others may view too.
 *
 * @param offset element of the storage where it begins
 * @param shape empty for a scalar
 * @param strides elements from one index of an axis to the next; 0 where the axis repeats itself
 */
record TorchTensor(Storage storage, long offset, long[] shape, long[] strides) {

  /**
   * A row of elements.
   *
   * @param key name of its entry in the zip file
   * @param elements how many there are
   */
  record Storage(ElementType type, String key, long elements) {

    Storage {
      Objects.requireNonNull(type);
      Objects.requireNonNull(key);
    }

    /** Length in bytes. */
    long bytes() {
      return Math.multiplyExact(elements, type.bytes());
    }
  }

  /** What is done with an element: its place in the tensor row by row, its place in the storage. */
  interface Visitor {
    void element(int row, long stored) throws IOException;
  }

  /** An axis of more than one index; the strides of both sides. */
  private record Axis(long size, long row, long stored) {

    long reach() {
      return Math.multiplyExact(size - 1, stored);
    }
  }

  /** As many as PyTorch takes. */
  static final int MOST_AXES = 64;

  /** A tensor that repeats itself may be so much larger than its storage. */
  private static final long MOST_REPEATED = 1 << 20;

  TorchTensor {
    Objects.requireNonNull(storage);
  }

  /** Number of elements. */
  long count() {
    return TensorInfo.count(shape);
  }

  /** Strides of a tensor whose elements lie row by row. */
  static long[] rowStrides(long[] shape) {
    long[] strides = new long[shape.length];
    long stride = 1;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride = Math.multiplyExact(stride, Math.max(1, shape[axis]));
    }
    return strides;
  }

  /** Why this cannot be a view of its storage, if it cannot. */
  Optional<String> problem() {
    if (shape.length != strides.length) {
      return Optional.of("has " + shape.length + " sizes and " + strides.length + " strides");
    }
    if (offset < 0 || storage.elements() < 0 || negative(shape) || negative(strides)) {
      return Optional.of("has a negative size, stride or offset");
    }
    try {
      return count() == 0 ? Optional.empty() : misplaced();
    } catch (ArithmeticException e) {
      return Optional.of("has sizes or strides that no memory holds");
    }
  }

  private static boolean negative(long[] numbers) {
    return Arrays.stream(numbers).anyMatch(number -> number < 0);
  }

  private Optional<String> misplaced() {
    long covered = 1;
    List<Axis> axes = axes();
    // A view that steps back over its own elements would have to be read again and again.
    for (int i = axes.size() - 1; i >= 0; i--) {
      Axis axis = axes.get(i);
      if (axis.stored() > 0 && axis.stored() < covered) {
        return Optional.of("overlaps itself: save its .contiguous()");
      }
      covered = Math.addExact(covered, axis.reach());
    }
    long end = Math.addExact(offset, covered);
    if (end > storage.elements()) {
      return Optional.of(
          String.format("reaches element %,d of a storage of %,d", end - 1, storage.elements()));
    }
    return count() > Math.max(storage.elements(), MOST_REPEATED)
        ? Optional.of("repeats the elements of its storage too often: save its .contiguous()")
        : Optional.empty();
  }

  /** Visits all elements in the order of their places in the storage. */
  void forEach(Visitor visitor) throws IOException {
    if (count() > 0) {
      visit(axes().toArray(Axis[]::new), 0, 0, offset, visitor);
    }
  }

  private static void visit(Axis[] axes, int depth, int row, long stored, Visitor visitor)
      throws IOException {
    if (depth == axes.length) {
      visitor.element(row, stored);
      return;
    }
    Axis axis = axes[depth];
    for (long i = 0; i < axis.size(); i++) {
      visit(axes, depth + 1, (int) (row + i * axis.row()), stored + i * axis.stored(), visitor);
    }
  }

  /** The axes, the one with the longest steps through the storage first. */
  private List<Axis> axes() {
    long[] rows = rowStrides(shape);
    return IntStream.range(0, shape.length)
        .filter(axis -> shape[axis] > 1)
        .mapToObj(axis -> new Axis(shape[axis], rows[axis], strides[axis]))
        .sorted(Comparator.comparingLong(Axis::stored).reversed())
        .toList();
  }
}
