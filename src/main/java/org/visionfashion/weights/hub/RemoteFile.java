package org.visionfashion.weights.hub;

import java.util.Optional;
import java.util.regex.Pattern;
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
