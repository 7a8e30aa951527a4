package org.visionfashion.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A demo set to draw.
 *
 * @param out folder to write
 * @param size number of pictures
 * @param seed seeds everything drawn
 * @param width of a picture in pixels; empty = the usual one
 * @param labels folder of existing label files, a picture for every line of which is drawn
 */
record DemoRequest(Path out, int size, long seed, OptionalInt width, Optional<Path> labels) {}
