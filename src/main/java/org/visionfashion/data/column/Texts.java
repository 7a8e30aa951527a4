package org.visionfashion.data.column;

import java.nio.charset.StandardCharsets;

/**
 * Byte strings one behind the other, mostly UTF-8 text.
 *
 * @param ends where each ends, a long each
 * @param bytes all of them
 */
public record Texts(Bytes ends, Bytes bytes) {

  /** How many there are. */
  public int size() {
    return (int) (ends.size() / Long.BYTES);
  }

  /** Length in bytes. */
  public int length(int index) {
    return (int) (ends.longAt(index) - start(index));
  }

  /** The bytes of one. */
  public byte[] bytes(int index) {
    byte[] copy = new byte[length(index)];
    bytes.read(start(index), copy, copy.length);
    return copy;
  }

  /** One as text. */
  public String text(int index) {
    return new String(bytes(index), StandardCharsets.UTF_8);
  }

  long start(int index) {
    return index == 0 ? 0 : ends.longAt(index - 1L);
  }

  /** Takes strings one after another. */
  public static final class Sink implements AutoCloseable {

    private final ByteSink ends = new ByteSink();
    private final ByteSink bytes = new ByteSink();

    public void put(String text) {
      put(text.getBytes(StandardCharsets.UTF_8));
    }

    public void put(byte[] string) {
      bytes.put(string);
      ends.putLong(bytes.size());
    }

    /** All that was put. */
    public Texts finish() {
      return new Texts(ends.finish(), bytes.finish());
    }

    @Override
    public void close() {
      ends.close();
      bytes.close();
    }
  }
}
