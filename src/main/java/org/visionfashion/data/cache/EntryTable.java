package org.visionfashion.data.cache;

import java.util.Arrays;
import org.visionfashion.data.column.ByteSink;
import org.visionfashion.data.column.Bytes;
import org.visionfashion.data.column.Distinct;
import org.visionfashion.data.column.Texts;

/** Entries of many shards in columns, to be found by their keys. For any number of threads. */
final class EntryTable {

  /** Numbers of an entry: shard, bytes, modified, content, width, height, offset, crc32c. */
  private static final int NUMBERS = 8;

  private final Texts keys;
  private final Bytes numbers;
  private final Distinct byKey;
  private final int[] earlier;

  private EntryTable(Texts keys, Bytes numbers) {
    this.keys = keys;
    this.numbers = numbers;
    this.byKey = new Distinct(keys.size(), keys::text);
    this.earlier = new int[keys.size()];
    Arrays.setAll(earlier, byKey::replace);
  }

  int size() {
    return keys.size();
  }

  /** The last entry with a key; -1 = none. */
  int find(String key) {
    return byKey.find(key);
  }

  /** The one before it with the same key; -1 = none. */
  int earlier(int index) {
    return earlier[index];
  }

  /** The number of an entry's shard. */
  int shard(int index) {
    return (int) number(index, 0);
  }

  Entry entry(int index) {
    String key = keys.text(index);
    return new Entry(
        Entry.file(key),
        Entry.member(key),
        number(index, 1),
        number(index, 2),
        number(index, 3),
        (int) number(index, 4),
        (int) number(index, 5),
        number(index, 6),
        number(index, 7));
  }

  private long number(int index, int which) {
    return numbers.longAt((long) index * NUMBERS + which);
  }

  /** Takes entries, later ones of a key over earlier ones. */
  static final class Sink implements AutoCloseable {

    private final Texts.Sink keys = new Texts.Sink();
    private final ByteSink numbers = new ByteSink();

    void add(int shard, Entry entry) {
      keys.put(entry.key());
      long[] values = {
        shard,
        entry.bytes(),
        entry.modified(),
        entry.content(),
        entry.width(),
        entry.height(),
        entry.offset(),
        entry.crc32c()
      };
      for (long value : values) {
        numbers.putLong(value);
      }
    }

    EntryTable finish() {
      return new EntryTable(keys.finish(), numbers.finish());
    }

    @Override
    public void close() {
      keys.close();
      numbers.close();
    }
  }
}
