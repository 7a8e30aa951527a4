package org.visionfashion.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.visionfashion.base.UserError;

/** Networks that break, and servers that err. */
class HubTransferTest extends HubFixture {

  private static final int HALF = 8;

  @Test
  void aBrokenConnectionIsResumed() {
    server.holdsLarge(WEIGHTS, BYTES);
    CountDownLatch arrived = new CountDownLatch(1);
    server.next("GET", half(arrived));
    List<Long> reached = new ArrayList<>();
    HubProgress progress =
        (file, done, total) -> {
          assertThat(file).isEqualTo(WEIGHTS);
          assertThat(total).isEqualTo(BYTES.length);
          reached.add(done);
          if (done == HALF) {
            arrived.countDown();
          }
        };
    assertThat(hub(progress).file(MODEL, WEIGHTS)).hasBinaryContent(BYTES);
    assertThat(ranges()).containsExactly(null, "bytes=8-");
    assertThat(reached).startsWith(0L, 8L).endsWith(20L).isSorted();
    assertThat(pauses).containsExactly(1);
  }

  @Test
  void theNextRunGoesOn() throws IOException {
    server.holdsLarge(WEIGHTS, BYTES);
    begin(Arrays.copyOf(BYTES, HALF));
    assertThat(hub().file(MODEL, WEIGHTS)).hasBinaryContent(BYTES);
    assertThat(ranges()).containsExactly("bytes=8-");
    assertThat(incomplete()).doesNotExist();
  }

  @Test
  void aCompleteOneIsNotAskedFor() throws IOException {
    server.holdsLarge(WEIGHTS, BYTES);
    begin(BYTES);
    assertThat(hub().file(MODEL, WEIGHTS)).hasBinaryContent(BYTES);
    assertThat(server.asked("GET")).isEmpty();
  }

  @Test
  void aServerMayIgnoreTheRange() throws IOException {
    server.holdsLarge(WEIGHTS, BYTES);
    begin(new byte[HALF]);
    server.next("GET", FakeHub.whole(BYTES));
    assertThat(hub().file(MODEL, WEIGHTS)).hasBinaryContent(BYTES);
  }

