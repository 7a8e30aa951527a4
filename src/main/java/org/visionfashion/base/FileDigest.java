package org.visionfashion.base;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Cryptographic sums of whole files, in hexadecimal digits. */
public final class FileDigest {

  private static final int CHUNK = 1 << 16;

  private FileDigest() {}

  /** SHA-256 of a file, 64 digits. */
  public static String sha256(Path file) throws IOException {
    return of(file, algorithm("SHA-256"));
  }

  /** The sum of what a digest has seen already and of a file behind it. */
  public static String of(Path file, MessageDigest digest) throws IOException {
    byte[] chunk = new byte[CHUNK];
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        digest.update(chunk, 0, count);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** One that every Java platform has. */
  public static MessageDigest algorithm(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
