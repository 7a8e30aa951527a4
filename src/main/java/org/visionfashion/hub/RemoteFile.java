package org.visionfashion.hub;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Pattern;
import org.visionfashion.base.FileDigest;
import org.visionfashion.base.UserError;

/**
 * A file as the Hub describes it.
 *
 * @param name its path in the repository, with slashes
 * @param commit 40 hexadecimal digits
 * @param etag the name of its content: the SHA-256 of a large file, git's SHA-1 of another
 * @param size in bytes
 */
record RemoteFile(String name, String commit, String etag, long size) {

  /** It becomes the name of a file. */
  private static final Pattern ETAG = Pattern.compile("\\w[\\w-]*");

  /**
   * Reads the headers. Of a file that lies elsewhere the Hub sends {@code X-Linked-} ones: the
   * plain ones describe the redirect.
   *
   * @throws UserError for a server that is not the Hub
   */
  static RemoteFile of(String name, HubAnswer answer) {
    return new RemoteFile(
        name,
        answer.commit().orElseThrow(() -> stranger(answer, "X-Repo-Commit")),
        etag(answer).orElseThrow(() -> stranger(answer, "ETag")),
        size(answer).orElseThrow(() -> stranger(answer, "Content-Length")));
  }

  /**
   * What is wrong with a received file, in a few words; nothing for a good one. An ETag that is no
   * sum, as a mirror may send, leaves the size alone.
   */
  Optional<String> problem(Path file) throws IOException {
    long received = Files.size(file);
    if (received != size) {
      return Optional.of("at least " + received + " bytes instead of " + size);
    }
    Optional<MessageDigest> digest = digest();
    if (digest.isEmpty()) {
      return Optional.empty();
    }
    String sum = FileDigest.of(file, digest.get());
    return sum.equals(etag)
        ? Optional.empty()
        : Optional.of(digest.get().getAlgorithm() + " " + sum + " instead of " + etag);
  }

  /** The length of the ETag tells the kind; git puts a header before the content. */
  private Optional<MessageDigest> digest() {
    if (etag.matches("[0-9a-f]{64}")) {
      return Optional.of(FileDigest.algorithm("SHA-256"));
    }
    if (!etag.matches("[0-9a-f]{40}")) {
      return Optional.empty();
    }
    MessageDigest git = FileDigest.algorithm("SHA-1");
    git.update(("blob " + size + "\0").getBytes(StandardCharsets.US_ASCII));
    return Optional.of(git);
  }

  /**
   * Reads an entry of the API's tree; nothing for a folder. A large file's content is named by its
   * SHA-256 in {@code lfs}: {@code oid} is that of the pointer to it.
   *
   * @throws UserError for an entry that the Hub would not write
   */
  static Optional<RemoteFile> of(JsonNode entry, String commit) {
    if (!entry.path("type").asText().equals("file")) {
      return Optional.empty();
    }
    JsonNode content = entry.path("lfs").isObject() ? entry.get("lfs") : entry;
    String etag = content.path("oid").asText();
    JsonNode size = content.path("size");
    if (!ETAG.matcher(etag).matches() || !size.canConvertToLong() || size.asLong() < 0) {
      throw new UserError(
          "the list of files does not look like the Hub's (%s): check HF_ENDPOINT"
              .formatted(entry.path("path")));
    }
    return Optional.of(new RemoteFile(entry.path("path").asText(), commit, etag, size.asLong()));
  }

  private static Optional<String> etag(HubAnswer answer) {
    return answer
        .header("X-Linked-Etag")
        .or(() -> answer.header("ETag"))
        .map(text -> text.replaceAll("^W/|\"", ""))
        .filter(text -> ETAG.matcher(text).matches());
  }

  private static Optional<Long> size(HubAnswer answer) {
    return answer
        .header("X-Linked-Size")
        .or(() -> answer.isRedirect() ? Optional.empty() : answer.header("Content-Length"))
        .filter(text -> text.matches("\\d{1,18}"))
        .map(Long::valueOf);
  }

  private static UserError stranger(HubAnswer answer, String header) {
    return new UserError(
        answer.address()
            + " does not answer as the Hub does (header "
            + header
            + " is missing or malformed): check HF_ENDPOINT");
  }
}
