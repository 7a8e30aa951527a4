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
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A Hub on a port of this machine with one commit of one model. */
public final class FakeHub implements AutoCloseable {

  static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Content> files = new ConcurrentHashMap<>();
  private final Map<String, Queue<HttpHandler>> exceptions = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  /** A request; null stands for a header that was not sent. */
  public record Asked(String method, String path, String range, String authorization) {}

  record Content(byte[] bytes, String etag) {}

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

  public List<Asked> asked(String method) {
    return asked.stream().filter(each -> each.method().equals(method)).toList();
  }

  String etag(String name) {
    return files.get(name).etag();
  }

  /** What the Hub does when nothing is wrong. */
  void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
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
