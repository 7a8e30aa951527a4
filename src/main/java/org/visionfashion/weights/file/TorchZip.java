package org.visionfashion.weights.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.visionfashion.base.UserError;

/**
 * The entries of a zip file, with the places of those that are stored as they are. The JDK's class
 * for zip files sets memory aside for as many entries as the file claims, and hides their places.
 *
 * @see <a href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">the format</a>
 */
final class TorchZip {

  /**
   * What the directory says of an entry.
   *
   * @param stored neither compressed nor encrypted
   * @param size bytes of the content
   * @param header where its local header begins
   */
  record Entry(String name, boolean stored, long size, long header) {}

  /** Where the directory lies. */
  private record Place(long begin, int length) {}

  private static final int LOCAL = 0x04034b50;
  private static final int LOCAL_BYTES = 30;
  private static final int HEADER = 0x02014b50;
  private static final int HEADER_BYTES = 46;
  private static final int END = 0x06054b50;
  private static final int END_BYTES = 22;
  private static final int LOCATOR = 0x07064b50;
  private static final int LOCATOR_BYTES = 20;
  private static final int END64 = 0x06064b50;
  private static final int END64_BYTES = 56;
  private static final int WIDE_SIZES = 1;
  private static final long WIDE = 0xFFFFFFFFL;
  private static final int SHORT = 0xFFFF;

  /** Thirty thousand tensors take less for their directory, and for their pickle. */
  private static final int MOST = 1 << 24;

  private final FileBytes file;
  private final Place directory;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private TorchZip(FileBytes file) throws IOException {
    this.file = file;
    this.directory = directory();
    readDirectory();
  }

  /**
   * Reads the directory.
   *
   * @throws UserError where it is damaged, names an entry twice or one outside the archive
   */
  static TorchZip read(FileBytes file) throws IOException {
    return new TorchZip(file);
  }

  /** All entries by name, in the file's order. */
  Map<String, Entry> entries() {
    return entries;
  }

  /** The content of a small entry. */
  byte[] content(Entry entry) throws IOException {
    if (entry.size() > MOST) {
      throw bad(String.format("has a %s of %,d bytes, too many", entry.name(), entry.size()));
    }
    return file.read(begin(entry), (int) entry.size()).array();
  }

  /** Where the content of an entry begins; it is seen to end before the directory. */
  long begin(Entry entry) throws IOException {
    if (!entry.stored()) {
      throw bad(
          "has its entry "
              + entry.name()
              + " compressed, which PyTorch never does: zip it anew without compression");
    }
    ByteBuffer local = file.read(entry.header(), LOCAL_BYTES);
    if (local.getInt(0) != LOCAL) {
      throw bad("has no entry where its directory puts " + entry.name());
    }
    long begin = entry.header() + LOCAL_BYTES + unsigned(local, 26) + unsigned(local, 28);
    if (entry.size() < 0 || entry.size() > directory.begin() - begin) {
      throw bad("has an entry " + entry.name() + " that reaches beyond the others");
    }
    return begin;
  }

  /** The end record stands last in the file, but for a comment. */
  private Place directory() throws IOException {
    int tail = (int) Math.min(file.size(), END_BYTES + SHORT);
    long start = file.size() - tail;
    ByteBuffer bytes = file.read(start, tail);
    for (int at = tail - END_BYTES; at >= 0; at--) {
      if (bytes.getInt(at) == END && at + END_BYTES + unsigned(bytes, at + 20) == tail) {
        return place(bytes.slice(at, END_BYTES).order(bytes.order()), start + at);
      }
    }
    throw bad("has no zip directory at its end: it is cut off, download it again");
  }

  private Place place(ByteBuffer end, long at) throws IOException {
    long length = unsignedInt(end, 12);
    long begin = unsignedInt(end, 16);
    if (length == WIDE || begin == WIDE || unsigned(end, 10) == SHORT) {
      return widePlace(at - LOCATOR_BYTES);
    }
    return place(begin, length, at);
  }

  private Place widePlace(long locatorAt) throws IOException {
    ByteBuffer locator = file.read(locatorAt, LOCATOR_BYTES);
    long at = locator.getLong(8);
    ByteBuffer end = file.read(at, END64_BYTES);
    if (locator.getInt(0) != LOCATOR || end.getInt(0) != END64) {
      throw damaged();
    }
    return place(end.getLong(48), end.getLong(40), at);
  }

  private Place place(long begin, long length, long limit) {
    if (length < 0 || length > MOST || begin < 0 || begin > limit - length) {
      throw damaged();
    }
    return new Place(begin, (int) length);
  }

  private void readDirectory() throws IOException {
    ByteBuffer headers = file.read(directory.begin(), directory.length());
    while (headers.hasRemaining()) {
      Entry entry = entry(headers);
      if (leadsOut(entry.name())) {
        throw bad("has an entry that would lie outside of it: " + entry.name());
      }
      if (entries.put(entry.name(), entry) != null) {
        throw bad("has two entries named " + entry.name());
      }
    }
  }

  /** Nothing is unpacked here; but whoever makes such names means harm to others. */
  private static boolean leadsOut(String name) {
    return name.startsWith("/")
        || name.contains("\\")
        || Arrays.asList(name.split("/", -1)).contains("..");
  }

  /** The entry whose header comes next. */
  private Entry entry(ByteBuffer headers) {
    int at = headers.position();
    if (headers.remaining() < HEADER_BYTES || headers.getInt(at) != HEADER) {
      throw damaged();
    }
    int extra = at + HEADER_BYTES + unsigned(headers, at + 28);
    int comment = extra + unsigned(headers, at + 30);
    int next = comment + unsigned(headers, at + 32);
    if (next > headers.limit()) {
      throw damaged();
    }
    headers.position(next);
    ByteBuffer bytes = headers.slice(at + HEADER_BYTES, extra - at - HEADER_BYTES);
    String name = StandardCharsets.UTF_8.decode(bytes).toString();
    ByteBuffer wide = wideSizes(headers, extra, comment);
    long size = wide(unsignedInt(headers, at + 24), wide);
    long packed = wide(unsignedInt(headers, at + 20), wide);
    long header = wide(unsignedInt(headers, at + 42), wide);
    boolean plain = unsigned(headers, at + 10) == 0 && (unsigned(headers, at + 8) & 1) == 0;
    return new Entry(name, plain && size == packed, size, header);
  }

  /** The extra field with the numbers that do not fit into 32 bits; empty where there is none. */
  private static ByteBuffer wideSizes(ByteBuffer headers, int begin, int end) {
    int at = begin;
    while (at + 4 <= end) {
      int length = Math.min(unsigned(headers, at + 2), end - at - 4);
      if (unsigned(headers, at) == WIDE_SIZES) {
        return headers.slice(at + 4, length).order(headers.order());
      }
      at += 4 + length;
    }
    return ByteBuffer.allocate(0);
  }

  private long wide(long number, ByteBuffer wide) {
    if (number != WIDE) {
      return number;
    }
    if (wide.remaining() < Long.BYTES) {
      throw damaged();
    }
    return wide.getLong();
  }

  private static int unsigned(ByteBuffer bytes, int at) {
    return Short.toUnsignedInt(bytes.getShort(at));
  }

  private static long unsignedInt(ByteBuffer bytes, int at) {
    return Integer.toUnsignedLong(bytes.getInt(at));
  }

  private UserError damaged() {
    return bad("has a damaged zip directory: download it again");
  }

  private UserError bad(String what) {
    return file.bad(what);
  }
}
