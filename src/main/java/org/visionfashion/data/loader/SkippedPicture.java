package org.visionfashion.data.loader;

import java.nio.file.Path;

/**
 * A picture that could not be read.
 *
 * @param id of its example
 * @param file the picture
 * @param message what is wrong with which file
 */
public record SkippedPicture(String id, Path file, String message) {}
