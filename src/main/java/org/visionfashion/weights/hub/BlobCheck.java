package org.visionfashion.weights.hub;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import org.visionfashion.base.FileDigest;

/** Compares a received file with what the Hub said of it. */
final class BlobCheck {

  private BlobCheck() {}

  /**
   * What is wrong with a file, in a few words; nothing for a good one. An ETag that is no sum, as a
   * mirror may send, leaves the size alone.
   */
  static Optional<String> problem(RemoteFile remote, Path file) throws IOException {
    long size = Files.size(file);
    if (size != remote.size()) {
      return Optional.of("at least " + size + " bytes instead of " + remote.size());
    }
    Optional<MessageDigest> digest = digest(remote);
    if (digest.isEmpty()) {
      return Optional.empty();
    }
    String sum = FileDigest.of(file, digest.get());
    return sum.equals(remote.etag())
        ? Optional.empty()
        : Optional.of(digest.get().getAlgorithm() + " " + sum + " instead of " + remote.etag());
  }

  /** The length of the ETag tells the kind; git puts a header before the content. */
  private static Optional<MessageDigest> digest(RemoteFile remote) {
    if (remote.etag().matches("[0-9a-f]{64}")) {
      return Optional.of(FileDigest.algorithm("SHA-256"));
    }
    if (!remote.etag().matches("[0-9a-f]{40}")) {
      return Optional.empty();
    }
    MessageDigest git = FileDigest.algorithm("SHA-1");
    git.update(("blob " + remote.size() + "\0").getBytes(StandardCharsets.US_ASCII));
    return Optional.of(git);
  }
}
