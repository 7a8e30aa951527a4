package org.visionfashion.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.visionfashion.base.UserError;

/** Each refusal in a line that says what helps. */
class HubRefusalTest extends HubFixture {

  @Test
  void anUnknownRepository() {
    refused(hub(), FakeHub.refusal(401, "RepoNotFound"))
        .hasMessage(
            "hf:owner/clip is unknown at %s, or private: check the name, or put a token that may"
                + " read it into HF_TOKEN",
            server.address());
    refused(hub(), FakeHub.refusal(404, "RepoNotFound")).hasMessageContaining("is unknown");
    refused(hub(), FakeHub.refusal(401, "")).hasMessageContaining("is unknown");
  }

  @Test
  void anUnknownRevision() {
    server.has("v1.0");
    assertThatThrownBy(() -> hub().fileIfThere(MODEL.at("mian"), WEIGHTS))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll("owner/clip", "mian", "did you mean main?");
    assertThatThrownBy(() -> hub().fileIfThere(MODEL.at("experiment"), WEIGHTS))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll("no revision experiment", "main, v1.0");
  }

  @Test
  void aGatedRepository() {
    String line =
        "hf:owner/clip is gated: ask for access at "
            + server.address()
            + "/owner/clip and put a token of that account into HF_TOKEN";
    refused(hub(), FakeHub.refusal(401, "GatedRepo")).hasMessage(line);
    refused(hubWithToken(), FakeHub.refusal(403, "GatedRepo")).hasMessage(line);
  }

  @Test
  void aTokenThatIsNotAccepted() {
    HttpHandler invalid =
        exchange -> {
          exchange.getResponseHeaders().set("X-Error-Message", "Invalid credentials");
          FakeHub.refuse(exchange, 401, "");
        };
    refused(hubWithToken(), invalid)
        .hasMessageContaining("refuses the token in HF_TOKEN")
        .hasMessageEndingWith("(Invalid credentials)")
        .hasMessageNotContaining("secret");
  }

  @Test
  void aStrangeStatus() {
    refused(hub(), FakeHub.refusal(418, "")).hasMessageEndingWith(WEIGHTS + " answers 418");
  }

  @Test
  void aServerThatIsNotTheHub() {
    refused(hub(), FakeHub.whole(new byte[0]))
        .hasMessageContaining("header X-Repo-Commit is missing or malformed): check HF_ENDPOINT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1e9", "ten", "99999999999999999999", "0x10", "1,000"})
  void aLengthThatIsNone(String length) {
    HttpHandler lying =
        exchange -> {
          exchange.getResponseHeaders().set("ETag", "\"" + "0".repeat(64) + "\"");
          exchange.getResponseHeaders().set("X-Linked-Size", length);
          FakeHub.refuse(exchange, 200, "");
        };
    refused(hub(), lying).hasMessageContaining("header Content-Length is missing or malformed");
  }

  /** Nothing is set aside for what a server only promises. */
  @Test
  void aLengthBeyondAllDisks() {
    server.holdsLarge(WEIGHTS, BYTES);
    server.next(
        "HEAD",
        exchange -> {
          exchange.getResponseHeaders().set("ETag", "\"" + server.etag(WEIGHTS) + "\"");
          exchange.getResponseHeaders().set("X-Linked-Size", "9".repeat(18));
          FakeHub.refuse(exchange, 200, "");
        });
    assertThatThrownBy(() -> hub().file(MODEL, WEIGHTS))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("20 of 999999999999999999 bytes");
  }

  @Test
  void anEtagThatLeavesTheCache() {
    HttpHandler evil =
        exchange -> {
          exchange.getResponseHeaders().set("ETag", "\"../../x\"");
          FakeHub.refuse(exchange, 200, "");
        };
    refused(hub(), evil).hasMessageContaining("header ETag is missing or malformed");
  }

  private AbstractThrowableAssert<?, ?> refused(Hub hub, HttpHandler answer) {
    server.next("HEAD", answer);
    AbstractThrowableAssert<?, ?> refusal =
        assertThatThrownBy(() -> hub.fileIfThere(MODEL, WEIGHTS))
            .isInstanceOf(UserError.class)
            .hasMessageNotContaining("\n");
    assertThat(pauses).isEmpty();
    return refusal;
  }
}
