package org.visionfashion.data.tar;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Archives held open for reading, the most recently used of them: opening one for each picture
 * costs a round trip on a network drive. Thread-safe.
 */
final class OpenArchives {

  /** Those of the process. A thread that reads holds one more at most. */
  static final OpenArchives ALL = new OpenArchives(64);

  private final Map<Path, Opened> opened = new LinkedHashMap<>(16, 0.75f, true);
  private final int most;

  OpenArchives(int most) {
    this.most = most;
  }

  /** An open archive; the fields are guarded by the lock of all. */
  private static final class Opened {

    private final FileChannel channel;
    private int readers;
    private boolean forgotten;

    Opened(FileChannel channel) {
      this.channel = channel;
    }
  }

  /**
   * Some bytes of an archive.
   *
   * @throws EOFException where it ends before them
   */
  byte[] read(Path file, long offset, int length) throws IOException {
    while (true) {
      Opened archive = take(file);
      try {
        return read(archive.channel, offset, length);
      } catch (ClosedByInterruptException e) {
        throw e;
      } catch (ClosedChannelException e) {
        // An interrupt closes the channel under all who read from it: those others try again.
        if (Thread.currentThread().isInterrupted()) {
          throw e;
        }
      } finally {
        giveBack(file, archive);
      }
    }
  }

  /** What is read next of an archive comes from the file that has the name by then. */
  synchronized void forget(Path file) throws IOException {
    Opened archive = opened.remove(file);
    if (archive != null) {
      retire(archive);
    }
  }

  synchronized int size() {
    return opened.size();
  }

  private synchronized Opened take(Path file) throws IOException {
    Opened archive = opened.get(file);
    if (archive == null || !archive.channel.isOpen()) {
      archive = new Opened(FileChannel.open(file));
      opened.put(file, archive);
    }
    archive.readers++;
    for (Iterator<Opened> eldest = opened.values().iterator(); opened.size() > most; ) {
      Opened least = eldest.next();
      eldest.remove();
      retire(least);
    }
    return archive;
  }

  private synchronized void giveBack(Path file, Opened archive) throws IOException {
    archive.readers--;
    if (archive.forgotten) {
      retire(archive);
    } else if (!archive.channel.isOpen()) {
      opened.remove(file, archive);
    }
  }

  private static void retire(Opened archive) throws IOException {
    archive.forgotten = true;
    if (archive.readers == 0) {
      archive.channel.close();
    }
  }

  private static byte[] read(FileChannel channel, long offset, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, offset + bytes.position()) < 0) {
        throw new EOFException("the archive ends at byte " + (offset + bytes.position()));
      }
    }
    return bytes.array();
  }
}
