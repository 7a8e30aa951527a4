package org.visionfashion.metrics;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Examples grouped by the product they show.
 *
 * @param item_N number of each example's item, from 0 in the order of first appearance
 * @param count number of items
 */
public record Items(int[] item_N, int count) {

  /** Equal names are one item. */
  public static Items of(List<?> names) {
    Map<Object, Integer> numbers = new HashMap<>();
    names.forEach(name -> numbers.putIfAbsent(name, numbers.size()));
    return new Items(names.stream().mapToInt(numbers::get).toArray(), numbers.size());
  }

  /** All examples are one item: enough where nobody resamples. */
  public static Items together(int examples) {
    return new Items(new int[examples], 1);
  }

  /** Some of the examples, whose items are numbered anew. */
  public Items only(int[] examples) {
    int[] number_I = new int[count];
    Arrays.fill(number_I, -1);
    int[] item_M = new int[examples.length];
    int seen = 0;
    for (int m = 0; m < item_M.length; m++) {
      int item = item_N[examples[m]];
      if (number_I[item] < 0) {
        number_I[item] = seen++;
      }
      item_M[m] = number_I[item];
    }
    return new Items(item_M, seen);
  }

  /** The examples of every item, in order. */
  public int[][] members() {
    int[] size_I = new int[count];
    for (int item : item_N) {
      size_I[item]++;
    }
    int[][] member_IG = new int[count][];
    Arrays.setAll(member_IG, item -> new int[size_I[item]]);
    int[] seen_I = new int[count];
    for (int n = 0; n < item_N.length; n++) {
      int item = item_N[n];
      member_IG[item][seen_I[item]++] = n;
    }
    return member_IG;
  }

  public int examples() {
    return item_N.length;
  }
}
