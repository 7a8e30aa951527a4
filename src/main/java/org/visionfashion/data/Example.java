package org.visionfashion.data;

import java.nio.file.Path;

/**
 * One picture with what is known about it.
 *
 * @param id unique within the data set; the file name where there is one
 * @param image the picture's file
 * @param caption normalised description, empty = none
 * @param category index into the scheme's categories, {@link #UNKNOWN} = not labelled
 * @param attributes a value an attribute of the scheme: 1 = has it, 0 = has it not, {@link
 *     #UNKNOWN} = not labelled. Shared, never written to.
 * @param item the product; pictures of one item never stand on two sides of an item split
 * @param split where the example belongs
 */
public record Example(
    String id,
    Path image,
    String caption,
    int category,
    byte[] attributes,
    String item,
    Split split) {

  public static final int UNKNOWN = -1;

  public boolean hasCaption() {
    return !caption.isEmpty();
  }
}
