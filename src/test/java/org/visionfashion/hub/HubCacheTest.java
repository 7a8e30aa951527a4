package org.visionfashion.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubCacheTest {

  private static final HubReference MODEL = HubReference.parse("hf:owner/clip");
  private static final RemoteFile FILE = new RemoteFile("a/b.txt", FakeHub.COMMIT, "etag", 2);

  @TempDir Path root;

  @Test
  void withoutLinksItCopies() throws IOException {
    RepositoryCache cache =
        new RepositoryCache(
            root,
            MODEL,
            (link, target) -> {
              throw new UnsupportedOperationException();
            });
    blob(cache);
    Path file = cache.link(FILE).path();
    assertThat(Files.isSymbolicLink(file)).isFalse();
    assertThat(file).hasContent("{}").hasParent(cache.snapshot(FakeHub.COMMIT).resolve("a"));
    assertThat(file.getParent()).isDirectoryNotContaining("glob:**.writing");
  }

  @Test
  void aLinkThatLeadsNowhereIsMadeAnew() throws IOException {
    RepositoryCache cache = new RepositoryCache(root, MODEL);
    blob(cache);
    Path link = cache.snapshot(FakeHub.COMMIT).resolve("a/b.txt");
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, Path.of("gone"));
    assertThat(cache.link(FILE).path()).hasContent("{}");
  }

  @Test
  void aRevisionMovesOn() throws IOException {
    RepositoryCache cache = new RepositoryCache(root, MODEL);
    blob(cache);
    cache.rememberRevision("f".repeat(40));
    cache.rememberRevision(FakeHub.COMMIT);
    cache.link(FILE);
    assertThat(cache.find("a/b.txt")).isPresent();
    assertThat(root.resolve("models--owner--clip")).isDirectoryNotContaining("glob:**ref-*");
  }

  @Test
  void aDamagedRevisionIsNone() throws IOException {
    RepositoryCache cache = new RepositoryCache(root, MODEL);
    Path ref = root.resolve("models--owner--clip/refs/main");
    Files.createDirectories(ref.getParent());
    Files.writeString(ref, "../../elsewhere");
    assertThat(cache.find("a/b.txt")).isEmpty();
  }

  private static void blob(RepositoryCache cache) throws IOException {
    Path blob = cache.blob(FILE.etag());
    Files.createDirectories(blob.getParent());
    Files.writeString(blob, "{}");
  }
}
