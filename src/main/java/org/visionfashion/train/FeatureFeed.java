package org.visionfashion.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.visionfashion.data.Example;
import org.visionfashion.data.loader.BatchPlan;
import org.visionfashion.engine.NativeArrays;
import org.visionfashion.model.Labels;

/** Image features that were computed once, for training the heads over frozen towers. */
public final class FeatureFeed implements Feed<NDArray> {

  private final List<Example> examples;
  private final float[][] features_ND;
  private final BatchPlan plan;

  /**
   * @param examples N labelled examples
   * @param features_ND their image features, row by row
   * @param plan how they are shuffled and cut
   */
  public FeatureFeed(List<Example> examples, float[][] features_ND, BatchPlan plan) {
    this.examples = List.copyOf(examples);
    this.features_ND = features_ND;
    this.plan = plan;
  }

  @Override
  public int steps() {
    return plan.steps();
  }

  @Override
  public Iterable<Minibatch<NDArray>> epoch(int epoch, int first) {
    int[] order = plan.order(epoch);
    return () ->
        IntStream.range(first, plan.steps())
            .<Minibatch<NDArray>>mapToObj(index -> new Rows(index, plan.batch(order, index)))
            .iterator();
  }

  private final class Rows implements Minibatch<NDArray> {

    private final int index;
    private final int[] rows;

    Rows(int index, int[] rows) {
      this.index = index;
      this.rows = rows;
    }

    @Override
    public int index() {
      return index;
    }

    @Override
    public List<String> ids() {
      return IntStream.of(rows).mapToObj(row -> examples.get(row).id()).toList();
    }

    @Override
    public int size() {
      return rows.length;
    }

    @Override
    public NDArray place(int start, int end, NDManager scope) {
      int width = features_ND[rows[0]].length;
      float[] features_PD = new float[(end - start) * width];
      for (int i = start; i < end; i++) {
        System.arraycopy(features_ND[rows[i]], 0, features_PD, (i - start) * width, width);
      }
      return NativeArrays.create(scope, features_PD, new Shape(end - start, width));
    }

    @Override
    public Labels labels(NDManager scope) {
      int attributes = examples.get(rows[0]).attributes().length;
      byte[] attributes_BA = new byte[rows.length * attributes];
      for (int i = 0; i < rows.length; i++) {
        byte[] row = examples.get(rows[i]).attributes();
        System.arraycopy(row, 0, attributes_BA, i * attributes, attributes);
      }
      long[] category_B =
          IntStream.of(rows).mapToLong(row -> examples.get(row).category()).toArray();
      return Labels.of(category_B, attributes_BA, Optional.empty(), scope);
    }
  }

  /** Features lie in memory: nobody waits. */
  @Override
  public long waitNanos() {
    return 0;
  }

  @Override
  public void close() {}
}
