package org.visionfashion.data.tar;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.visionfashion.base.UserError;
import org.visionfashion.data.Problem;
import org.visionfashion.data.Problem.Kind;

/**
 * Goes through the members of a tar archive: ustar, GNU (long names) and pax (records {@code path}
 * and {@code size}), also several archives one behind another. Reads headers and passes over data.
 *
 * <p>What is no file of its own (links, devices, sparse files), leads out by its name or is cut off
 * comes as a member that says so. Behind a damaged header the next whole one is sought.
 */
public final class TarReader implements Closeable {

  /** Takes a name and the records in front of a member. */
  private static final int MOST_ABOUT_A_MEMBER = 1 << 20;

  /** A header and what is small and follows it: texts, and the next header. */
  private static final int WINDOW = 1 << 13;

  /** How compressed files begin, as Latin-1, and what unpacks them. */
  private static final Map<String, String> COMPRESSED =
      Map.of(
          "\u001F\u008B", "gunzip",
          "(\u00B5/\u00FD", "unzstd",
          "\u00FD7zXZ", "unxz",
          "BZh", "bunzip2");

  private static final String SPARSE = "is a sparse file; use tar without --sparse";

  private final Path file;
  private final Consumer<Problem> problems;
  private final FileChannel channel;
  private final long length;
  private final byte[] window = new byte[WINDOW];
  private long windowStart;
  private int windowLength;

  /** Where the next header should be. */
  private long position;

  private boolean headerSeen;
  private boolean endMarked;
  private boolean cutOff;
  private Announced announced = new Announced();

  /** What blocks in front of a member say about it. */
  private static final class Announced {
    private String name = "";
    private long size = -1;
    private String fault = "";
  }