  /** A part from elsewhere in the file must not be sewn on. */
  @Test
  void anotherPartThanAskedForStartsAgain() throws IOException {
    server.holdsLarge(WEIGHTS, BYTES);
    begin(Arrays.copyOf(BYTES, HALF));
    server.next(
        "GET",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Range", "bytes 4-19/20");
          exchange.sendResponseHeaders(206, 16);
          exchange.getResponseBody().write(BYTES, 4, 16);
          exchange.close();
        });
    assertThat(hub().file(MODEL, WEIGHTS)).hasBinaryContent(BYTES);
    assertThat(ranges()).containsExactly("bytes=8-", null);
  }

  @Test
  void aRefusedRangeStartsAgain() throws IOException {
    server.holdsLarge(WEIGHTS, BYTES);
    begin(new byte[HALF]);
    server.next("GET", FakeHub.refusal(416, ""));
    assertThat(hub().file(MODEL, WEIGHTS)).hasBinaryContent(BYTES);
    assertThat(ranges()).containsExactly("bytes=8-", null);
  }

  @Test
  void aShortBodyIsToldAndKept() {
    server.holdsLarge(WEIGHTS, BYTES);
    for (int i = 0; i < 4; i++) {
      server.next("GET", FakeHub.whole(Arrays.copyOf(BYTES, HALF)));
    }
    assertThatThrownBy(() -> hub().file(MODEL, WEIGHTS))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll(
            "hf:owner/clip: model.safetensors", "8 of 20 bytes (the server ended early)");
    assertThat(incomplete()).hasSize(HALF);
    assertThat(pauses).containsExactly(1, 2);
  }

  @Test
  void aLongBodyIsToldAndDeleted() {
    server.holdsLarge(WEIGHTS, BYTES);
    server.next("GET", FakeHub.whole(Arrays.copyOf(BYTES, 25)));
    assertThatThrownBy(() -> hub().file(MODEL, WEIGHTS))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("with at least 25 bytes instead of 20 and was deleted");
    assertThat(incomplete()).doesNotExist();
  }

  @Test
  void aWrongSumIsToldAndDeleted() {
    server.holdsLarge(WEIGHTS, BYTES);
    server.next("GET", FakeHub.whole(new byte[BYTES.length]));
    assertThatThrownBy(() -> hub().file(MODEL, WEIGHTS))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("hf:owner/clip: model.safetensors arrived with SHA-256 ")
        .hasMessageEndingWith(
            " instead of " + server.etag(WEIGHTS) + " and was deleted: run the command again")
        .hasMessageNotContaining("\n");
    assertThat(incomplete()).doesNotExist();
    assertThat(hub().file(MODEL, WEIGHTS)).hasBinaryContent(BYTES);
  }

  @Test
  void gitsSumIsCheckedToo() {
    server.holds("config.json", "{}");
    server.next("GET", FakeHub.whole(new byte[] {'[', ']'}));
    assertThatThrownBy(() -> hub().file(MODEL, "config.json"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("with SHA-1 ");
  }

  @Test
  void aBusyServerIsAskedAgain() {
    server.holdsLarge(WEIGHTS, BYTES);
    server.next("HEAD", FakeHub.refusal(500, ""));
    server.next("HEAD", FakeHub.refusal(429, ""));
    server.next("GET", FakeHub.refusal(503, ""));
    server.next("GET", FakeHub.refusal(500, ""));
    assertThat(hub().file(MODEL, WEIGHTS)).hasBinaryContent(BYTES);
    assertThat(pauses).containsExactly(1, 2, 1, 2);
  }

  @Test
  void aSilentServerIsLeft() {
    server.holdsLarge(WEIGHTS, BYTES);
    CountDownLatch done = new CountDownLatch(1);
    server.next("GET", half(done));
    Patience brief = new Patience(3, Duration.ofMillis(100), pauses::add);
    Hub hub = new Hub(settings(server.address(), Optional.empty()), SILENT, brief);
    assertThat(hub.file(MODEL, WEIGHTS)).hasBinaryContent(BYTES);
    done.countDown();
    assertThat(ranges()).containsExactly(null, "bytes=8-");
  }

  @Test
  void aStoreElsewhereDoesNotSeeTheToken() {
    server.holdsLarge(WEIGHTS, BYTES);
    try (FakeHub store = new FakeHub()) {
      store.has("x");
      store.holdsLarge(WEIGHTS, BYTES);
      String there = store.address() + "/store/resolve/x/" + WEIGHTS;
      server.next("HEAD", linked(there));
      server.next("GET", FakeHub.redirect(302, there));
      assertThat(hubWithToken().file(MODEL, WEIGHTS)).hasBinaryContent(BYTES);

      assertThat(server.asked("HEAD").get(0).authorization()).isEqualTo("Bearer secret");
      assertThat(server.asked("GET").get(0).authorization()).isEqualTo("Bearer secret");
      assertThat(store.asked("HEAD")).isEmpty();
      assertThat(store.asked("GET")).hasSize(1);
      assertThat(store.asked("GET").get(0).authorization()).isNull();
    }
  }

  @Test
  void aStoresRefusalIsAskedForAFreshAddress() {
    server.holdsLarge(WEIGHTS, BYTES);
    try (FakeHub store = new FakeHub()) {
      store.next("GET", FakeHub.refusal(403, ""));
      server.next("GET", FakeHub.redirect(302, store.address() + "/run-out"));
      assertThat(hub().file(MODEL, WEIGHTS)).hasBinaryContent(BYTES);
      assertThat(pauses).containsExactly(1);
    }
  }

  @Test
  void aRenamedRepositoryIsFollowed() {
    server.holds("config.json", "{}");
    String there = "/new/clip/resolve/main/config.json";
    server.next("HEAD", FakeHub.redirect(307, there));
    assertThat(hubWithToken().file(MODEL, "config.json")).hasContent("{}");
    assertThat(server.asked("HEAD").get(1).path()).isEqualTo(there);
    assertThat(server.asked("HEAD").get(1).authorization()).isEqualTo("Bearer secret");
  }

  @Test
  void circlesEnd() {
    for (int i = 0; i < 12; i++) {
      server.next("HEAD", FakeHub.redirect(302, "/round"));
    }
    assertThatThrownBy(() -> hub().file(MODEL, WEIGHTS))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("redirects endlessly");
  }

  @Test
  void noOtherSchemeIsFollowed() {
    server.holdsLarge(WEIGHTS, BYTES);
    for (int i = 0; i < 3; i++) {
      server.next("GET", FakeHub.redirect(302, "file:///etc/hosts"));
    }
    assertThatThrownBy(() -> hub().file(MODEL, WEIGHTS))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("redirects to file:///etc/hosts");
  }

  /** Sends a part, waits until it has arrived, and breaks the connection. */
  private static HttpHandler half(CountDownLatch arrived) {
    return exchange -> {
      exchange.sendResponseHeaders(200, BYTES.length);
      exchange.getResponseBody().write(BYTES, 0, HALF);
      exchange.getResponseBody().flush();
      try {
        assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new IOException(e);
      } finally {
        exchange.close();
      }
    };
  }

  /** The Hub's answer for a file that lies in a store: the redirect's own length misleads. */
  private HttpHandler linked(String location) {
    return exchange -> {
      exchange.getResponseHeaders().set("X-Linked-Etag", "\"" + server.etag(WEIGHTS) + "\"");
      exchange.getResponseHeaders().set("X-Linked-Size", "" + BYTES.length);
      exchange.getResponseHeaders().set("ETag", "\"other\"");
      exchange.getResponseHeaders().set("Content-Length", "999");
      FakeHub.redirect(302, location).handle(exchange);
    };
  }

  private void begin(byte[] bytes) throws IOException {
    Files.createDirectories(incomplete().getParent());
    Files.write(incomplete(), bytes);
  }

  private List<String> ranges() {
    return server.asked("GET").stream().map(FakeHub.Asked::range).toList();
  }
}
