package org.visionfashion.data.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.Example;
import org.visionfashion.data.Picture;
import org.visionfashion.data.image.Detail;
import org.visionfashion.data.image.PixelRows;
import org.visionfashion.data.loader.PixelSource;

/**
 * Pictures from memory-mapped shards. A picture that is not in them, whose file has changed since,
 * or whose bytes are damaged, is decoded from its file instead.
 */
public final class PixelCache implements PixelSource {

  private static final Logger LOG = LoggerFactory.getLogger(PixelCache.class);

  private final Map<String, StoredPicture> pictures = new HashMap<>();

  private final PixelSource files;

  private final Path root;

  private PixelCache(Path root, PixelSource files) {
    this.root = root;
    this.files = files;
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
    PixelCache cache = new PixelCache(root, PixelSource.files(limits));
    for (Shard shard : Shard.all(folder(root, side), side)) {
      ByteBuffer bytes = shard.map();
      for (Entry entry : shard.usable(root)) {
        cache.pictures.put(entry.key(), new StoredPicture(bytes, entry));
      }
    }
    return cache;
  }

  /** How many pictures are stored and fresh. */
  public int size() {
    return pictures.size();
  }

  /** Whether this picture is stored and fresh. */
  public boolean has(Picture picture) {
    return pictures.containsKey(Entry.key(root, picture));
  }

  @Override
  public PixelRows pixels(Example example) throws IOException {
    return pixels(example, Detail.FULL);
  }

  @Override
  public PixelRows pixels(Example example, Detail detail) throws IOException {
    StoredPicture stored = pictures.get(Entry.key(root, example.picture()));
    if (stored == null) {
      return files.pixels(example, detail);
    }
    if (stored.isDamaged()) {
      LOG.warn(
          "{}: its copy in the pixel cache is damaged; reading the file", example.picture().name());
      return files.pixels(example, detail);
    }
    return stored;
  }
}
