package org.visionfashion.config;

/**
 * What the files of a data set may ask for. They come from somewhere else: a file beyond a limit is
 * refused, by name, before memory is set aside for it.
 *
 * @param pixels of one picture, as its header declares them
 * @param imageBytes of one picture's file
 * @param textBytes of one table, label file or caption file
 * @param line characters of one line, row or caption
 * @param jsonDepth objects and lists within each other
 * @param outside whether pictures may lie outside the data set's folder, by {@code ..}, absolute
 *     paths or links
 */
public record LimitsConfig(
    int pixels, int imageBytes, int textBytes, int line, int jsonDepth, boolean outside) {}
