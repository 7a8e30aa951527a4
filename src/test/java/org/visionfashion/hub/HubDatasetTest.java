package org.visionfashion.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.visionfashion.base.UserError;
import org.visionfashion.config.Binder;
import org.visionfashion.config.DataConfig;
import org.visionfashion.config.DataRoot;
import org.visionfashion.config.DataRoot.Part;

/** Data sets of the Hub, from a server that speaks its API. */
class HubDatasetTest extends HubFixture {

  private static final String NAME = "hf:datasets/owner/shop";
  private static final String TRAIN = "data/train-00000-of-00001.parquet";
  private static final String TEST = "data/test-00000-of-00001.parquet";

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static DataRoot root(String name) {
    return Binder.of(DataConfig.class, "root=" + name).root();
  }

  private DataRoot fetch(Hub hub) {
    return fetch(hub, NAME);
  }

  private static DataRoot fetch(Hub hub, String name) {
    return new HubDataset(hub, SILENT, root(name)).fetch();
  }

  private Path snapshot() {
    return shop().resolve("snapshots").resolve(FakeHub.COMMIT);
  }

  private Path shop() {
    return cache.resolve("datasets--owner--shop");
  }

  private void publishSplits() {
    server.holdsLarge(TRAIN, bytes("the train split"));
    server.holdsLarge(TEST, bytes("the test split"));
  }

  private AbstractThrowableAssert<?, ?> refused(Hub hub, String name) {
    return assertThatThrownBy(() -> fetch(hub, name))
        .isInstanceOf(UserError.class)
        .hasMessageNotContaining("\n")
        .hasMessageContaining("owner/shop");
  }

  @Test
  void filesLieInTheSharedCacheBySplit() throws IOException {
    publishSplits();
    server.holds("README.md", "# Shop");
    DataRoot root = fetch(hub());
    assertThat(root.name()).isEqualTo(NAME);
    assertThat(root.parts())
        .containsExactly(
            new Part("train", snapshot().resolve(TRAIN)),
            new Part("test", snapshot().resolve(TEST)));
    assertThat(root.folder()).isEqualTo(snapshot().resolve("data"));
    assertThat(snapshot().resolve(TRAIN)).hasContent("the train split");
    // The layout of Python's huggingface_hub.
    assertThat(Files.readSymbolicLink(snapshot().resolve(TEST)))
        .isEqualTo(Path.of("../../../blobs").resolve(server.etag(TEST)));
    assertThat(shop().resolve("refs/main")).hasContent(FakeHub.COMMIT);
    assertThat(server.paths("/resolve/"))
        .hasSize(3)
        .allMatch(path -> path.startsWith("/datasets/owner/shop/resolve/" + FakeHub.COMMIT + "/"));
    assertThat(server.asked("HEAD")).isEmpty();
  }

  @Test
  void aSplitOfAnotherNameIsLeftToTheConfiguration() {
    server.holdsLarge("data/data-00001-of-00002.parquet", bytes("b"));
    server.holdsLarge("data/data-00000-of-00002.parquet", bytes("a"));
    server.holds(
        "README.md",
        "---\nconfigs:\n- config_name: default\n  data_files:\n  - split: data\n    path: data/data-*\n---\n");
    assertThat(fetch(hub()).parts())
        .containsExactly(
            new Part("", snapshot().resolve("data/data-00000-of-00002.parquet")),
            new Part("", snapshot().resolve("data/data-00001-of-00002.parquet")));
  }

  @Test
  void oneKnownSplitIsNoSplit() {
    server.holdsLarge(TRAIN, bytes("all there is"));
    assertThat(fetch(hub()).parts()).containsExactly(new Part("", snapshot().resolve(TRAIN)));
  }

