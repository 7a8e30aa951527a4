package org.visionfashion.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.visionfashion.base.UserError;
import org.visionfashion.config.DataConfig.SplitRule;
import org.visionfashion.data.source.DataConfigs;

class SplitsTest {

  @Test
  void hashIsWhatItWas() {
    // From a separate implementation in Python; a change would move every data set's split.
    assertThat(Splits.hash("00000001", 0)).isEqualTo(0x89e90f741494d867L);
    assertThat(Splits.hash("00000001", 1)).isEqualTo(0x9ae9b99fbf42ad12L);
    assertThat(Splits.hash("\u00e9t\u00e9", 42)).isEqualTo(0x49cac40029f1e899L);
    assertThat(Splits.hash("", -1)).isEqualTo(0xcc0dc8910321bcb5L);
  }

  @Test
  void itemIsPlacedByItsOwnHash() {
    // Positions .5387 and .6051 of item 00000001 under seeds 0 and 1.
    assertThat(Splits.byItem("00000001", 0, 0.2, 0.53)).isEqualTo(Split.VALIDATION);
    assertThat(Splits.byItem("00000001", 0, 0.2, 0.54)).isEqualTo(Split.TEST);
    assertThat(Splits.byItem("00000001", 0, 0.1, 0.4)).isEqualTo(Split.TRAIN);
    assertThat(Splits.byItem("00000001", 1, 0.05, 0.54)).isEqualTo(Split.TRAIN);
  }

  @Test
  void itemSharesHoldOnAverage() {
    Map<Split, Integer> counts = new EnumMap<>(Split.class);
    for (int i = 0; i < 20_000; i++) {
      counts.merge(Splits.byItem("%08d".formatted(i), 5, 0.1, 0.2), 1, Integer::sum);
    }
    // Four standard deviations: 4 * sqrt(20,000 * p * (1 - p)).
    assertThat(counts.get(Split.TEST)).isBetween(4000 - 227, 4000 + 227);
    assertThat(counts.get(Split.VALIDATION)).isBetween(2000 - 170, 2000 + 170);
  }

  @Test
  void randomSplitHasThePapersCounts() {
    Map<Split, Long> counts = count(Splits.random(ids(42_544), 0, 0.15, 0.15));
    assertThat(counts)
        .containsEntry(Split.TRAIN, 29_780L)
        .containsEntry(Split.VALIDATION, 6_381L)
        .containsEntry(Split.TEST, 6_383L);
  }

  @Test
  void randomSplitWithoutTestOrValidation() {
    assertThat(count(Splits.random(ids(11), 0, 0.25, 0)))
        .isEqualTo(Map.of(Split.TRAIN, 9L, Split.VALIDATION, 2L));
    assertThat(count(Splits.random(ids(10), 0, 0, 0))).isEqualTo(Map.of(Split.TRAIN, 10L));
    // 10 * (1 - 0.1 - 0.2) is 6.999... in floating point.
    assertThat(count(Splits.random(ids(10), 0, 0.1, 0.2)))
        .isEqualTo(Map.of(Split.TRAIN, 7L, Split.VALIDATION, 1L, Split.TEST, 2L));
  }

  @Test
  void randomSplitIsAFunctionOfSeedAndIds() {
    List<String> shuffled = new ArrayList<>(ids(500));
    Collections.shuffle(shuffled, new Random(9));
    Map<String, Split> splits = Splits.random(ids(500), 3, 0.2, 0.2);
    assertThat(Splits.random(shuffled, 3, 0.2, 0.2)).isEqualTo(splits);
    assertThat(Splits.random(ids(500), 4, 0.2, 0.2)).isNotEqualTo(splits);
  }

  @Test
  void assignFollowsTheRule() {
    Map<String, String> items = new HashMap<>();
    ids(300).forEach(id -> items.put(id, "item" + Integer.parseInt(id) / 3));
    Map<String, Split> byItem =
        Splits.assign(items, SplitRule.ITEM, DataConfigs.split(SplitRule.ITEM));
    items.forEach(
        (id, item) ->
            assertThat(byItem.get(id)).as(id).isEqualTo(Splits.byItem(item, 7, 0.2, 0.2)));
    assertThat(count(Splits.assign(items, SplitRule.RANDOM, DataConfigs.split(SplitRule.RANDOM))))
        .isEqualTo(Map.of(Split.TRAIN, 180L, Split.VALIDATION, 60L, Split.TEST, 60L));
    assertThatThrownBy(() -> Splits.rule(DataConfigs.split(SplitRule.GIVEN), "", true))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("data.split: given");
  }

  private static List<String> ids(int count) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add("%06d".formatted(i));
    }
    return ids;
  }

  private static Map<Split, Long> count(Map<String, Split> splits) {
    Map<Split, Long> counts = new EnumMap<>(Split.class);
    splits.values().forEach(split -> counts.merge(split, 1L, Long::sum));
    return counts;
  }
}
