package org.visionfashion.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.visionfashion.base.UserError;

/** What is fetched, what the cache answers, and how the cache looks. */
class HubTest extends HubFixture {

  @Test
  void layoutIsTheDocumentedOne() throws IOException {
    server.holds("config.json", "{}");
    server.holdsLarge("onnx/model.onnx", BYTES);

    assertThat(hub().file(MODEL, "config.json")).hasContent("{}");
    assertThat(hub().file(MODEL, "onnx/model.onnx")).hasBinaryContent(BYTES);

    Path snapshot = home().resolve("snapshots").resolve(FakeHub.COMMIT);
    // printf '{}' | git hash-object --stdin
    assertThat(Files.readSymbolicLink(snapshot.resolve("config.json")))
        .isEqualTo(Path.of("../../blobs/9e26dfeeb6e641a33dae4961196235bdb965b21b"));
    assertThat(Files.readSymbolicLink(snapshot.resolve("onnx/model.onnx")))
        .isEqualTo(Path.of("../../../blobs").resolve(server.etag("onnx/model.onnx")));
    assertThat(home().resolve("refs/main")).hasContent(FakeHub.COMMIT);
    assertThat(Files.size(home().resolve("refs/main"))).isEqualTo(40);
    assertThat(names(home())).containsExactlyInAnyOrder("blobs", "refs", "snapshots");
    assertThat(names(home().resolve("blobs"))).noneMatch(name -> name.endsWith(".incomplete"));
    assertThat(names(cache)).containsExactlyInAnyOrder(".locks", "models--owner--clip");
  }

  @Test
  void asksOnceForTheHeadersWhenTheFileIsThere() {
    server.holdsLarge(WEIGHTS, BYTES);
    Path first = hub().file(MODEL, WEIGHTS);
    Path second = hub().file(MODEL, WEIGHTS);
    assertThat(second).isEqualTo(first);
    assertThat(server.asked("HEAD")).hasSize(2);
    assertThat(server.asked("GET")).hasSize(1);
  }

  @Test
  void asksNothingAboutACachedCommit() {
    server.holdsLarge(WEIGHTS, BYTES);
    HubReference pinned = MODEL.at(FakeHub.COMMIT);
    hub().file(pinned, WEIGHTS);
    hub().file(pinned, WEIGHTS);
    assertThat(server.asked("HEAD")).hasSize(1);
    assertThat(home().resolve("refs")).doesNotExist();
  }

  @Test
  void aBlobOfAnotherNameIsNotFetchedAgain() {
    server.holdsLarge(WEIGHTS, BYTES);
    server.holdsLarge("copy.safetensors", BYTES);
    hub().file(MODEL, WEIGHTS);
    assertThat(hub().file(MODEL, "copy.safetensors")).hasBinaryContent(BYTES);
    assertThat(server.asked("GET")).hasSize(1);
  }

  @Test
  void writesRevisionsAsTheHubDoes() {
    server.has("refs/pr/1");
    server.holds("a b.json", "{}");
    hub().file(HubReference.parse("hf:bert@refs/pr/1"), "a b.json");
    assertThat(server.asked("HEAD").get(0).path())
        .isEqualTo("/bert/resolve/refs%2Fpr%2F1/a%20b.json");
    assertThat(cache.resolve("models--bert/refs/refs/pr/1")).hasContent(FakeHub.COMMIT);
  }

  @Test
  void anEmptyFileIsAFile() {
    server.holds("empty.txt", "");
    assertThat(hub().file(MODEL, "empty.txt")).isEmptyFile();
  }

  @Test
  void aMissingFileIsNothingAndIsRemembered() {
    server.holds("config.json", "{}");
    hub().file(MODEL, "config.json");
    assertThat(hub().fileIfThere(MODEL, WEIGHTS)).isEmpty();
    assertThat(home().resolve(".no_exist").resolve(FakeHub.COMMIT).resolve(WEIGHTS)).isEmptyFile();
    assertThat(offlineHub().fileIfThere(MODEL, WEIGHTS)).isEmpty();
    assertThatThrownBy(() -> hub().file(MODEL, WEIGHTS))
        .isInstanceOf(UserError.class)
        .hasMessage("hf:owner/clip has no file model.safetensors at " + server.address());
  }

