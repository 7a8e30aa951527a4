package org.visionfashion.data;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * One picture with what is known about it.
 *
 * @param id unique within the data set; the picture's path as the data write it
 * @param picture where its bytes lie
 * @param captions normalised descriptions, all different; none where nothing describes the picture
 * @param category index into the scheme's categories, {@link #UNKNOWN} = not labelled
 * @param attributes a value an attribute of the scheme: 1 = has it, 0 = has it not, {@link
 *     #UNKNOWN} = not labelled. Shared, never written to.
 * @param item the product; pictures of one item never stand on two sides of an item split
 * @param split where the example belongs
 */
public record Example(
    String id,
    Picture picture,
    List<String> captions,
    int category,
    byte[] attributes,
    String item,
    Split split) {

  public static final int UNKNOWN = -1;

  public Example {
    captions = List.copyOf(captions);
  }

  /**
   * A picture in a file of its own with one description.
   *
   * @param caption normalised, empty = none
   */
  public Example(
      String id,
      Path file,
      String caption,
      int category,
      byte[] attributes,
      String item,
      Split split) {
    this(
        id,
        new FilePicture(file),
        caption.isEmpty() ? List.of() : List.of(caption),
        category,
        attributes,
        item,
        split);
  }

  /** Equal in every part; attributes by value. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Example that
        && id.equals(that.id)
        && picture.equals(that.picture)
        && captions.equals(that.captions)
        && category == that.category
        && Arrays.equals(attributes, that.attributes)
        && item.equals(that.item)
        && split == that.split;
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  public boolean hasCaption() {
    return !captions.isEmpty();
  }

  /** The first caption; empty = none. */
  public String caption() {
    return captions.isEmpty() ? "" : captions.get(0);
  }

  /**
   * One of the captions.
   *
   * @param draw any number; over many of them each caption is as frequent as the others
   */
  public String caption(long draw) {
    return captions.size() < 2
        ? caption()
        : captions.get((int) Long.remainderUnsigned(draw, captions.size()));
  }
}
