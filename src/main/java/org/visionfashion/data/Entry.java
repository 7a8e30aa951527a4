package org.visionfashion.data;

import java.util.List;
import java.util.Optional;

/**
 * What a source says of a picture, before {@link ExamplesBuilder} sorts, joins and splits.
 *
 * @param id the picture's path as the data write it
 * @param captions normalised, none of them empty
 * @param category empty = not labelled
 * @param tags all different; none = not labelled
 * @param item empty = the data name none, or the id
 * @param split empty = the data name none
 * @param place where the row stands, as its source counts; reports get it back
 */
public record Entry(
    String id,
    Picture picture,
    List<String> captions,
    String category,
    List<String> tags,
    String item,
    Optional<Split> split,
    long place) {

  public Entry {
    captions = List.copyOf(captions);
    tags = List.copyOf(tags);
  }
}