  @Test
  void aSnapshotHasTheWantedFilesOfOneCommit() {
    server.holds("config.json", "{}");
    server.holdsLarge(WEIGHTS, BYTES);
    List<String> wanted = List.of("absent.bin", "config.json", WEIGHTS, "vocab.txt");
    Path snapshot = hub().snapshot(MODEL, wanted);
    assertThat(snapshot).isEqualTo(home().resolve("snapshots").resolve(FakeHub.COMMIT));
    assertThat(snapshot.resolve("config.json")).hasContent("{}");
    assertThat(snapshot.resolve(WEIGHTS)).hasBinaryContent(BYTES);
    assertThat(snapshot.resolve("vocab.txt")).doesNotExist();
    assertThat(server.asked("HEAD").get(2).path()).contains("/resolve/" + FakeHub.COMMIT + "/");
    assertThat(offlineHub().snapshot(MODEL, wanted)).isEqualTo(snapshot);
  }

  @Test
  void aSnapshotOfNothingIsRefused() {
    assertThatThrownBy(() -> hub().snapshot(MODEL, List.of("a", "b")))
        .isInstanceOf(UserError.class)
        .hasMessage("hf:owner/clip has none of a, b at " + server.address());
    assertThatThrownBy(() -> offlineHub().snapshot(MODEL, List.of("a", "b")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("has none of a, b in the cache " + cache);
  }

  @Test
  void offlineTheCacheAloneAnswers() {
    server.holdsLarge(WEIGHTS, BYTES);
    Path file = hub().file(MODEL, WEIGHTS);
    int asked = server.asked("HEAD").size();
    assertThat(offlineHub().file(MODEL, WEIGHTS)).isEqualTo(file);
    assertThatThrownBy(() -> offlineHub().fileIfThere(MODEL, "config.json"))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "hf:owner/clip: config.json is not in the cache %s, and HF_HUB_OFFLINE forbids to ask"
                + " the Hub",
            cache);
    assertThat(server.asked("HEAD")).hasSize(asked);
  }

  @Test
  void whatAnotherLibraryCachedIsFound() throws IOException {
    Path snapshot = Files.createDirectories(home().resolve("snapshots").resolve(FakeHub.COMMIT));
    Path blobs = Files.createDirectories(home().resolve("blobs"));
    Files.write(blobs.resolve("abc"), BYTES);
    Files.createSymbolicLink(snapshot.resolve(WEIGHTS), Path.of("../../blobs/abc"));
    Files.createDirectories(home().resolve("refs"));
    Files.writeString(home().resolve("refs/main"), FakeHub.COMMIT);
    assertThat(offlineHub().file(MODEL, WEIGHTS)).hasBinaryContent(BYTES);
  }

  @Test
  void withoutANetworkACachedFileWillDo() {
    server.holdsLarge(WEIGHTS, BYTES);
    Path file = hub().file(MODEL, WEIGHTS);
    server.close();
    assertThat(hub().file(MODEL, WEIGHTS)).isEqualTo(file);
    assertThat(pauses).isEmpty();
  }

  @Test
  void withoutANetworkAndACacheItSaysSo() {
    server.close();
    assertThatThrownBy(() -> hub().file(MODEL, WEIGHTS))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("hf:owner/clip: cannot ask " + server.address() + " for " + WEIGHTS)
        .hasMessageContaining("check the network")
        .hasMessageNotContaining("\n");
    assertThat(pauses).containsExactly(1, 2);
  }

  @Test
  void threadsFetchAFileOnce() throws Exception {
    server.holdsLarge(WEIGHTS, BYTES);
    CountDownLatch described = new CountDownLatch(2);
    for (int i = 0; i < 2; i++) {
      server.next(
          "HEAD",
          exchange -> {
            server.serve(exchange);
            described.countDown();
          });
    }
    server.next(
        "GET",
        exchange -> {
          await(described);
          server.serve(exchange);
        });
    Callable<Path> ask = () -> hub().file(MODEL, WEIGHTS);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (Future<Path> file : threads.invokeAll(List.of(ask, ask), 20, TimeUnit.SECONDS)) {
        assertThat(file.get()).hasBinaryContent(BYTES);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(server.asked("GET")).hasSize(1);
  }

  @Test
  void aCacheThatCannotBeWrittenIsNamed() throws IOException {
    server.holds("config.json", "{}");
    Files.writeString(cache.resolve(".locks"), "a file in the way");
    assertThatThrownBy(() -> hub().file(MODEL, "config.json"))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("cannot use the cache " + cache)
        .hasMessageContaining("HF_HOME");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "a/../x", "/x", "a//x", "", ".", "a\\x", "C:x", "a\nb"})
  void namesStayInside(String name) {
    assertThatThrownBy(() -> hub().fileIfThere(MODEL, name))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("is not a valid file name");
    assertThat(server.asked("HEAD")).isEmpty();
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new IOException("waited in vain");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (var entries = Files.list(folder)) {
      return entries.map(path -> path.getFileName().toString()).toList();
    }
  }
}
