package org.visionfashion.data.source;

import java.nio.file.Path;
import java.util.List;
import org.visionfashion.data.Split;

/**
 * A row of a user's table that can be used.
 *
 * @param id the picture's path as the table writes it
 * @param image the picture
 * @param caption normalised, empty = none
 * @param category empty = not labelled
 * @param tags none = not labelled
 * @param item the id where the table names none
 * @param split null where the table has no split column that counts
 */
record CsvEntry(
    String id,
    Path image,
    String caption,
    String category,
    List<String> tags,
    String item,
    Split split) {}
