package org.visionfashion.data.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.visionfashion.data.Seeds;

class BatchPlanTest {

  @Test
  void inOrderTheLastBatchIsKept() {
    BatchPlan plan = new BatchPlan(7, 3, false, false, 0);
    assertThat(plan.steps()).isEqualTo(3);
    int[] order = plan.order(5);
    assertThat(plan.batch(order, 0)).containsExactly(0, 1, 2);
    assertThat(plan.batch(order, 1)).containsExactly(3, 4, 5);
    assertThat(plan.batch(order, 2)).containsExactly(6);
  }

  @Test
  void theLastBatchCanBeDropped() {
    assertThat(new BatchPlan(7, 3, true, true, 0).steps()).isEqualTo(2);
    assertThat(new BatchPlan(6, 3, true, true, 0).steps()).isEqualTo(2);
    assertThat(new BatchPlan(6, 3, true, false, 0).steps()).isEqualTo(2);
    assertThat(new BatchPlan(0, 3, true, false, 0).steps()).isZero();
  }

  @Test
  void anEpochHasEveryExampleOnce() {
    BatchPlan plan = new BatchPlan(1000, 64, true, false, 42);
    for (int epoch = 0; epoch < 5; epoch++) {
      int[] sorted = plan.order(epoch);
      Arrays.sort(sorted);
      for (int i = 0; i < sorted.length; i++) {
        assertThat(sorted[i]).as("epoch %d", epoch).isEqualTo(i);
      }
    }
  }

  @Test
  void theOrderDependsOnSeedAndEpochOnly() {
    BatchPlan plan = new BatchPlan(50, 8, true, false, 42);
    assertThat(plan.order(3)).isEqualTo(new BatchPlan(50, 16, true, true, 42).order(3));
    assertThat(plan.order(3)).isNotEqualTo(plan.order(4));
    assertThat(plan.order(3)).isNotEqualTo(new BatchPlan(50, 8, true, false, 43).order(3));
  }

  /** All 24 orders of four examples, fixed points included. */
  @Test
  void everyOrderIsEquallyLikely() {
    BatchPlan plan = new BatchPlan(4, 1, true, false, 1);
    Map<String, Integer> counts = new HashMap<>();
    for (int epoch = 0; epoch < 24_000; epoch++) {
      counts.merge(Arrays.toString(plan.order(epoch)), 1, Integer::sum);
    }
    assertThat(counts).hasSize(24);
    assertThat(counts.values()).allMatch(count -> count > 840 && count < 1160); // five sigma
  }

  @Test
  void seedsOfNeighboursAreAllDifferent() {
    Set<Long> seeds = new HashSet<>();
    for (int seed = 0; seed < 10; seed++) {
      for (int epoch = 0; epoch < 10; epoch++) {
        seeds.add(Seeds.of(seed, epoch));
        for (int index = 0; index < 100; index++) {
          seeds.add(Seeds.of(seed, epoch, index));
        }
      }
    }
    assertThat(seeds).hasSize(10 * 10 * 101);
    assertThat(Seeds.of(1, 2)).isEqualTo(Seeds.of(1, 2)).isNotEqualTo(Seeds.of(2, 1));
  }

  @Test
  void anEmptyBatchIsRefused() {
    assertThatThrownBy(() -> new BatchPlan(7, 0, true, true, 0))
        .hasMessage("batch must be at least 1, not 0");
  }
}
