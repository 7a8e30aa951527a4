package org.visionfashion.hub;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.visionfashion.base.UserError;

/** One file on its way into the cache: received, checked, renamed. */
final class BlobDownload {

  private static final int CHUNK = 1 << 16;

  private final HubClient client;
  private final HubProgress progress;
  private final HubReference reference;
  private final RemoteFile remote;
  private final Path blob;
  private final Path incomplete;

  /**
   * @param blob where the file goes; it grows beside it, where a later run finds it
   */
  BlobDownload(
      HubClient client,
      HubProgress progress,
      HubReference reference,
      RemoteFile remote,
      Path blob) {
    this.client = client;
    this.progress = progress;
    this.reference = reference;
    this.remote = remote;
    this.blob = blob;
    this.incomplete = blob.resolveSibling(blob.getFileName() + ".incomplete");
  }

  /**
   * @throws IOException for the disk
   * @throws UserError for the Hub: out of reach, a refusal or a wrong content
   */
  void run() throws IOException {
    Files.createDirectories(blob.getParent());
    if (received() > remote.size() || Files.notExists(incomplete)) {
      Files.write(incomplete, new byte[0]);
    }
    receive();
    check();
    Files.move(
        incomplete, blob, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private void receive() {
    try {
      client.patience().run(this::receiveRest, this::received);
    } catch (IOException e) {
      throw new UserError(
          "%s: %s stopped after %d of %d bytes (%s): run the command again to resume the download"
              .formatted(reference, remote.name(), received(), remote.size(), Patience.reason(e)),
          e);
    }
  }

  private Path receiveRest() throws IOException {
    if (received() < remote.size()) {
      // The commit, since the branch may move between two questions.
      try (HubClient.Body body =
          client.open(reference.at(remote.commit()), remote.name(), received())) {
        append(body);
      }
    }
    if (received() < remote.size()) {
      throw new IOException("the server ended early");
    }
    return incomplete;
  }

  /** A byte too many is enough to know that the file is wrong. */
  private void append(HubClient.Body body) throws IOException {
    byte[] chunk = new byte[CHUNK];
    long done = body.from();
    try (OutputStream out = openFile(done)) {
      while (done <= remote.size()) {
        progress.update(remote.name(), Math.min(done, remote.size()), remote.size());
        int count = read(body.stream(), chunk);
        if (count < 0) {
          return;
        }
        write(out, chunk, count);
        done += count;
      }
    }
  }

  private void check() throws IOException {
    Optional<String> problem = remote.problem(incomplete);
    if (problem.isPresent()) {
      Files.delete(incomplete);
      throw new UserError(
          "%s: %s arrived with %s and was deleted: run the command again"
              .formatted(reference, remote.name(), problem.get()));
    }
  }

  private long received() {
    return incomplete.toFile().length();
  }

  private OutputStream openFile(long from) {
    try {
      return Files.newOutputStream(
          incomplete,
          StandardOpenOption.WRITE,
          from == 0 ? StandardOpenOption.TRUNCATE_EXISTING : StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int read(InputStream in, byte[] chunk) throws IOException {
    return in.read(chunk, 0, chunk.length);
  }

  /** A full disk is no failure of the network: it is not tried again. */
  private static void write(OutputStream out, byte[] chunk, int count) {
    try {
      out.write(chunk, 0, count);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
