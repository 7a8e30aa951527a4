package org.visionfashion.data.loader;

import java.nio.file.Path;

/**
 * A picture that could not be read.
 *
 * @param file the picture
 * @param message what is wrong with which file
 */
public record BrokenImage(Path file, String message) {}
