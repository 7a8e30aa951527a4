package org.visionfashion.data.loader;

/**
 * A picture that could not be read.
 *
 * @param id of its example
 * @param picture how messages call it, see {@link org.visionfashion.data.Picture#name}
 * @param message what is wrong with which file
 */
public record SkippedPicture(String id, String picture, String message) {}
