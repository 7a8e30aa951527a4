package org.visionfashion.hub;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server said before any content.
 *
 * @param address whom it came from, after all redirects
 */
record HubAnswer(URI address, int status, HttpHeaders headers) {

  /** The error code of a revision that is not there. */
  static final String NO_REVISION = "RevisionNotFound";

  private static final Pattern NEXT = Pattern.compile("<([^>]*)>\\s*;\\s*rel=\"?next\"?");

  static HubAnswer of(HttpResponse<?> response) {
    return new HubAnswer(response.uri(), response.statusCode(), response.headers());
  }

  boolean isRedirect() {
    return switch (status) {
      case 301, 302, 303, 307, 308 -> header("Location").isPresent();
      default -> false;
    };
  }

  boolean isGood() {
    return status == 200 || status == 206 || isRedirect();
  }

  /** Whether the same question may be answered later. */
  boolean isPassing() {
    return status == 408 || status == 429 || status >= 500;
  }

  /** Whether the repository is there and the file is not; mirrors may send no error code. */
  boolean isMissingFile() {
    return status == 404 && errorCode().matches("|EntryNotFound");
  }

  /**
   * Where the answer continues, if it comes in pages.
   *
   * @throws IllegalArgumentException for something that is no address
   */
  Optional<URI> nextPage() {
    return headers.allValues("Link").stream()
        .map(NEXT::matcher)
        .filter(Matcher::find)
        .findFirst()
        .map(link -> address.resolve(link.group(1)));
  }

  /** The Hub's word for what is wrong, or an empty text. */
  String errorCode() {
    return header("X-Error-Code").orElse("");
  }

  Optional<String> commit() {
    return header("X-Repo-Commit").filter(HubReference::isCommit);
  }

  Optional<String> header(String name) {
    return headers.firstValue(name);
  }
}
