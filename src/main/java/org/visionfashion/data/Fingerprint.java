package org.visionfashion.data;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.visionfashion.data.LabelScheme.AttributeGroup;

/**
 * SHA-256 over what a model learns from, pixels and places apart: the label scheme, then id,
 * caption, category, attributes, item and split of every example in order.
 */
public final class Fingerprint {

  private Fingerprint() {}

  /** 64 hexadecimal digits. */
  public static String of(LabelScheme scheme, List<Example> examples) {
    MessageDigest digest = sha256();
    try (DataOutputStream out =
        new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
      write(out, scheme);
      for (Example example : examples) {
        write(out, example);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void write(DataOutputStream out, LabelScheme scheme) throws IOException {
    write(out, scheme.name());
    out.writeInt(scheme.categories().size());
    for (String category : scheme.categories()) {
      write(out, category);
    }
    for (AttributeGroup group : scheme.groups()) {
      write(out, group.name());
      out.writeInt(group.values().size());
      for (String value : group.values()) {
        write(out, value);
      }
    }
  }

  private static void write(DataOutputStream out, Example example) throws IOException {
    write(out, example.id());
    write(out, example.caption());
    for (String caption :
        example
            .captions()
            .subList(Math.min(1, example.captions().size()), example.captions().size())) {
      write(out, caption);
    }
    out.writeInt(example.category());
    out.writeInt(example.attributes().length);
    out.write(example.attributes());
    write(out, example.item());
    write(out, example.split().label());
  }

  // The length in front keeps ("ab", "c") and ("a", "bc") apart.
  private static void write(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
