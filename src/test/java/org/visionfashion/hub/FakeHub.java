package org.visionfashion.hub;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A Hub on a port of this machine with one commit of one repository, whatever it is called and
 * whether it is asked for as a model or as a data set.
 */
public final class FakeHub implements AutoCloseable {

  public static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  static {
    // Else head and body of an answer wait for each other, 40 ms each time.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Content> files = new ConcurrentSkipListMap<>();
  private final List<String> revisions = new CopyOnWriteArrayList<>(List.of("main"));
  private final List<Planned> planned = new CopyOnWriteArrayList<>();
  private final Map<String, Queue<HttpHandler>> exceptions = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private volatile int pageSize = 1000;

  /** A request; null stands for a header that was not sent. */
  public record Asked(String method, String path, String range, String authorization) {}

  record Content(byte[] bytes, String etag) {

    boolean isLarge() {
      return etag.length() == 64;
    }
  }

  /** The next request that matches goes to the handler. */
  private record Planned(String request, HttpHandler handler) {}

  public FakeHub() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** A file of git's, named by git's SHA-1. */
  public void holds(String name, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    files.put(name, new Content(bytes, gitSum(bytes)));
  }

  /** A large file, named by its SHA-256. */
  public void holdsLarge(String name, byte[] bytes) {
    files.put(name, new Content(bytes, sum("SHA-256", bytes)));
  }

  /** The next request with this method goes to the handler; several wait in a line. */
  public void next(String method, HttpHandler handler) {
    exceptions.computeIfAbsent(method, key -> new ConcurrentLinkedQueue<>()).add(handler);
  }

  /** The next request for such a path goes to the handler, before those that wait in a line. */
  public void next(String method, String part, HttpHandler handler) {
    planned.add(new Planned(method + " .*" + Pattern.quote(part) + ".*", handler));
  }

  /** So many entries of the tree fit a page. */
  void pages(int size) {
    pageSize = size;
  }

  /** Other branches, or refs such as {@code refs/convert/parquet}. */
  void has(String revision) {
    revisions.add(revision);
  }

  /** The paths that were asked for, in order. */
  List<String> paths(String part) {
    return asked.stream().map(Asked::path).filter(path -> path.contains(part)).toList();
  }

  public List<Asked> asked(String method) {
    return asked.stream().filter(each -> each.method().equals(method)).toList();
  }

  String etag(String name) {
    return files.get(name).etag();
  }

  /** What the Hub does when nothing is wrong. */
  void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    if (path.startsWith("/api/")) {
      answer(exchange, path);
      return;
    }
    String revision = URI.create(path.replaceFirst(".*/resolve/([^/]*)/.*", "$1")).getPath();
    if (path.contains("/resolve/") && !isRevision(revision)) {
      refuse(exchange, 404, "RevisionNotFound");
      return;
    }
    String name = URI.create(path.replaceFirst(".*/resolve/[^/]*/", "")).getPath();
    Content content = files.get(name);
    if (content == null) {
      refuse(exchange, 404, "EntryNotFound");
      return;
    }
    describe(exchange, content);
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", "" + content.bytes().length);
      exchange.sendResponseHeaders(200, -1);
    } else {
      send(exchange, content.bytes());
    }
    exchange.close();
  }

  /** The API: {@code /revision/REVISION}, {@code /tree/COMMIT} in pages, {@code /refs}. */
  private void answer(HttpExchange exchange, String path) throws IOException {
    String rest = path.replaceFirst("/api/(models|datasets)/[^/]+/[^/]+", "");
    String last = URI.create(rest.substring(rest.lastIndexOf('/') + 1)).getPath();
    if (rest.equals("/refs")) {
      json(exchange, refs());
    } else if (!rest.matches("/(revision|tree)/.*")) {
      refuse(exchange, 404, "RepoNotFound");
    } else if (!isRevision(last)) {
      refuse(exchange, 404, "RevisionNotFound");
    } else if (rest.startsWith("/revision/")) {
      json(exchange, "{\"id\": \"owner/name\", \"sha\": \"%s\"}".formatted(COMMIT));
    } else {
      tree(exchange, path);
    }
  }

  private boolean isRevision(String name) {
    return name.equals(COMMIT) || revisions.contains(name);
  }

  private void tree(HttpExchange exchange, String path) throws IOException {
    String query = exchange.getRequestURI().getQuery();
    Matcher cursor = Pattern.compile("cursor=(\\d+)").matcher(query);
    int from = cursor.find() ? Integer.parseInt(cursor.group(1)) : 0;
    List<String> entries = new ArrayList<>();
    entries.add("{\"type\": \"directory\", \"oid\": \"%s\", \"path\": \"data\"}".formatted(COMMIT));
    files.forEach((name, content) -> entries.add(entry(name, content)));
    int to = Math.min(from + pageSize, entries.size());
    if (to < entries.size()) {
      String next = "%s%s?recursive=true&cursor=%d".formatted(address(), path, to);
      exchange.getResponseHeaders().set("Link", "<" + next + ">; rel=\"next\"");
    }
    json(exchange, entries.subList(from, to).toString());
  }

  private static String entry(String name, Content content) {
    int size = content.bytes().length;
    return content.isLarge()
        ? """
          {"type": "file", "oid": "%s", "size": %d, "path": "%s",
           "lfs": {"oid": "%s", "size": %d, "pointerSize": 134}}"""
            .formatted(gitSum(new byte[0]), size, name, content.etag(), size)
        : """
          {"type": "file", "oid": "%s", "size": %d, "path": "%s"}"""
            .formatted(content.etag(), size, name);
  }

  private String refs() {
    String branches =
        revisions.stream()
            .filter(name -> !name.startsWith("refs/"))
            .map("{\"name\": \"%s\"}"::formatted)
            .collect(Collectors.joining(","));
    String converts =
        revisions.stream()
            .filter(name -> name.startsWith("refs/"))
            .map("{\"ref\": \"%s\"}"::formatted)
            .collect(Collectors.joining(","));
    return "{\"branches\": [%s], \"converts\": [%s], \"tags\": []}".formatted(branches, converts);
  }

  static void json(HttpExchange exchange, String text) throws IOException {
    whole(text.getBytes(StandardCharsets.UTF_8)).handle(exchange);
  }

  static void describe(HttpExchange exchange, Content content) {
    Headers headers = exchange.getResponseHeaders();
    headers.set("X-Repo-Commit", COMMIT);
    headers.set("ETag", "\"" + content.etag() + "\"");
  }

  /** An answer without content; the code may be empty. */
  static void refuse(HttpExchange exchange, int status, String code) throws IOException {
    exchange.getResponseHeaders().set("X-Repo-Commit", COMMIT);
    if (!code.isEmpty()) {
      exchange.getResponseHeaders().set("X-Error-Code", code);
    }
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  public static HttpHandler refusal(int status, String code) {
    return exchange -> refuse(exchange, status, code);
  }

  static HttpHandler redirect(int status, String location) {
    return exchange -> {
      exchange.getResponseHeaders().set("Location", location);
      refuse(exchange, status, "");
    };
  }

  /** All the bytes, whatever part was asked for. */
  static HttpHandler whole(byte[] bytes) {
    return exchange -> {
      exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
      if (bytes.length > 0) {
        exchange.getResponseBody().write(bytes);
      }
      exchange.close();
    };
  }

  static String gitSum(byte[] bytes) {
    byte[] head = ("blob " + bytes.length + "\0").getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[head.length + bytes.length];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(bytes, 0, all, head.length, bytes.length);
    return sum("SHA-1", all);
  }

  static String sum(String algorithm, byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestMethod();
    Headers headers = exchange.getRequestHeaders();
    asked.add(
        new Asked(
            method,
            exchange.getRequestURI().getRawPath(),
            headers.getFirst("Range"),
            headers.getFirst("Authorization")));
    String request = method + " " + exchange.getRequestURI().getRawPath();
    Optional<Planned> plan =
        planned.stream().filter(each -> request.matches(each.request())).findFirst();
    if (plan.isPresent() && planned.remove(plan.get())) {
      plan.get().handler().handle(exchange);
      return;
    }
    Queue<HttpHandler> waiting = exceptions.get(method);
    HttpHandler exception = waiting == null ? null : waiting.poll();
    HttpHandler handler = exception == null ? this::serve : exception;
    handler.handle(exchange);
  }

  private static void send(HttpExchange exchange, byte[] bytes) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
    if (range != null) {
      String part = "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length;
      exchange.getResponseHeaders().set("Content-Range", part);
    }
    int length = bytes.length - from;
    exchange.sendResponseHeaders(range == null ? 200 : 206, length == 0 ? -1 : length);
    exchange.getResponseBody().write(bytes, from, length);
  }
}
