package org.visionfashion.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.visionfashion.data.Split;
import org.visionfashion.run.RunFolder;

/**
 * What to compare.
 *
 * @param split the part of the data set
 * @param runs existing; the first is what the others are compared with
 * @param output folder for the comparison as JSON and page, empty = none
 */
record ComparisonRequest(Split split, List<RunFolder> runs, Optional<Path> output) {}
