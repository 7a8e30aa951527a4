package org.visionfashion.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes whole files broken, in the ways in which files break and in those that hurt readers. */
public final class Damage {

  private static final long[] NUMBERS = {
    0, 1, -1, 0x7F, 0x80, 0x7FFF, 0x8000, 0xFFFF, 60_000, 1 << 24, 0x7FFFFFFF, 0x80000000L
  };

  private final List<byte[]> words;

  /**
   * @param words of the format, put in at random places: markers, brackets, huge numbers
   */
  public Damage(String... words) {
    this.words =
        Arrays.stream(words).map(word -> word.getBytes(StandardCharsets.ISO_8859_1)).toList();
  }

  /** Up to three changes; half of them near the start, where headers are. */
  public byte[] of(byte[] whole, Random random) {
    byte[] bytes = whole;
    for (int i = random.nextInt(3); i >= 0; i--) {
      if (bytes.length == 0) {
        return bytes;
      }
      int reach = random.nextBoolean() ? bytes.length : Math.min(bytes.length, 200);
      bytes = change(bytes.clone(), random.nextInt(reach), random);
    }
    return bytes;
  }

  private byte[] change(byte[] bytes, int at, Random random) {
    switch (random.nextInt(8)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) random.nextInt(256);
      case 2 -> putNumber(bytes, at, random);
      case 3 -> {
        int from = random.nextInt(bytes.length);
        int length = random.nextInt(1 + bytes.length - Math.max(from, at));
        System.arraycopy(bytes, from, bytes, at, length);
      }
      case 4 -> {
        return Arrays.copyOf(bytes, at);
      }
      case 5 -> {
        int end = at + random.nextInt(1 + bytes.length - at);
        return joined(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, end, bytes.length));
      }
      case 6 -> {
        byte[] noise = new byte[random.nextInt(64)];
        random.nextBytes(noise);
        return inserted(bytes, at, noise);
      }
      default -> {
        if (!words.isEmpty()) {
          byte[] word = words.get(random.nextInt(words.size()));
          return inserted(bytes, at, repeated(word, random));
        }
      }
    }
    return bytes;
  }

  /** Now and then so often that whoever recurses or counts in a small type fails. */
  private static byte[] repeated(byte[] word, Random random) {
    int times = random.nextInt(20) == 0 ? 20_000 : 1;
    byte[] all = new byte[times * word.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = word[i % word.length];
    }
    return all;
  }

  private static void putNumber(byte[] bytes, int at, Random random) {
    long number = NUMBERS[random.nextInt(NUMBERS.length)];
    int length = 1 << random.nextInt(3);
    boolean bigEndian = random.nextBoolean();
    for (int i = 0; i < length && at + i < bytes.length; i++) {
      bytes[at + i] = (byte) (number >> (8 * (bigEndian ? length - 1 - i : i)));
    }
  }

  private static byte[] inserted(byte[] bytes, int at, byte[] word) {
    return joined(
        joined(Arrays.copyOf(bytes, at), word), Arrays.copyOfRange(bytes, at, bytes.length));
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }
}
