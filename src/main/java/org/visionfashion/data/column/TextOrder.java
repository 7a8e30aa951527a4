package org.visionfashion.data.column;

import java.util.Arrays;

/**
 * Sorts texts as {@link String#compareTo} does, without an object for each: a natural merge sort of
 * their indices, stable, in linear time where they lie in order already.
 */
public final class TextOrder {

  private final Texts texts;
  private byte[] left = new byte[64];
  private byte[] right = new byte[64];

  private TextOrder(Texts texts) {
    this.texts = texts;
  }

  /** The indices of the texts in order; of equal texts the earlier comes first. */
  public static int[] of(Texts texts) {
    int[] order = new int[texts.size()];
    Arrays.setAll(order, i -> i);
    return new TextOrder(texts).sort(order);
  }

  private int[] sort(int[] order) {
    int[] from = order;
    int[] to = new int[0];
    for (int[] runs = runs(from); runs.length > 2; runs = everyOther(runs)) {
      to = to.length == 0 ? new int[from.length] : to;
      for (int i = 0; i < runs.length - 1; i += 2) {
        int middle = runs[i + 1];
        merge(from, to, runs[i], middle, i + 2 < runs.length ? runs[i + 2] : middle);
      }
      int[] swap = from;
      from = to;
      to = swap;
    }
    return from;
  }

  /** Where ascending runs begin, and the end. */
  private int[] runs(int[] order) {
    int[] starts = new int[16];
    int count = 1;
    for (int i = 1; i < order.length; i++) {
      if (compare(order[i - 1], order[i]) > 0) {
        starts = count + 1 == starts.length ? Arrays.copyOf(starts, 2 * count) : starts;
        starts[count++] = i;
      }
    }
    starts = Arrays.copyOf(starts, count + 1);
    starts[count] = order.length;
    return starts;
  }

  private static int[] everyOther(int[] runs) {
    int[] half = new int[runs.length / 2 + 1];
    for (int i = 0; i < half.length; i++) {
      half[i] = runs[Math.min(2 * i, runs.length - 1)];
    }
    return half;
  }

  private void merge(int[] from, int[] to, int start, int middle, int end) {
    int a = start;
    int b = middle;
    for (int i = start; i < end; i++) {
      to[i] = a < middle && (b == end || compare(from[a], from[b]) <= 0) ? from[a++] : from[b++];
    }
  }

  /** Compares two texts. */
  private int compare(int a, int b) {
    int lengthA = texts.length(a);
    int lengthB = texts.length(b);
    left = read(a, left, lengthA);
    right = read(b, right, lengthB);
    int same = Arrays.mismatch(left, 0, lengthA, right, 0, lengthB);
    if (same < 0) {
      return 0;
    }
    return same == Math.min(lengthA, lengthB)
        ? lengthA - lengthB
        : rank(left[same]) - rank(right[same]);
  }

  private byte[] read(int index, byte[] into, int length) {
    byte[] room = into.length < length ? new byte[2 * length] : into;
    texts.bytes().read(texts.start(index), room, length);
    return room;
  }

  /** Strings compare by UTF-16: U+E000 to U+FFFF, EE and EF in UTF-8, come after all above. */
  private static int rank(byte lead) {
    int value = lead & 0xff;
    return value == 0xee || value == 0xef ? value + 0x10 : value;
  }
}
