package org.visionfashion.hub;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A fake Hub and an empty cache; pauses are noted, not made. */
public abstract class HubFixture {

  protected static final HubReference MODEL = HubReference.parse("hf:owner/clip");
  protected static final String WEIGHTS = "model.safetensors";
  protected static final byte[] BYTES = "twenty bytes of this".getBytes(StandardCharsets.US_ASCII);

  protected static final HubProgress SILENT = (file, done, total) -> {};

  @TempDir protected Path cache;

  protected final FakeHub server = new FakeHub();
  final List<Integer> pauses = new CopyOnWriteArrayList<>();
  final Patience patience = new Patience(3, Duration.ofSeconds(20), pauses::add);

  @AfterEach
  void stop() {
    server.close();
  }

  protected Hub hub() {
    return hub(SILENT);
  }

  Hub hub(HubProgress progress) {
    return new Hub(settings(server.address(), Optional.empty()), progress, patience);
  }

  Hub hubWithToken() {
    HubSettings settings = settings(server.address(), Optional.of("secret"));
    return new Hub(settings, SILENT, patience);
  }

  protected Hub offlineHub() {
    HubSettings settings = new HubSettings(server.address(), cache, Optional.empty(), true);
    return new Hub(settings, SILENT, patience);
  }

  HubSettings settings(URI endpoint, Optional<String> token) {
    return new HubSettings(endpoint, cache, token, false);
  }

  Path home() {
    return cache.resolve("models--owner--clip");
  }

  Path incomplete() {
    return home().resolve("blobs").resolve(server.etag(WEIGHTS) + ".incomplete");
  }
}
