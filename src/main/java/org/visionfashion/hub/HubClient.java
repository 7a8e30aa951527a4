package org.visionfashion.hub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.visionfashion.base.Nearest;
import org.visionfashion.base.UserError;
import org.visionfashion.base.Version;

/** Asks the Hub. A failure that may pass is an IOException; one that will not is a UserError. */
final class HubClient {

  private static final String AGENT = "visionfashion/" + Version.program();
  private static final Duration CONNECTING = Duration.ofSeconds(10);
  private static final Duration ANSWERING = Duration.ofSeconds(30);
  private static final int REDIRECTS = 10;

  /** A page lists a thousand files or so; the Hub advises to keep below a hundred thousand. */
  private static final int MOST_PAGES = 1000;

  /** So many revisions are named where none is near. */
  private static final int NAMED = 5;

  private static final int MOST_BYTES = 1 << 26;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A part of an answer, and where it continues. */
  private record Page(JsonNode content, Optional<URI> next) {}

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

  /**
   * The commit that the reference's revision means now.
   *
   * @throws IOException when another attempt may help
   * @throws UserError as {@link #describe} does
   */
  String commit(HubReference reference) throws IOException {
    URI address = api(reference, "/revision/" + encoded(reference.revision()));
    String commit = ask(reference, address).content().path("sha").asText();
    if (!HubReference.isCommit(commit)) {
      throw stranger(address, "no commit");
    }
    return commit;
  }

  /**
   * All files of a commit, in the Hub's order.
   *
   * @throws IOException when another attempt may help
   * @throws UserError as {@link #describe} does
   */
  List<RemoteFile> tree(HubReference reference, String commit) throws IOException {
    List<RemoteFile> files = new ArrayList<>();
    Set<URI> asked = new HashSet<>();
    Optional<URI> next = Optional.of(api(reference, "/tree/" + commit + "?recursive=true"));
    while (next.isPresent()) {
      URI address = next.get();
      if (!asked.add(address) || asked.size() > MOST_PAGES || !settings.isHub(address)) {
        throw stranger(address, "pages without end");
      }
      Page page = ask(reference, address);
      if (!page.content().isArray()) {
        throw stranger(address, "no list");
      }
      page.content().forEach(entry -> RemoteFile.of(entry, commit).ifPresent(files::add));
      next = page.next();
    }
    return files;
  }

  /** The branches and tags, and what the Hub itself made of the files ({@code refs/convert/}). */
  List<String> revisions(HubReference reference) throws IOException {
    JsonNode refs = ask(reference, api(reference, "/refs")).content();
    List<String> names = new ArrayList<>();
    refs.path("branches").forEach(branch -> names.add(branch.path("name").asText()));
    refs.path("tags").forEach(tag -> names.add(tag.path("name").asText()));
    refs.path("converts").forEach(convert -> names.add(convert.path("ref").asText()));
    return names;
  }

  /** An answer of the API. */
  private Page ask(HubReference reference, URI address) throws IOException {
    HttpResponse<InputStream> response =
        ask(new Question("GET", address, 0), BodyHandlers.ofInputStream());
    HubAnswer answer = HubAnswer.of(response);
    try (InputStream body = GuardedBody.of(response.body(), patience.silence())) {
      requireGood(reference, answer);
      byte[] bytes = body.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw stranger(address, "more than %,d bytes".formatted(MOST_BYTES));
      }
      return new Page(JSON.readTree(bytes), answer.nextPage());
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw stranger(address, "no JSON, or no address of a next page");
    }
  }

  private static UserError stranger(URI address, String what) {
    return new UserError(
        "%s does not answer as the Hub does (%s): check HF_ENDPOINT".formatted(address, what));
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
      throw refusals.of(reference, answer, hint(reference, answer));
    }
  }

  /** The revision that was probably meant, where it is the revision that is wrong. */
  private String hint(HubReference reference, HubAnswer answer) {
    if (!answer.errorCode().equals(HubAnswer.NO_REVISION)) {
      return "";
    }
    try {
      List<String> names = revisions(reference);
      String near = Nearest.hint(reference.revision(), names);
      return !near.isEmpty() || names.isEmpty()
          ? near
          : "; it has " + String.join(", ", names.subList(0, Math.min(names.size(), NAMED)));
    } catch (IOException | UserError e) {
      return ""; // of two failures the first is told
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

  private URI api(HubReference reference, String rest) {
    return URI.create(settings.endpoint() + "/" + reference.api() + rest);
  }

  private URI address(HubReference reference, String name) {
    String file = encoded(name).replace("%2F", "/");
    String revision = encoded(reference.revision());
    return URI.create(
        settings.endpoint() + "/" + reference.page() + "/resolve/" + revision + "/" + file);
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
