package org.visionfashion.weights.hub;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Compares a received file with what the Hub said of it. */
final class BlobCheck {

  private static final int CHUNK = 1 << 16;

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
    String sum = sum(file, digest.get());
    return sum.equals(remote.etag())
        ? Optional.empty()
        : Optional.of(digest.get().getAlgorithm() + " " + sum + " instead of " + remote.etag());
  }

  /** The length of the ETag tells the kind; git puts a header before the content. */
  private static Optional<MessageDigest> digest(RemoteFile remote) {
    if (remote.etag().matches("[0-9a-f]{64}")) {
      return Optional.of(digest("SHA-256"));
    }
    if (!remote.etag().matches("[0-9a-f]{40}")) {
      return Optional.empty();
    }
    MessageDigest git = digest("SHA-1");
    git.update(("blob " + remote.size() + "\0").getBytes(StandardCharsets.US_ASCII));
    return Optional.of(git);
  }

  private static String sum(Path file, MessageDigest digest) throws IOException {
    byte[] chunk = new byte[CHUNK];
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        digest.update(chunk, 0, count);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
