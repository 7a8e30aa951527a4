package org.visionfashion.data.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.Example;
import org.visionfashion.data.Picture;
import org.visionfashion.data.image.PixelRows;
import org.visionfashion.data.loader.PixelSource;

/**
 * Pictures from memory-mapped shards. A picture that is not in them, whose file has changed since,
 * or whose bytes are damaged, is decoded from its file instead.
 */
public final class PixelCache implements PixelSource {

  private static final Logger LOG = LoggerFactory.getLogger(PixelCache.class);

  private static final byte FRESH = 1;
  private static final byte STALE = 2;

  private final Path root;
  private final PixelSource files;
  private final EntryTable entries;
  private final List<Path> shards;
  private final AtomicReferenceArray<ByteBuffer> mapped;
  private final byte[] states; // 0 = not looked at yet; threads may find the same twice
  private final FileStates containers = new FileStates();

  private PixelCache(Path root, PixelSource files, EntryTable entries, List<Path> shards) {
    this.root = root;
    this.files = files;
    this.entries = entries;
    this.shards = shards;
    this.mapped = new AtomicReferenceArray<>(shards.size());
    this.states = new byte[entries.size()];
  }

  /** The place of a data set's cache of pictures with this shorter side. */
  public static Path folder(Path root, int side) {
    return root.resolve(".pixel-cache").resolve(Integer.toString(side));
  }

  /**
   * Opens what is there; an empty cache decodes everything.
   *
   * @param root of the data set
   * @param side the shorter side of the cache's pictures in pixels
   * @param limits of files that are decoded
   */
  public static PixelCache open(Path root, int side, LimitsConfig limits) throws IOException {
    List<Path> shards = new ArrayList<>();
    try (EntryTable.Sink sink = new EntryTable.Sink()) {
      for (Path index : Shard.indices(folder(root, side))) {
        for (Shard shard : Shard.read(index, side).toList()) {
          shard.whole().forEach(entry -> sink.add(shards.size(), entry));
          shards.add(shard.pixels());
        }
      }
      return new PixelCache(root, PixelSource.files(limits), sink.finish(), shards);
    }
  }

  /** How many pictures are stored; whether one is fresh is found out when it is asked for. */
  public int size() {
    return entries.size();
  }

  /** Whether this picture is stored and fresh. */
  public boolean has(Picture picture) {
    return find(picture) >= 0;
  }

  @Override
  public PixelRows pixels(Example example) throws IOException {
    int found = find(example.picture());
    if (found < 0) {
      return files.pixels(example);
    }
    StoredPicture stored = new StoredPicture(map(entries.shard(found)), entries.entry(found));
    if (stored.isDamaged()) {
      LOG.warn(
          "{}: its copy in the pixel cache is damaged; reading the file", example.picture().name());
      return files.pixels(example);
    }
    return stored;
  }

  private int find(Picture picture) {
    int found = entries.find(Entry.key(root, picture));
    while (found >= 0 && !isFresh(found)) {
      found = entries.earlier(found);
    }
    return found;
  }

  private boolean isFresh(int index) {
    if (states[index] == 0) {
      states[index] = entries.entry(index).isFresh(root, containers) ? FRESH : STALE;
    }
    return states[index] == FRESH;
  }

  private ByteBuffer map(int shard) throws IOException {
    ByteBuffer bytes = mapped.get(shard);
    if (bytes == null) {
      bytes = Shard.map(shards.get(shard));
      mapped.set(shard, bytes);
    }
    return bytes;
  }
}
