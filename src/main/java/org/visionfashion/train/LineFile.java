package org.visionfashion.train;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.base.AtomicFiles;
import org.visionfashion.config.SaveConfig.OnFailure;

/** Lines that are added to a file; a line is there whole or not at all. */
final class LineFile implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LineFile.class);

  private final Path path;
  private final OnFailure onFailure;
  private final FileChannel channel;
  private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
  private long good;

  /** Opens a file; of the lines in it those that are not wanted are cut. */
  static LineFile open(Path path, Predicate<String> wanted, OnFailure onFailure)
      throws IOException {
    Files.createDirectories(path.toAbsolutePath().getParent());
    if (Files.exists(path)) {
      List<String> kept = Files.readAllLines(path).stream().filter(wanted).toList();
      AtomicFiles.replaceFile(path, beside -> Files.write(beside, kept));
    }
    return new LineFile(path, onFailure);
  }

  private LineFile(Path path, OnFailure onFailure) throws IOException {
    this.path = path;
    this.onFailure = onFailure;
    channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    good = channel.size();
  }

  /** Adds a line; one that a full disk refuses waits for the next, if failures may be retried. */
  void add(String line) throws IOException {
    boolean first = waiting.size() == 0;
    waiting.writeBytes((line + "\n").getBytes(StandardCharsets.UTF_8));
    try {
      flush();
    } catch (IOException e) {
      channel.truncate(good);
      if (onFailure == OnFailure.STOP) {
        throw e;
      }
      if (first) {
        LOG.warn("{} cannot be written; its lines are kept in memory: {}", path, e.getMessage());
      }
    }
  }

  private void flush() throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(waiting.toByteArray());
    long at = good;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
    good = at;
    waiting.reset();
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      flush();
    }
  }
}
