package org.visionfashion.data.check;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.visionfashion.base.FileDigest;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.Example;
import org.visionfashion.data.Picture;
import org.visionfashion.data.Progress;
import org.visionfashion.data.Split;
import org.visionfashion.data.image.ImageDecoder;

/**
 * What is remembered of all pictures of a data set: columns, 46 bytes a picture, and the thumbnails
 * beside. Pictures have the places of their examples.
 */
final class PictureFacts implements AutoCloseable {

  private final LimitsConfig limits;
  private final long[] contentHigh;
  private final long[] contentLow;
  private final long[] look;
  private final int[] width;
  private final int[] height;
  private final byte[] brightness;
  private final byte[] contrast;
  private final float[] sharpness;
  private final boolean[] grey;
  private final Split[] split;
  private final Thumbnails thumbnails = new Thumbnails();
  private final NavigableMap<Integer, String> unreadable = new ConcurrentSkipListMap<>();
  private final Map<String, String> reasons = new ConcurrentHashMap<>();

  private PictureFacts(int count, LimitsConfig limits) {
    this.limits = limits;
    contentHigh = new long[count];
    contentLow = new long[count];
    look = new long[count];
    width = new int[count];
    height = new int[count];
    brightness = new byte[count];
    contrast = new byte[count];
    sharpness = new float[count];
    grey = new boolean[count];
    split = new Split[count];
  }

  /**
   * Opens and measures every picture. The same for any number of threads.
   *
   * @throws org.visionfashion.base.UserError where the calling thread was interrupted
   */
  static PictureFacts measure(
      List<Example> examples, LimitsConfig limits, int threads, Progress progress) {
    PictureFacts facts = new PictureFacts(examples.size(), limits);
    try {
      ParallelPass.run(examples.size(), threads, progress, i -> facts.measure(i, examples.get(i)));
      return facts;
    } catch (RuntimeException e) {
      facts.close();
      throw e;
    }
  }

  /** A decoder that stumbles over a picture has found a fault of the picture. */
  private void measure(int place, Example example) {
    split[place] = example.split();
    Picture picture = example.picture();
    try {
      byte[] bytes = picture.read(limits);
      put(place, PictureFact.of(ImageDecoder.decode(bytes, picture.name(), limits)));
      ByteBuffer digest = ByteBuffer.wrap(sha256(bytes));
      contentHigh[place] = digest.getLong();
      contentLow[place] = digest.getLong();
    } catch (IOException e) {
      // The report names the picture already.
      unreadable(place, e.getMessage().replace(": " + picture.name(), ""));
    } catch (RuntimeException e) {
      unreadable(place, "cannot be decoded: " + e.getMessage());
    } catch (OutOfMemoryError e) { // one picture's array; what it took is free again
      unreadable(place, "needs more memory than there is; data.limits.pixels can refuse it");
    }
  }

  private static byte[] sha256(byte[] bytes) {
    MessageDigest digest = FileDigest.algorithm("SHA-256");
    return digest.digest(bytes);
  }

  private void put(int place, PictureFact fact) {
    thumbnails.put(place, fact.signature().thumbnail());
    look[place] = fact.signature().hash();
    width[place] = fact.width();
    height[place] = fact.height();
    brightness[place] = (byte) Math.round(fact.brightness());
    contrast[place] = (byte) Math.round(fact.contrast());
    sharpness[place] = fact.sharpness();
    grey[place] = fact.grey();
  }

  /** Few reasons for many pictures: each is kept once. */
  private void unreadable(int place, String reason) {
    unreadable.put(place, reasons.computeIfAbsent(reason, each -> each));
  }

  int count() {
    return width.length;
  }

  boolean isReadable(int place) {
    return width[place] > 0;
  }

  /** Why pictures cannot be read, by place. */
  NavigableMap<Integer, String> unreadable() {
    return unreadable;
  }

  Split split(int place) {
    return split[place];
  }

  int width(int place) {
    return width[place];
  }

  int height(int place) {
    return height[place];
  }

  /** Mean luma, rounded. */
  int brightness(int place) {
    return brightness[place] & 0xFF;
  }

  /** Standard deviation of luma, rounded. */
  int contrast(int place) {
    return contrast[place] & 0xFF;
  }

  float sharpness(int place) {
    return sharpness[place];
  }

  boolean isGrey(int place) {
    return grey[place];
  }

  /** The upper 64 bits of the SHA-256 of its bytes. */
  long contentHigh(int place) {
    return contentHigh[place];
  }

  /** The 64 bits below. */
  long contentLow(int place) {
    return contentLow[place];
  }

  /** The perceptual hashes; not to be written to. */
  long[] looks() {
    return look;
  }

  byte[] thumbnail(int place) {
    return thumbnails.get(place);
  }

  /** Whether two pictures have the same bytes, by reading both; one that is gone equals none. */
  boolean haveEqualBytes(Picture a, Picture b) {
    try {
      return Arrays.equals(a.read(limits), b.read(limits));
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    thumbnails.close();
  }
}
