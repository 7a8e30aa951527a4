package org.visionfashion.hub;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.visionfashion.base.UserError;
import org.visionfashion.base.Version;

/** Asks the Hub. A failure that may pass is an IOException; one that will not is a UserError. */
final class HubClient {

  private static final String AGENT = "visionfashion/" + Version.program();
  private static final Duration CONNECTING = Duration.ofSeconds(10);
  private static final Duration ANSWERING = Duration.ofSeconds(30);
  private static final int REDIRECTS = 10;

  /**
   * The content of a file.
   *
   * @param from the place of its first byte in the file
   */
  record Body(InputStream stream, long from) implements AutoCloseable {

    @Override
    public void close() throws IOException {
      stream.close();
    }
  }

  private final HubSettings settings;
  private final Patience patience;
  private final Refusals refusals;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(CONNECTING)
          .build();

  HubClient(HubSettings settings, Patience patience) {
    this.settings = settings;
    this.patience = patience;
    this.refusals = new Refusals(settings);
  }

  /** How often a caller tries again. */
  Patience patience() {
    return patience;
  }

  /**
   * What the Hub knows about a file: good headers, or the file is missing.
   *
   * @throws IOException when another attempt may help
   * @throws UserError for a repository or revision that is not there or not for us
   */
  HubAnswer describe(HubReference reference, String name) throws IOException {
    Question question = new Question("HEAD", address(reference, name), 0);
    HubAnswer answer = HubAnswer.of(ask(question, BodyHandlers.discarding()));
    if (!answer.isMissingFile()) {
      requireGood(reference, answer);
    }
    return answer;
  }

  /**
   * Opens a file.
   *
   * @param from the first byte wanted; a server that cannot skip begins at 0
   * @throws IOException when another attempt may help
   */
  Body open(HubReference reference, String name, long from) throws IOException {
    Question question = new Question("GET", address(reference, name), from);
    HttpResponse<InputStream> response = ask(question, BodyHandlers.ofInputStream());
    HubAnswer answer = HubAnswer.of(response);
    if (from > 0 && isWrongPart(answer, from)) {
      response.body().close();
      return open(reference, name, 0);
    }
    if (!answer.isGood()) {
      response.body().close();
      requireGood(reference, answer);
    }
    return new Body(
        GuardedBody.of(response.body(), patience.silence()), answer.status() == 206 ? from : 0);
  }

  private static boolean isWrongPart(HubAnswer answer, long from) {
    String range = answer.header("Content-Range").orElse("");
    boolean rest = range.startsWith("bytes " + from + "-");
    return answer.status() == 416 || (answer.status() == 206 && !rest);
  }

  private void requireGood(HubReference reference, HubAnswer answer) throws IOException {
    // A store's signed address may have run out: the Hub will give a new one.
    boolean elsewhere = !settings.isHub(answer.address());
    if (answer.isPassing() || (!answer.isGood() && elsewhere)) {
      throw new IOException(answer.address().getHost() + " answers " + answer.status());
    }
    if (!answer.isGood()) {
      throw refusals.of(reference, answer);
    }
  }

  private <T> HttpResponse<T> ask(Question question, BodyHandler<T> handler) throws IOException {
    Question current = question;
    for (int hop = 0; hop <= REDIRECTS; hop++) {
      HttpResponse<T> response = send(current, handler);
      Optional<Question> next = current.redirected(HubAnswer.of(response));
      if (next.isEmpty()) {
        return response;
      }
      close(response.body());
      current = next.get();
    }
    throw new UserError(question.address() + " redirects endlessly: check HF_ENDPOINT");
  }

  private <T> HttpResponse<T> send(Question question, BodyHandler<T> handler) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(question.address())
            .method(question.method(), BodyPublishers.noBody())
            .timeout(ANSWERING)
            .header("User-Agent", AGENT)
            // A compressed body would have another length than the file.
            .header("Accept-Encoding", "identity");
    if (question.from() > 0) {
      request.header("Range", "bytes=" + question.from() + "-");
    }
    if (settings.isHub(question.address())) {
      settings.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
    }
    try {
      return http.send(request.build(), handler);
    } catch (InterruptedException e) {
      throw Patience.interrupted(e);
    }
  }

  private URI address(HubReference reference, String name) {
    String file = encoded(name).replace("%2F", "/");
    String revision = encoded(reference.revision());
    return URI.create(
        settings.endpoint() + "/" + reference.repository() + "/resolve/" + revision + "/" + file);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static void close(Object body) throws IOException {
    if (body instanceof InputStream stream) {
      stream.close();
    }
  }
}