  @Test
  void splitsOfNoUseAreNotFetched() {
    publishSplits();
    server.holdsLarge("data/unlabelled-00000-of-00001.parquet", bytes("large"));
    assertThat(fetch(hub()).parts()).extracting(Part::split).containsExactly("train", "test");
    assertThat(server.paths("unlabelled")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 12, 13})
  void theListComesInPages(int size) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      names.add("data/train-%05d-of-00012.parquet".formatted(i));
      server.holdsLarge(names.get(i), bytes("part " + i));
    }
    server.pages(size);
    assertThat(fetch(hub()).parts())
        .extracting(Part::path)
        .containsExactlyElementsOf(names.stream().map(snapshot()::resolve).toList());
    assertThat(server.paths("/tree/")).hasSize((13 + size - 1) / size); // 12 files and a folder
  }

  @Test
  void oneBarCountsAllFiles() {
    publishSplits();
    List<String> told = new ArrayList<>();
    HubProgress progress =
        (task, done, total) -> {
          assertThat(total).isEqualTo(29);
          told.add(task + " " + done);
        };
    new HubDataset(hub(), progress, root(NAME)).fetch();
    assertThat(told).allMatch(line -> line.startsWith("owner/shop (2 files) "));
    assertThat(told).startsWith("owner/shop (2 files) 0").endsWith("owner/shop (2 files) 29");
    told.clear();
    new HubDataset(hub(), progress, root(NAME)).fetch();
    assertThat(told).isEmpty();
  }

  @Test
  void aSecondTimeOnlyTheCommitIsAskedFor() {
    publishSplits();
    DataRoot root = fetch(hub());
    int asked = server.asked("GET").size();
    assertThat(fetch(hub())).isEqualTo(root);
    assertThat(server.asked("GET")).hasSize(asked + 1);
    assertThat(server.asked("GET").get(asked).path()).endsWith("/revision/main");
  }

  @Test
  void aCommitIsAskedForOnce() {
    publishSplits();
    String pinned = NAME + "@" + FakeHub.COMMIT;
    DataRoot root = fetch(hub(), pinned);
    int asked = server.asked("GET").size();
    assertThat(fetch(hub(), pinned)).isEqualTo(root);
    assertThat(server.asked("GET")).hasSize(asked);
    assertThat(shop().resolve("refs")).doesNotExist();
  }

  @Test
  void aRevisionIsWrittenAsTheHubDoes() {
    publishSplits();
    server.has("refs/pr/1");
    fetch(hub(), NAME + "@refs/pr/1");
    assertThat(server.paths("/revision/"))
        .containsExactly("/api/datasets/owner/shop/revision/refs%2Fpr%2F1");
    assertThat(shop().resolve("refs/refs/pr/1")).hasContent(FakeHub.COMMIT);
  }

  @Test
  void aBrokenConnectionIsResumed() {
    publishSplits();
    byte[] content = bytes("the train split");
    server.next("GET", "train-0", FakeHub.whole(Arrays.copyOf(content, 5)));
    fetch(hub());
    assertThat(snapshot().resolve(TRAIN)).hasBinaryContent(content);
    assertThat(server.asked("GET"))
        .filteredOn(asked -> asked.path().contains("train-0"))
        .extracting(FakeHub.Asked::range)
        .containsExactly(null, "bytes=5-");
  }

  @Test
  void theNextRunGoesOnWhereOneStopped() throws IOException {
    publishSplits();
    Path blobs = Files.createDirectories(shop().resolve("blobs"));
    Files.write(blobs.resolve(server.etag(TEST) + ".incomplete"), bytes("the te"));
    fetch(hub());
    assertThat(snapshot().resolve(TEST)).hasContent("the test split");
    assertThat(server.asked("GET"))
        .filteredOn(asked -> asked.path().contains("test-0"))
        .extracting(FakeHub.Asked::range)
        .containsExactly("bytes=6-");
  }

  @Test
  void aBusyServerIsAskedAgain() {
    publishSplits();
    server.next("GET", "/revision/", FakeHub.refusal(503, ""));
    server.next("GET", "/tree/", FakeHub.refusal(429, ""));
    server.next("GET", "test-0", FakeHub.refusal(500, ""));
    assertThat(fetch(hub()).parts()).hasSize(2);
    assertThat(pauses).containsExactly(1, 2, 1);
  }

  @Test
  void aFileOfAnotherLengthOrContentIsRefused() {
    publishSplits();
    server.next("GET", "train-0", FakeHub.whole(bytes("the train split and more")));
    refused(hub(), NAME).hasMessageContainingAll(TRAIN, "instead of 15");
    server.next("GET", "train-0", FakeHub.whole(bytes("the trein split")));
    refused(hub(), NAME).hasMessageContainingAll(TRAIN, "SHA-256", server.etag(TRAIN));
    assertThat(shop().resolve("refs")).doesNotExist(); // no half of a commit is what main means
    assertThat(fetch(hub()).parts()).hasSize(2);
  }

  @Test
  void aGatedDataSetNamesThePageThatGrantsAccess() {
    publishSplits();
    server.next("GET", "train-0", FakeHub.refusal(401, "GatedRepo"));
    refused(hub(), NAME)
        .hasMessageContainingAll("gated", server.address() + "/datasets/owner/shop", "HF_TOKEN");
    server.next("GET", "train-0", FakeHub.refusal(403, "GatedRepo"));
    refused(hubWithToken(), NAME)
        .hasMessageContaining(server.address() + "/datasets/owner/shop")
        .hasMessageNotContaining("secret");
  }

  @Test
  void anUnknownDataSetOrRevisionIsToldWithARemedy() {
    publishSplits();
    server.next("GET", "/revision/", FakeHub.refusal(401, "RepoNotFound"));
    refused(hub(), NAME).hasMessageContainingAll("unknown", "private", "HF_TOKEN");
    server.next("GET", "/revision/", FakeHub.refusal(404, "RepoNotFound"));
    refused(hub(), NAME).hasMessageContainingAll("unknown", "check the name");
    refused(hub(), NAME + "@mian").hasMessageContainingAll("mian", "did you mean main?");
    server.next("GET", "/revision/", FakeHub.refusal(403, ""));
    refused(hubWithToken(), NAME).hasMessageContaining("refuses the token");
  }

  @Test
  void offlineTheCacheAnswers() {
    publishSplits();
    refused(offlineHub(), NAME).hasMessageContainingAll(cache.toString(), "HF_HUB_OFFLINE");
    DataRoot root = fetch(hub());
    int asked = server.asked("GET").size();
    assertThat(fetch(offlineHub())).isEqualTo(root);
    assertThat(server.asked("GET")).hasSize(asked);
  }

  @Test
  void offlineWhatIsMissingIsNamed() throws IOException {
    publishSplits();
    fetch(hub());
    Files.delete(snapshot().resolve(TEST));
    Files.delete(shop().resolve("blobs").resolve(server.etag(TEST)));
    refused(offlineHub(), NAME).hasMessageContainingAll(TEST, "HF_HUB_OFFLINE");
    server.close();
    refused(hub(), NAME).hasMessageContaining(TEST);
  }

  @Test
  void withoutANetworkTheCacheAnswersToo() {
    publishSplits();
    DataRoot root = fetch(hub());
    server.close();
    assertThat(fetch(hub())).isEqualTo(root);
    assertThat(pauses).isEmpty();
  }

  /** Python's snapshot_download leaves no list, but names tell whether shards are missing. */
  @Test
  void whatPythonFetchedIsFound() throws IOException {
    List<String> names =
        Stream.of(0, 1).map("data/data-0000%d-of-00002.parquet"::formatted).toList();
    Path blobs = Files.createDirectories(shop().resolve("blobs"));
    for (String name : names) {
      String etag = FakeHub.sum("SHA-256", bytes(name));
      Files.write(blobs.resolve(etag), bytes(name));
      Path link = snapshot().resolve(name);
      Files.createDirectories(link.getParent());
      Files.createSymbolicLink(link, Path.of("../../../blobs").resolve(etag));
    }
    Files.createDirectories(shop().resolve("refs"));
    Files.writeString(shop().resolve("refs/main"), FakeHub.COMMIT);
    assertThat(fetch(offlineHub()).parts())
        .extracting(Part::path)
        .containsExactly(snapshot().resolve(names.get(0)), snapshot().resolve(names.get(1)));
    Files.delete(snapshot().resolve(names.get(0)));
    refused(offlineHub(), NAME).hasMessageContaining("1 of the 2 files");
  }

  @Test
  void severalConfigurations() {
    server.holdsLarge("small/train.parquet", bytes("small"));
    server.holdsLarge("large/train.parquet", bytes("large"));
    server.holds(
        "README.md",
        """
        ---
        configs:
        - {config_name: small, data_dir: small}
        - {config_name: large, data_dir: large}
        ---
        """);
    refused(hub(), NAME).hasMessageContainingAll("small, large", NAME + "#small");
    assertThat(fetch(hub(), NAME + "#large").parts())
        .containsExactly(new Part("", snapshot().resolve("large/train.parquet")));
    assertThat(server.paths("small/")).isEmpty();
    refused(hub(), NAME + "#lagre").hasMessageContaining("did you mean large?");
  }

  @Test
  void withoutParquetItSaysWhatLiesThere() {
    server.holds("shop.csv", "a,b");
    server.holds("images.zip", "zip");
    server.holds("more.zip", "zip too");
    refused(hub(), NAME)
        .hasMessageContainingAll("no Parquet", "2 .zip", "1 .csv", "/datasets/owner/shop");
    server.has("refs/convert/parquet");
    refused(hub(), NAME).hasMessageContaining(NAME + "@refs/convert/parquet");
  }

  @Test
  void theHubsConversionIsReadByItsFolders() {
    server.has("refs/convert/parquet");
    server.holdsLarge("default/train/0000.parquet", bytes("one"));
    server.holdsLarge("default/partial-test/0000.parquet", bytes("two"));
    server.holdsLarge("other/train/0000.parquet", bytes("three"));
    assertThat(fetch(hub(), NAME + "@refs/convert/parquet").parts())
        .containsExactly(
            new Part("train", snapshot().resolve("default/train/0000.parquet")),
            new Part("test", snapshot().resolve("default/partial-test/0000.parquet")));
  }

  @Test
  void aStoreElsewhereDoesNotSeeTheToken() {
    publishSplits();
    try (FakeHub store = new FakeHub()) {
      store.holdsLarge("blob", bytes("the train split"));
      String there = store.address() + "/store/resolve/main/blob";
      server.next("GET", "train-0", FakeHub.redirect(302, there));
      fetch(hubWithToken());
      assertThat(snapshot().resolve(TRAIN)).hasContent("the train split");
      assertThat(server.asked("GET"))
          .allMatch(asked -> asked.authorization().equals("Bearer secret"));
      assertThat(store.asked("GET")).hasSize(1);
      assertThat(store.asked("GET").get(0).authorization()).isNull();
    }
  }

  /** The list itself does not lead elsewhere. */
  @Test
  void aListThatContinuesElsewhereIsRefused() {
    publishSplits();
    try (FakeHub other = new FakeHub()) {
      server.next("GET", "/tree/", page("<%s/more>; rel=\"next\"".formatted(other.address())));
      assertThatThrownBy(() -> fetch(hubWithToken()))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("HF_ENDPOINT");
      assertThat(other.asked("GET")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"<mailto:me>; rel=next", "<http://a b>; rel=next", "<%zz>; rel=next"})
  void aListThatContinuesNowhereIsRefused(String link) {
    server.next("GET", "/tree/", page(link));
    assertThatThrownBy(() -> fetch(hub()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("HF_ENDPOINT");
  }

  @Test
  void aListWithoutEndIsRefused() {
    String itself = "</api/datasets/owner/shop/tree/%s?recursive=true>; rel=\"next\"";
    server.next("GET", "/tree/", page(itself.formatted(FakeHub.COMMIT)));
    assertThatThrownBy(() -> fetch(hub()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("HF_ENDPOINT");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html>",
        "",
        "{}",
        "[{\"type\": \"file\", \"path\": \"a.parquet\", \"oid\": \"../x\", \"size\": 1}]",
        "[{\"type\": \"file\", \"path\": \"a.parquet\", \"oid\": \"x\", \"size\": -1}]",
        "[{\"type\": \"file\", \"path\": \"a.parquet\", \"oid\": \"x\", \"size\": \"1\"}]"
      })
  void aServerThatIsNotTheHub(String answer) {
    server.next("GET", "/tree/", exchange -> FakeHub.json(exchange, answer));
    assertThatThrownBy(() -> fetch(hub()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("HF_ENDPOINT")
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../a.parquet", "/a.parquet", "data/../../a.parquet", "a\\\\b.parquet"})
  void namesStayInside(String name) {
    String entry =
        "[{\"type\": \"file\", \"path\": \"%s\", \"oid\": \"%s\", \"size\": 1}]"
            .formatted(name, "a".repeat(40));
    server.next("GET", "/tree/", exchange -> FakeHub.json(exchange, entry));
    refused(hub(), NAME).hasMessageContaining("is not a valid file name");
    assertThat(server.paths("/resolve/")).isEmpty();
  }

  @Test
  void moreThanTheDiskHoldsIsToldBefore() {
    String entry =
        "[{\"type\": \"file\", \"path\": \"a.parquet\", \"oid\": \"%s\", \"size\": %d}]"
            .formatted("a".repeat(64), Long.MAX_VALUE / 2);
    server.next("GET", "/tree/", exchange -> FakeHub.json(exchange, entry));
    refused(hub(), NAME).hasMessageContainingAll("space", "HF_HOME");
    assertThat(server.paths("/resolve/")).isEmpty();
  }

  @Test
  void aModelIsNoDataSet() {
    assertThatThrownBy(
            () -> new HubDataset(hub(), SILENT, new DataRoot("hf:owner/shop", List.of())))
        .isInstanceOf(UserError.class);
    assertThatThrownBy(() -> fetch(hub(), "hf:datasets/a/b/c"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("hf:datasets/a/b/c");
  }

  private static HttpHandler page(String link) {
    return exchange -> {
      exchange.getResponseHeaders().set("Link", link);
      FakeHub.json(exchange, "[]");
    };
  }
}