  /**
   * Opens an archive.
   *
   * @param problems takes what is wrong besides the members
   * @throws IOException where it cannot be read
   * @throws UserError where it is compressed, and so cannot be read at random; says what unpacks it
   */
  public TarReader(Path file, Consumer<Problem> problems) throws IOException {
    this.file = file;
    this.problems = problems;
    OpenArchives.ALL.forget(file);
    this.channel = FileChannel.open(file);
    try {
      this.length = channel.size();
      refuseCompressed();
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private void refuseCompressed() throws IOException {
    String start = new String(bytes(0, (int) Math.min(length, 8)), StandardCharsets.ISO_8859_1);
    for (Map.Entry<String, String> each : COMPRESSED.entrySet()) {
      if (start.startsWith(each.getKey())) {
        throw new UserError(
            "%s: a compressed archive cannot be read at random; unpack it first, with %s"
                .formatted(file, each.getValue()));
      }
    }
  }

  /**
   * The next member in the order of the archive, folders left out; null at the end.
   *
   * @throws UserError where the file is no tar archive
   */
  public TarMember next() throws IOException {
    while (position + TarHeader.BLOCK <= length) {
      byte[] block = bytes(position, TarHeader.BLOCK);
      TarHeader header = TarHeader.parse(block, 0);
      if (TarHeader.isZero(block, 0)) {
        endMarked = true;
        position += TarHeader.BLOCK;
      } else if (header == null) {
        passOverDamage();
      } else {
        headerSeen = true;
        endMarked = false;
        TarMember member = read(header);
        if (member != null) {
          return member;
        }
      }
    }
    checkEnd();
    return null;
  }

  /**
   * The bytes of a member.
   *
   * @param limit most bytes
   * @param key where the limit is set, for the message
   * @throws IOException where they are more, or the disk fails
   */
  public byte[] read(TarMember member, int limit, String key) throws IOException {
    if (member.size() > limit) {
      throw new IOException(
          String.format(Locale.ROOT, "%,d bytes; %s allows %,d", member.size(), key, limit));
    }
    return bytes(member.offset(), (int) member.size());
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** What a header stands for; null for a folder, and for what is about the next header. */
  private TarMember read(TarHeader header) throws IOException {
    long data = position + TarHeader.BLOCK;
    return switch (header.type()) {
      case 'L', 'x', 'X' -> announcement(header, data);
      case 'g', 'K', 'V' -> passed(data, header.size()); // comments, where a link leads, a title
      case '5', 'D' -> {
        announced = new Announced();
        yield passed(data, header.size());
      }
      case '1' -> member(header, data, 0, "is a link; use tar --hard-dereference");
      case '2' -> member(header, data, 0, "is a link; use tar --dereference");
      case '3', '4', '6' -> member(header, data, 0, "is a device or a pipe, not a file");
      case 'S' -> member(header, behindMap(header, data), header.size(), SPARSE);
      case '0', '7', '\0' -> member(header, data, header.size(), "");
      default ->
          member(header, data, header.size(), "is of a kind that is not known, not a plain file");
    };
  }

  private TarMember passed(long data, long size) {
    position = data + TarHeader.padded(size);
    return null;
  }

  /** A long name, or records; the next header is the one that they are about. */
  private TarMember announcement(TarHeader header, long data) throws IOException {
    if (header.size() > length - data) {
      report("ends within what it says about its next member", true);
      cutOff = true;
    } else if (header.size() > MOST_ABOUT_A_MEMBER) {
      announced.fault = "has a name or records of more than a million bytes";
    } else {
      byte[] bytes = bytes(data, (int) header.size());
      if (header.type() == 'L') {
        announced.name = new String(bytes, StandardCharsets.UTF_8).split("\0", 2)[0];
      } else {
        readRecords(bytes);
      }
    }
    return passed(data, header.size());
  }

  /** Records of pax: {@code "length key=value\n"}, the length that of the whole record. */
  private void readRecords(byte[] bytes) {
    int from = 0;
    while (from < bytes.length && bytes[from] != 0) {
      int space = indexOf(bytes, (byte) ' ', from);
      int equals = indexOf(bytes, (byte) '=', from);
      int end = from + (int) number(bytes, from, space);
      if (space < from || equals < space || end <= equals || end > bytes.length) {
        announced.fault = "has damaged records (pax)";
        return;
      }
      String key = new String(bytes, space + 1, equals - space - 1, StandardCharsets.UTF_8);
      if (key.equals("path") || key.equals("GNU.sparse.name")) {
        announced.name = new String(bytes, equals + 1, end - equals - 2, StandardCharsets.UTF_8);
      } else if (key.equals("size")) {
        announced.size = number(bytes, equals + 1, end - 1);
        announced.fault = announced.size < 0 ? "has damaged records (pax)" : announced.fault;
      }
      announced.fault = key.startsWith("GNU.sparse") ? SPARSE : announced.fault;
      from = end;
    }
  }

  private static int indexOf(byte[] bytes, byte wanted, int from) {
    int at = from;
    while (at < bytes.length && bytes[at] != wanted) {
      at++;
    }
    return at < bytes.length ? at : -1;
  }

  /** Decimal digits; -1 where there are others, none, or too many. */
  private static long number(byte[] bytes, int from, int end) {
    if (end <= from || end - from > 17) {
      return -1;
    }
    long value = 0;
    for (int i = from; i < end; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = 10 * value + digit;
    }
    return value;
  }

  /** Where the data of an old sparse file begin. */
  private long behindMap(TarHeader header, long data) throws IOException {
    long behind = data;
    boolean another = header.extended();
    while (another && behind + TarHeader.BLOCK <= length) {
      another = bytes(behind, TarHeader.BLOCK)[TarHeader.MORE_OF_MAP] != 0;
      behind += TarHeader.BLOCK;
    }
    return behind;
  }

  private TarMember member(TarHeader header, long data, long written, String fault) {
    String name = announced.name.isEmpty() ? header.name() : announced.name;
    long size = announced.size < 0 || (written == 0 && !fault.isEmpty()) ? written : announced.size;
    String why = fault.isEmpty() ? announced.fault : fault;
    announced = new Announced();
    position = data + TarHeader.padded(size);
    if (name.endsWith("/")) {
      return null; // a folder, in archives of old
    }
    while (name.startsWith("./")) {
      name = name.substring(2);
    }
    if (why.isEmpty() && leadsOut(name)) {
      why = "leads out of the archive";
    }
    if (why.isEmpty() && size > length - data) {
      why = "is cut off: the archive ends at byte " + length;
      cutOff = true;
    }
    return new TarMember(name, data, size, why);
  }

  private static boolean leadsOut(String name) {
    return name.startsWith("/")
        || (name.contains("..") && Arrays.asList(name.split("[/\\\\]", -1)).contains(".."));
  }

  /** Goes to the next header that is whole and says that it is one. */
  private void passOverDamage() throws IOException {
    long damaged = position;
    announced = new Announced();
    boolean found = false;
    while (!found && position + 2L * TarHeader.BLOCK <= length) {
      position += TarHeader.BLOCK;
      byte[] block = bytes(position, TarHeader.BLOCK);
      found = TarHeader.hasMagic(block, 0) && TarHeader.parse(block, 0) != null;
    }
    if (found) {
      report("damaged header at byte %d; resuming at byte %d".formatted(damaged, position), true);
      return;
    }
    position = length;
    cutOff = true;
    if (!headerSeen && !endMarked) {
      throw notTar();
    }
    report(
        endMarked
            ? "what follows the end of the archive, from byte %d, is no tar".formatted(damaged)
            : "damaged header at byte %d; nothing behind it can be read".formatted(damaged),
        !endMarked);
  }

  private void checkEnd() {
    if (!headerSeen && !endMarked) {
      throw notTar();
    }
    if (!endMarked && !cutOff) {
      report("has no mark at its end; it may be incomplete", false);
    }
  }

  private UserError notTar() {
    return new UserError(file + (length == 0 ? ": an empty file" : ": not a tar archive"));
  }

  private void report(String message, boolean skipping) {
    Problem problem = new Problem(file, 0, Kind.BAD_LINE, message);
    problems.accept(skipping ? problem.skipping() : problem);
  }

  /** Bytes of the archive, through the window where they are few. */
  private byte[] bytes(long offset, int count) throws IOException {
    if (count > WINDOW) {
      byte[] bytes = new byte[count];
      if (fill(bytes, offset) < count) {
        throw ends(offset + count);
      }
      return bytes;
    }
    if (offset < windowStart || offset + count > windowStart + windowLength) {
      windowStart = offset;
      windowLength = fill(window, offset);
    }
    if (windowLength - (offset - windowStart) < count) {
      throw ends(offset + count);
    }
    int from = (int) (offset - windowStart);
    return Arrays.copyOfRange(window, from, from + count);
  }

  private int fill(byte[] bytes, long offset) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) >= 0) {}
    return buffer.position();
  }

  private static EOFException ends(long wanted) {
    return new EOFException("ends before byte " + wanted + ", shortened while it was read");
  }
}
