package org.visionfashion.data.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.data.Example;
import org.visionfashion.data.image.ImageDecoder;
import org.visionfashion.data.image.Pixels;
import org.visionfashion.data.loader.PixelSource;

/**
 * Pictures from memory-mapped shards. A picture that is not in them, whose file has changed since,
 * or whose bytes are damaged, is decoded from its file instead.
 */
public final class PixelCache implements PixelSource {

  private static final Logger LOG = LoggerFactory.getLogger(PixelCache.class);

  private final Path root;
  private final Map<String, Stored> pictures = new HashMap<>();

  /** A picture and the shard it lies in. */
  private record Stored(ByteBuffer shard, Entry entry) {}

  private PixelCache(Path root) {
    this.root = root;
  }

  /** The usual place of a data set's cache of pictures with this shorter side. */
  public static Path folder(Path root, int side) {
    return root.resolve(".pixel-cache").resolve(Integer.toString(side));
  }

  /**
   * Opens what is there; an empty cache decodes everything.
   *
   * @param folder of the cache
   * @param root of the data set
   * @param side the shorter side of its pictures in pixels
   */
  public static PixelCache open(Path folder, Path root, int side) throws IOException {
    PixelCache cache = new PixelCache(root);
    for (Shard shard : Shard.all(folder, side)) {
      cache.add(shard);
    }
    return cache;
  }

  private void add(Shard shard) throws IOException {
    try (FileChannel channel = FileChannel.open(shard.pixels())) {
      ByteBuffer bytes = channel.map(MapMode.READ_ONLY, 0, channel.size());
      for (Entry entry : shard.entries()) {
        if (liesIn(bytes, entry) && entry.isFresh(root)) {
          pictures.put(entry.file(), new Stored(bytes, entry));
        }
      }
    }
  }

  private static boolean liesIn(ByteBuffer shard, Entry entry) {
    long end = entry.offset() + (long) Pixels.CHANNELS * entry.width() * entry.height();
    return entry.width() > 0 && entry.height() > 0 && entry.offset() >= 0 && end <= shard.limit();
  }

  /** How many pictures are stored and fresh. */
  public int size() {
    return pictures.size();
  }

  /** Whether this picture is stored and fresh. */
  public boolean has(Path image) {
    return pictures.containsKey(Entry.name(root, image));
  }

  @Override
  public Pixels pixels(Example example) throws IOException {
    Stored stored = pictures.get(Entry.name(root, example.image()));
    return stored == null ? ImageDecoder.decode(example.image()) : read(stored, example);
  }

  private static Pixels read(Stored stored, Example example) throws IOException {
    Entry entry = stored.entry();
    byte[] rgb_HWC = new byte[Pixels.CHANNELS * entry.width() * entry.height()];
    stored.shard().get((int) entry.offset(), rgb_HWC);
    if (checksum(rgb_HWC) != entry.crc32c()) {
      LOG.warn("{}: its copy in the pixel cache is damaged; reading the file", example.image());
      return ImageDecoder.decode(example.image());
    }
    return new Pixels(entry.width(), entry.height(), rgb_HWC);
  }

  static long checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length);
    return crc.getValue();
  }
}
