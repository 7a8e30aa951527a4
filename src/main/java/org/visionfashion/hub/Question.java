package org.visionfashion.hub;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/**
 * A request.
 *
 * @param method HEAD for the headers, GET for the content
 * @param from the first byte wanted
 */
record Question(String method, URI address, long from) {

  /**
   * The question to ask next, if the answer sends us on. Where a file lies elsewhere, the Hub's own
   * answer describes it: a HEAD follows only relative addresses, those of a renamed repository for
   * one.
   *
   * @throws IOException for an address where nothing can be asked
   */
  Optional<Question> redirected(HubAnswer answer) throws IOException {
    if (!answer.isRedirect()) {
      return Optional.empty();
    }
    URI location = location(answer);
    if (method.equals("HEAD") && location.getRawAuthority() != null) {
      return Optional.empty();
    }
    URI next = address.resolve(location);
    if (!HubSettings.isWeb(next)) {
      throw new IOException(address.getHost() + " redirects to " + next);
    }
    return Optional.of(new Question(method, next, from));
  }

  private URI location(HubAnswer answer) throws IOException {
    String text = answer.header("Location").orElseThrow();
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new IOException(address.getHost() + " redirects to \"" + text + "\"", e);
    }
  }
}
