package org.visionfashion.data.loader;

import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.visionfashion.data.Example;

/**
 * Examples side by side in Java memory, ready to be copied to a device. B examples, A attributes, L
 * tokens of the longest caption of the batch.
 *
 * @param examples the B examples, for names in messages
 * @param height of the pictures in pixels
 * @param width of the pictures in pixels
 * @param pixels_BCHW unsigned bytes, channels R, G, B; B * 3 * height * width values
 * @param length L; 0 where captions were not asked for
 * @param ids_BL token ids, padded with [PAD]
 * @param mask_BL 1 at tokens, 0 at padding
 * @param category_B class index, -1 = not labelled
 * @param attributes_BA 1, 0, or -1 = not labelled
 */
public record Batch(
    List<Example> examples,
    int height,
    int width,
    byte[] pixels_BCHW,
    int length,
    long[] ids_BL,
    long[] mask_BL,
    long[] category_B,
    byte[] attributes_BA) {

  /** B. */
  public int size() {
    return examples.size();
  }

  /**
   * The captions of examples {@code start} to {@code end}, the latter not included, as long as the
   * longest of them.
   */
  public Tokens tokens(int start, int end) {
    int longest = longest(start, end);
    return new Tokens(longest, cut(ids_BL, start, end, longest), cut(mask_BL, start, end, longest));
  }

  /** For each caption the first of the batch that reads the same, once it is cut to tokens. */
  public long[] caption_B() {
    Map<LongBuffer, Integer> first = new HashMap<>();
    return IntStream.range(0, size())
        .mapToLong(i -> first.computeIfAbsent(LongBuffer.wrap(ids_BL, i * length, length), k -> i))
        .toArray();
  }

  private int longest(int start, int end) {
    int longest = 0;
    for (int i = start * length; i < end * length; i++) {
      if (mask_BL[i] == 1) {
        longest = Math.max(longest, i % length + 1);
      }
    }
    return longest;
  }

  private long[] cut(long[] tokens_BL, int start, int end, int shorter) {
    long[] tokens = new long[(end - start) * shorter];
    for (int row = start; row < end; row++) {
      System.arraycopy(tokens_BL, row * length, tokens, (row - start) * shorter, shorter);
    }
    return tokens;
  }
}
